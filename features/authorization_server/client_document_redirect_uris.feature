@authorization-server @needs:client_id_metadata_document @needs:authorization_code @needs:pkce
Feature: Redirect URIs of client ID metadata documents
  A document says where a client returns to. The authorization server judges it
  as it judges a registration: there are two entrances, and one guard.

  Background:
    Given the resource owner approves

  @must @rfc8252-7/three-options @needs:client_publications
  Scenario Outline: A document names <kind>
    Given a client with a metadata document with:
      | application_type | native         |
      | redirect_uris    | <redirect_uri> |
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | code | (present) |

    Examples:
      | kind                 | redirect_uri                     |
      | a private-use scheme | com.example.app:/oauth2redirect  |
      | an https address     | https://app.example.com/callback |

  Rule: Only the client gets what is sent there

    @must @rfc9700-2.6/no-http-redirect @mcp-2026-07-28-communication-security/redirect-uris-server @needs:client_publications
    Scenario Outline: A document with an http redirect URI on <host> redirects no user agent there
      Given a client with a metadata document with:
        | redirect_uris | <redirect_uri> |
      When the client sends an authorization request
      Then the user agent is not redirected
      But the same request succeeds given a client with a metadata document

      Examples:
        | host                                       | redirect_uri                             |
        | the network                                | http://client.example/callback           |
        | a host that begins with a loopback address | http://127.0.0.1.client.example/callback |
