@authorization-server @needs:client_id_metadata_document @needs:authorization_code @needs:pkce
Feature: Client ID metadata documents
  A client that nobody registered names itself by a URL. The document there
  says who it is and where its users return to.

  Background:
    Given a client with a metadata document
    And the resource owner approves

  @should @cimd-client-information-discovery/fetched @mcp-2026-07-28-overview/cimd-server @mcp-2026-07-28-client-id-metadata-documents/document-fetched @needs:client_publications
  Scenario: A client is known by its document
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | code | (present) |
    And the metadata document was fetched at least 1 time

  @should @mcp-2026-07-28-overview/cimd-server @needs:client_publications
  Scenario: A client that is known by its document gets a token
    Given the client has obtained an authorization code
    When the client redeems the code
    Then an access token is issued

  @must @cimd-authorization-server-metadata/advertised @needs:client_publications
  Scenario: The support of metadata documents is advertised
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | client_id_metadata_document_supported | true |

  @must @cimd-redirect-url-registration/exact @mcp-2026-07-28-client-id-metadata-documents/redirect-uri-checked @needs:client_publications
  Scenario Outline: A redirect URI <which> that the document lacks redirects nobody
    When the client sends an authorization request with:
      | redirect_uri | <redirect_uri> |
    Then the user agent is not redirected

    Examples:
      | which            | redirect_uri                |
      | of somebody else | https://attacker.example/cb |
      | with a slash     | (valid)/                    |
      | of the document  | (client_id)                 |

  @must @cimd-redirect-url-registration/exact @mcp-2026-07-28-client-id-metadata-documents/redirect-uri-checked @needs:client_publications
  Scenario: A redirect URI that the document lacks redirects nobody after another one was good
    Given the client has obtained an authorization code
    When the client sends an authorization request with:
      | redirect_uri | https://attacker.example/cb |
    Then the user agent is not redirected

  @must @cimd-client-authentication/required @needs:client_publications @needs:private_key_jwt
  Scenario Outline: A client whose document has a key and that presents <proof> is refused
    Given a client with a metadata document with:
      | token_endpoint_auth_method | private_key_jwt |
    And the client has obtained an authorization code
    When the client redeems the code with:
      | client_assertion      | <client_assertion> |
      | client_assertion_type | <type>             |
    Then the request is refused with "invalid_client"

    Examples:
      | proof              | client_assertion | type      |
      | a changed JWT      | (changed)        | (valid)   |
      | nothing but its id | (omitted)        | (omitted) |

  Rule: The URL names one document

    @must @cimd-client-identifier/https-with-path @cimd-client-identifier/no-dot-segments @cimd-client-identifier/no-fragment @cimd-client-identifier/no-userinfo @needs:client_publications
    Scenario Outline: A client_id with <flaw> is unknown
      When the client sends an authorization request with:
        | client_id | <client_id> |
      Then the user agent is not redirected

      Examples:
        | flaw              | client_id                               |
        | no path           | (document URL without its path)         |
        | a segment of dots | (document URL with a segment of dots)   |
        | a fragment        | (document URL with a fragment)          |
        | a user name       | (document URL with a user name)         |

  Rule: A document is kept as long as its server says

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
    Scenario Outline: What was no document is forgotten: <flaw>
      Given a client with a metadata document with:
        | <part>        | <value>      |
        | Cache-Control | max-age=3600 |
      And the client has sent an authorization request
      And the metadata document has been mended
      When the client sends an authorization request
      Then the user agent returns to the client with:
        | code | (present) |

      Examples:
        | flaw                | part        | value     |
        | an error            | (status)    | 500       |
        | a missing document  | (status)    | 404       |
        | a malformed one     | (body)      | {         |
        | one without a name  | client_name | (omitted) |
