@authorization-server @needs:client_id_metadata_document @needs:authorization_code @needs:pkce
Feature: Flaws of client ID metadata documents
  The server refuses a client whose document breaks the rules, and limits what
  it fetches for a stranger.

  Background:
    Given the resource owner approves

  @must @cimd-client-information-discovery/only-200 @needs:client_publications
  Scenario Outline: A document served with status <status> is refused
    Given a client with a metadata document with:
      | (status) | <status> |
    When the client sends an authorization request
    Then the user agent is not redirected
    But the same request succeeds given a client with a metadata document

    Examples:
      | status |
      | 201    |
      | 203    |
      | 404    |
      | 500    |

  @must @cimd-client-information-discovery/no-redirects @needs:client_publications
  Scenario Outline: A <status> redirect to a document is not followed
    Given a client with a metadata document with:
      | (status) | <status>    |
      | Location | (elsewhere) |
    When the client sends an authorization request
    Then the user agent is not redirected
    And the redirect of the metadata document is not followed
    But the same request succeeds given a client with a metadata document

    Examples:
      | status |
      | 301    |
      | 302    |
      | 307    |

  @must @cimd-client-metadata-document/client-id-identical @mcp-2026-07-28-client-id-metadata-documents/client-id-checked @needs:client_publications
  Scenario Outline: A document <flaw> is refused
    Given a client with a metadata document with:
      | client_id | <client_id> |
    When the client sends an authorization request
    Then the user agent is not redirected
    But the same request succeeds given a client with a metadata document

    Examples:
      | flaw                                   | client_id                |
      | with the client_id of another client   | https://a.example/client |
      | with a slash appended to its client_id | (valid)/                 |
      | without a client_id                    | (omitted)                |

  @must @mcp-2026-07-28-client-id-metadata-documents/structure-checked @cimd-client-metadata-document/json @cimd-redirect-url-registration/required @needs:client_publications
  Scenario Outline: A document that <flaw> is refused
    Given a client with a metadata document with:
      | <part> | <value> |
    When the client sends an authorization request
    Then the user agent is not redirected
    But the same request succeeds given a client with a metadata document

    Examples:
      | flaw                    | part          | value           |
      | is a web page           | (body)        | <!doctype html> |
      | is a list               | (body)        | []              |
      | has no client_name      | client_name   | (omitted)       |
      | has no redirect_uris    | redirect_uris | (omitted)       |

  @must @cimd-client-metadata-document/no-secret @needs:client_publications
  Scenario Outline: A document with <member> is refused
    Given a client with a metadata document with:
      | <member> | <value> |
    When the client sends an authorization request
    Then the user agent is not redirected
    But the same request succeeds given a client with a metadata document

    Examples:
      | member                   | value                       |
      | client_secret            | everybody-reads-this-secret |
      | client_secret_expires_at | 0                           |

  @must @cimd-client-metadata-document/no-secret-method @needs:client_publications
  Scenario Outline: A document with the authentication method <method> is refused
    Given a client with a metadata document with:
      | token_endpoint_auth_method | <method> |
    When the client sends an authorization request
    Then the user agent is not redirected
    But the same request succeeds given a client with a metadata document

    Examples:
      | method              |
      | client_secret_basic |
      | client_secret_post  |
      | client_secret_jwt   |

  Rule: The server limits what it fetches

    @must @cimd-ssrf-attacks/special-addresses @mcp-2026-07-28-client-id-metadata-document-security/fetch-guarded @mcp-security-ssrf-against-authorization-servers/document-fetch @needs:control
    Scenario: A document on the server's own machine is not fetched
      Given a client with a metadata document with:
        | (scheme) | https |
      And the authorization server is configured with:
        | client_documents_on_loopback | false |
      When the client sends an authorization request
      Then the metadata document is not fetched

    @should @cimd-maximum-response-size/limited @cimd-metadata-discovery-errors/aborted @needs:client_publications
    Scenario: A document of five megabytes is refused
      Given a client with a metadata document with:
        | (unknown) padding | (5000000 characters) |
      When the client sends an authorization request
      Then the user agent is not redirected
      But the same request succeeds given a client with a metadata document
