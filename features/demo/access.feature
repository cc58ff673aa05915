@demo @needs:documented
Feature: Access to the documented task API
  The task API verifies tokens by itself or by asking the authorization server.
  Either way it accepts the same tokens.

  Background:
    Given the documented system
    And the documented client "mcp-task-manager" with the secret "mcp-secret-12345"

  @must @documented-access/verify
  Scenario Outline: A valid token is accepted where tokens are verified by <verification>
    Given the protected resource is configured with:
      | verify | <verification> |
    And the client has obtained an access token
    When the client sends "GET /api/tasks"
    Then the response status is 200

    Examples:
      | verification  |
      | jwt           |
      | introspection |

  @must @documented-access/refusals
  Scenario Outline: <token> is refused where tokens are verified by <verification>
    Given the protected resource is configured with:
      | verify | <verification> |
    And the client has obtained an access token
    When the client sends "GET /api/tasks" with:
      | Authorization | <header> |
    Then the request is refused with "<error>"

    Examples:
      | token                           | verification  | header          | error                            |
      | A garbled token                 | jwt           | Bearer (valid)x | invalid_token                    |
      | A garbled token                 | introspection | Bearer (valid)x | invalid_token                    |
      | A Bearer scheme without a token | jwt           | Bearer          | invalid_request or invalid_token |
      | A Bearer scheme without a token | introspection | Bearer          | invalid_request or invalid_token |

  @must @documented-access/expired
  Scenario Outline: An expired token is refused where tokens are verified by <verification>
    Given the protected resource is configured with:
      | verify | <verification> |
    And the client has obtained an access token
    And 3601 seconds have passed
    When the client sends "GET /api/tasks"
    Then the request is refused with "invalid_token"
    But the same request succeeds without it

    Examples:
      | verification  |
      | jwt           |
      | introspection |

  @must @documented-access/no-token
  Scenario: A request without a token gets 401 and a challenge
    Given the client has obtained an access token
    When the client sends "GET /api/tasks" with:
      | access_token | (omitted) |
    Then the response status is 401
    And the response has a "Bearer" challenge

  Rule: The documented shape of tokens is accepted by introspection only

    @must @documented-access/documented-tokens
    Scenario: A token of the documented shape is accepted by introspection
      Given the authorization server is configured with:
        | documented_tokens | true |
      And the protected resource is configured with:
        | verify | introspection |
      And the client has obtained an access token
      When the client sends "GET /api/tasks"
      Then the response status is 200
      And the access token is a JWT with:
        | alg   | HS256                 |
        | iss   | oauth2-auth-server    |
        | scope | (contains) tasks:read |

    @must @documented-access/no-shared-key
    Scenario: A token of the documented shape is not accepted by its signature
      Given an access token of the documented shape
      When the client sends "GET /api/tasks"
      Then the request is refused with "invalid_token"
      But the same request succeeds given the client has obtained an access token with:
        | scope | tasks:read |
