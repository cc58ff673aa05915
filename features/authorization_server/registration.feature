@authorization-server @needs:registration
Feature: Client registration
  An unknown client registers itself and receives a client_id.

  @must @rfc7591-3.2.1/created:1 @rfc7591-3.2.1/client-id:2 @rfc7591-3/post-json:1
  Scenario: A client registers with JSON and gets its id
    When the client registers
    Then the response status is 201
    And the response is JSON with:
      | client_id | (present) |

  @should @rfc7591-3/open-registration
  Scenario: A client registers without an initial access token
    When the client registers with:
      | Authorization | (omitted) |
    Then the response status is 201

  @may @mcp-2026-07-28-overview/registration-server @mcp-2025-11-25-dynamic-client-registration/server
  Scenario: An MCP client registers as a public native client
    When the client registers with:
      | token_endpoint_auth_method | none |
    Then the response status is 201

  @must @rfc7591-3.2.1/all-metadata
  Scenario: The answer holds all that is registered
    When the client registers with:
      | client_name | Task assistant |
    Then the response is JSON with:
      | client_name                | Task assistant                 |
      | redirect_uris.0            | http://127.0.0.1:8765/callback |
      | grant_types                | (present)                      |
      | response_types             | (present)                      |
      | token_endpoint_auth_method | (present)                      |

  Rule: A client secret belongs to one client

    @must @rfc7591-3.2.1/secret-expiry
    Scenario: A client secret says when it expires
      When the client registers
      Then the authorization server keeps the rule "client-secret-with-expiry"

    @must @rfc7591-2/none-without-secret
    Scenario: A client that does not authenticate gets no secret
      When the client registers with:
        | token_endpoint_auth_method | none |
      Then the authorization server keeps the rule "no-secret-for-none"

    @must @rfc7591-3.2.1/secret-unique @rfc7591-5/secret-per-instance
    Scenario: No two clients have the same secret
      When the client registers 3 times with:
        | software_id | 4NRB1-0XZABZI9E6-5SM3R |
      Then no two registrations have the same "client_secret"

    @must @rfc6749-10.10/guess-probability
    Scenario: Client secrets hold 128 random bits
      When the client registers 10 times with:
        | token_endpoint_auth_method | client_secret_basic |
      Then a client secret has 128 random bits

    @should @rfc7591-3.2.1/client-id-unique @rfc7591-2/client-id-varies
    Scenario: No two instances of one software have the same client_id
      When the client registers 3 times with:
        | software_id | 4NRB1-0XZABZI9E6-5SM3R |
      Then no two registrations have the same "client_id"

    @should @rfc9700-4.15.1/client-id-not-chosen
    Scenario: No client chooses its id
      When the client registers with:
        | client_id | (random) |
      Then "client_id" is refused or replaced

  Rule: Omitted metadata has a default

    @should @rfc7591-2/auth-method-default @oidc-core-9/default-basic
    Scenario: A client authenticates with client_secret_basic unless it says otherwise
      When the client registers with:
        | token_endpoint_auth_method | (omitted) |
      Then the response is JSON with:
        | token_endpoint_auth_method | client_secret_basic |

    @should @rfc7591-2/grant-types-default
    Scenario: A client uses only authorization codes unless it says otherwise
      When the client registers with:
        | grant_types | (omitted) |
      Then the response is JSON with:
        | grant_types | [authorization_code] |

    @should @rfc7591-2/response-types-default
    Scenario: A client uses only the response type code unless it says otherwise
      When the client registers with:
        | response_types | (omitted) |
      Then the response is JSON with:
        | response_types | [code] |
