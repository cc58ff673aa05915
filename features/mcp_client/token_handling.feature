@mcp-client @needs:documented
Feature: Token handling of the client
  MCP server and agent share one OAuth client, which gets a token, keeps it,
  renews it and shows it to the protected resource alone.

  Background:
    Given the documented system
    And the documented client "ai-agent-assistant" with the secret "agent-secret-67890"

  @must @mcp-2026-07-28-token-usage/authorization-header @rfc6750-2.1/client-uses-header
  Scenario: The token travels in the Authorization header
    When the agent runs "list-tasks"
    Then the agent sent a resource request with:
      | Authorization | (contains) Bearer |

  @must @mcp-2026-07-28-token-usage/not-in-query @rfc6750-2/one-method @rfc9700-4.3.2/not-sent-in-query @oauth-2.1-bearer-token-requests/header-or-body @oauth-2.1-no-tokens-in-page-urls/not-in-url @rfc6750-2.3/query-discouraged
  Scenario: The token does not travel in the URL
    When the agent runs "list-tasks"
    Then the agent keeps the rule "no-token-in-url"

  @must @documented-client/client-credentials
  Scenario: The client uses client credentials with HTTP Basic
    When the agent runs "list-tasks"
    Then the agent sent a token request with:
      | grant_type    | client_credentials |
      | Authorization | (contains) Basic   |

  Rule: A token is kept while it is valid

    @must @documented-client/token-kept
    Scenario: One token serves many calls
      Given the agent has run "list-tasks"
      When the agent runs "list-tasks"
      Then the agent succeeds
      And the agent sent 1 token request

    @must @documented-client/token-renewed
    Scenario: A token is renewed before it expires
      Given the agent has run "list-tasks"
      And 3592 seconds have passed
      When the agent runs "list-tasks"
      Then the agent succeeds
      And the agent sent 2 token requests

    @must @documented-client/one-renewal
    Scenario: Many callers wait for one token
      When the agent runs "list-tasks" 20 times at once
      Then the agent succeeds
      And the agent sent 1 token request

    @must @documented-client/retry-once @oauth-2.1-token-endpoint-response/early-expiry
    Scenario: A token that is refused is renewed once
      Given the authorization server exhibits "lifetime-overstated"
      And the agent has run "list-tasks"
      And 3601 seconds have passed
      When the agent runs "list-tasks"
      Then the agent succeeds
      And the agent sent 2 token requests

  Rule: The client knows whom it talks to

    @must @rfc8414-3.3/issuer-validated
    Scenario: The metadata of another issuer is not used
      Given the authorization server exhibits "issuer-with-trailing-slash"
      When the agent runs "list-tasks"
      Then the agent fails, saying "issuer"
      But the same request succeeds without it
