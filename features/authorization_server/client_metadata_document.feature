@authorization-server @needs:client_id_metadata_document @needs:authorization_code @needs:pkce
Feature: Client ID metadata documents
  An unregistered client uses a URL as its client_id. The document at that URL
  says who the client is and where its users return to.

  Background:
    Given a client with a metadata document
    And the resource owner approves

  @should @cimd-client-information-discovery/fetched @mcp-2026-07-28-overview/cimd-server @mcp-2026-07-28-client-id-metadata-documents/document-fetched @needs:client_publications
  Scenario: A client with a metadata document gets a code
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | code | (present) |
    And the metadata document was fetched at least 1 time

  @should @mcp-2026-07-28-overview/cimd-server @needs:client_publications
  Scenario: A client with a metadata document gets an access token
    Given the client has obtained an authorization code
    When the client redeems the code
    Then an access token is issued

  @must @cimd-authorization-server-metadata/advertised @needs:client_publications
  Scenario: Support for metadata documents is advertised
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | client_id_metadata_document_supported | true |

  @must @cimd-redirect-url-registration/exact @mcp-2026-07-28-client-id-metadata-documents/redirect-uri-checked @needs:client_publications
  Scenario Outline: <presented> is refused as a redirect URI
    When the client sends an authorization request with:
      | redirect_uri | <redirect_uri> |
    Then the user agent is not redirected

    Examples:
      | presented                          | redirect_uri                |
      | An unlisted URI                    | https://attacker.example/cb |
      | A listed URI with a slash appended | (valid)/                    |
      | The URL of the document            | (client_id)                 |

  @must @cimd-redirect-url-registration/exact @mcp-2026-07-28-client-id-metadata-documents/redirect-uri-checked @needs:client_publications
  Scenario: An unlisted redirect URI is refused after a listed one was accepted
    Given the client has obtained an authorization code
    When the client sends an authorization request with:
      | redirect_uri | https://attacker.example/cb |
    Then the user agent is not redirected

  @must @cimd-client-authentication/required @needs:client_publications @needs:private_key_jwt
  Scenario Outline: A client whose document has a key is refused with <proof>
    Given a client with a metadata document with:
      | token_endpoint_auth_method | private_key_jwt |
    And the client has obtained an authorization code
    When the client redeems the code with:
      | client_assertion      | <client_assertion> |
      | client_assertion_type | <type>             |
    Then the request is refused with "invalid_client"

    Examples:
      | proof               | client_assertion | type      |
      | a changed JWT       | (changed)        | (valid)   |
      | its client_id alone | (omitted)        | (omitted) |

  Rule: The URL names one document

    @must @cimd-client-identifier/https-with-path @cimd-client-identifier/no-dot-segments @cimd-client-identifier/no-fragment @cimd-client-identifier/no-userinfo @needs:client_publications
    Scenario Outline: A client_id with <flaw> is refused
      When the client sends an authorization request with:
        | client_id | <client_id> |
      Then the user agent is not redirected

      Examples:
        | flaw          | client_id                             |
        | no path       | (document URL without its path)       |
        | a dot segment | (document URL with a segment of dots) |
        | a fragment    | (document URL with a fragment)        |
        | a user name   | (document URL with a user name)       |

  Rule: A document is cached as long as its headers allow

    @should @cimd-metadata-caching/headers-respected @mcp-2026-07-28-client-id-metadata-documents/document-cached @needs:client_publications
    Scenario Outline: A document with Cache-Control: <header> is fetched <times> in two requests
      Given a client with a metadata document with:
        | Cache-Control | <header> |
      And the client has sent an authorization request
      When the client sends an authorization request
      Then the metadata document was fetched <times>

      Examples:
        | header       | times            |
        | max-age=3600 | 1 time           |
        | no-store     | at least 2 times |

    @must @cimd-metadata-caching/no-errors @cimd-metadata-caching/no-malformed @needs:client_publications
    Scenario Outline: <answer> is not cached as a client document
      Given a client with a metadata document with:
        | <part>        | <value>      |
        | Cache-Control | max-age=3600 |
      And the client has sent an authorization request
      And the metadata document has been mended
      When the client sends an authorization request
      Then the user agent returns to the client with:
        | code | (present) |

      Examples:
        | answer                         | part        | value     |
        | An error response              | (status)    | 500       |
        | A missing document             | (status)    | 404       |
        | A malformed document           | (body)      | {         |
        | A document without client_name | client_name | (omitted) |
