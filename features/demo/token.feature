@demo @needs:documented
Feature: Tokens of the documented system
  The demo's clients get their tokens as the documentation shows, with requests
  in JSON or as a form.

  Background:
    Given the documented system

  @must @documented-token/json-request
  Scenario Outline: The client <client_id> gets a token with a JSON request
    When the client posts to "/oauth/token":
      | grant_type    | client_credentials |
      | client_id     | <client_id>        |
      | client_secret | <client_secret>    |
      | scope         | <scope>            |
    Then an access token is issued
    And the response is JSON with:
      | token_type | Bearer  |
      | expires_in | 3600    |
      | scope      | <scope> |

    Examples:
      | client_id          | client_secret      | scope                            |
      | mcp-task-manager   | mcp-secret-12345   | tasks:read tasks:write           |
      | ai-agent-assistant | agent-secret-67890 | tasks:read tasks:write user:read |

  @must @documented-token/claims
  Scenario: The documented token names its client and scope
    Given the documented client "mcp-task-manager" with the secret "mcp-secret-12345"
    When the client requests a token
    Then the access token is a JWT with:
      | iss       | (valid)                |
      | aud       | (valid)                |
      | sub       | mcp-task-manager       |
      | client_id | mcp-task-manager       |
      | scope     | tasks:read tasks:write |

  @must @documented-token/refusals
  Scenario Outline: A documented token request with <flaw> is refused with <error>
    Given the documented client "mcp-task-manager" with the secret "mcp-secret-12345"
    When the client requests a token with:
      | <parameter> | <value> |
    Then the request is refused with "<error>"

    Examples:
      | flaw                  | parameter     | value              | error                  |
      | a wrong secret        | client_secret | wrong-secret-12345 | invalid_client         |
      | an unknown client_id  | client_id     | stranger           | invalid_client         |
      | an unregistered scope | scope         | user:write         | invalid_scope          |
      | an unknown grant type | grant_type    | telepathy          | unsupported_grant_type |

  @must @documented-token/refusals
  Scenario: A JSON token request with a wrong secret is refused
    When the client posts to "/oauth/token":
      | grant_type    | client_credentials |
      | client_id     | mcp-task-manager   |
      | client_secret | wrong-secret-12345 |
    Then the request is refused with "invalid_client"
    But the same request succeeds with:
      | grant_type    | client_credentials |
      | client_id     | mcp-task-manager   |
      | client_secret | mcp-secret-12345   |

  @must @documented-introspection/own-token
  Scenario: A documented client introspects its own token
    Given the documented client "mcp-task-manager" with the secret "mcp-secret-12345"
    And the client has obtained an access token
    When the client introspects the token
    Then the response is JSON with:
      | active    | true                   |
      | client_id | mcp-task-manager       |
      | scope     | tasks:read tasks:write |

  @must @documented-introspection/resource-client
  Scenario: The task API introspects a documented token
    Given the documented client "ai-agent-assistant" with the secret "agent-secret-67890"
    And the client has obtained an access token
    When the protected resource introspects the token
    Then the response is JSON with:
      | active    | true               |
      | client_id | ai-agent-assistant |
