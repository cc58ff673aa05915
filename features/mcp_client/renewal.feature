@mcp-client @needs:control
Feature: A client refreshes its token
  A refresh token is for the authorization server alone, and the newest is the
  one that counts.

  Background:
    Given an MCP client
    And the agent has connected to the MCP server

  @needs:refreshes @must @rfc6749-6/client-parameters
  Scenario: A client refreshes an expired token
    Given 3601 seconds have passed
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent a token request with:
      | grant_type    | refresh_token |
      | refresh_token | (present)     |

  @needs:refreshes @must @rfc6749-6/client-scope
  Scenario: The client never refreshes for a scope it did not request
    Given 3601 seconds have passed
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent keeps the rule "no-wider-scope"

  @needs:refreshes @must @rfc6749-6/client-replaces
  Scenario: A client discards a replaced refresh token
    Given 3601 seconds have passed
    And the agent has connected to the MCP server
    And 3601 seconds have passed
    When the agent connects to the MCP server
    Then the agent succeeds
    And no two token requests have the same "refresh_token"
    And the agent sent 1 authorization requests

  @needs:refreshes @must @documented-client/refused-renewal
  Scenario: A client with an expired refresh token asks its user once
    Given 8640000 seconds have passed
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent 2 authorization requests

  @needs:refreshes @must @rfc6749-1.5/refresh-token-to-server-only @mcp-2026-07-28-refresh-tokens/kept-confidential
  Scenario: A refresh token goes to the authorization server alone
    Given 3601 seconds have passed
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent keeps the rule "refresh-token-kept"

  @needs:step_up @must @rfc6749-10.3/client-confidential @rfc6750-5.3/not-leaked
  Scenario: An access token goes to the MCP server alone
    When the agent calls the MCP tool "get_user"
    Then the agent succeeds
    And the agent keeps the rule "access-token-kept"

  @needs:step_up @should @rfc9728-5.2/refetch
  Scenario: The client fetches the metadata again after a challenge
    When the agent calls the MCP tool "get_user"
    Then the agent succeeds
    And the agent sent at least 2 MCP server metadata requests

  @needs:refreshes @must @mcp-2026-07-28-resource-parameter-implementation/in-both-requests @mcp-2026-07-28-canonical-server-uri/always-sent
  Scenario: A token is refreshed for the same resource
    Given 3600 seconds have passed
    When the agent calls the MCP tool "list_tasks"
    Then the agent succeeds
    And the agent sent a token request with:
      | grant_type | refresh_token |
      | resource   | (valid)       |
    And the agent sent 1 authorization requests

  @needs:refreshes @must @documented-client/one-renewal @rfc6749-6/client-replaces
  Scenario: Agents whose tokens expire together refresh once each
    Given 19 more agents have connected to the MCP server
    And 3600 seconds have passed
    And every agent has called the MCP tool "list_tasks" 3 times at once
    And 3600 seconds have passed
    When every agent calls the MCP tool "list_tasks" 3 times at once
    Then the agent succeeds
    And the agent sent 60 token requests
    And the agent sent 20 authorization requests
