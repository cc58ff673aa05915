@authorization-server @needs:client_id_metadata_document @needs:authorization_code @needs:pkce
Feature: Redirect URIs of client ID metadata documents
  A metadata document lists the redirect URIs of a client. The authorization
  server holds them to the rules for registered redirect URIs.

  Background:
    Given the resource owner approves

  @must @rfc8252-7/three-options @needs:client_publications
  Scenario Outline: A document may name a redirect URI with <kind>
    Given a client with a metadata document with:
      | application_type | native         |
      | redirect_uris    | <redirect_uri> |
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | code | (present) |

    Examples:
      | kind                 | redirect_uri                     |
      | a private-use scheme | com.example.app:/oauth2redirect  |
      | the scheme https     | https://app.example.com/callback |

  Rule: Only the client receives the response

    @must @rfc9700-2.6/no-http-redirect @mcp-2026-07-28-communication-security/redirect-uris-server @needs:client_publications
    Scenario Outline: An http redirect URI on <host> in a document is refused
      Given a client with a metadata document with:
        | redirect_uris | <redirect_uri> |
      When the client sends an authorization request
      Then the user agent is not redirected
      But the same request succeeds given a client with a metadata document

      Examples:
        | host                                       | redirect_uri                             |
        | a remote host                              | http://client.example/callback           |
        | a host that begins with a loopback address | http://127.0.0.1.client.example/callback |

    @must @cimd-redirect-url-registration/exact @rfc7591-2/unknown-ignored @needs:client_publications
    Scenario: A member of a document in another case lists no redirect URIs
      Given a client with a metadata document with:
        | (unknown) Redirect_URIs | https://attacker.example/cb |
      When the client sends an authorization request with:
        | redirect_uri | https://attacker.example/cb |
      Then the user agent is not redirected
