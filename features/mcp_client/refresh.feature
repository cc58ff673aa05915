@mcp-client @needs:control
Feature: A client whose token is over
  The client renews its token by its refresh token: for the same resource, once
  for all who wait, and without asking a person again.

  Background:
    Given an MCP client
    And the agent has connected to the MCP server

  @must @mcp-2026-07-28-resource-parameter-implementation/in-both-requests @mcp-2026-07-28-canonical-server-uri/always-sent
  Scenario: A token is refreshed for the same resource
    Given 3600 seconds have passed
    When the agent calls the MCP tool "list_tasks"
    Then the agent succeeds
    And the agent sent a token request with:
      | grant_type | refresh_token |
      | resource   | (valid)       |
    And the agent sent 1 authorization requests

  @must @rfc6749-6/client-replaces
  Scenario: A new refresh token takes the place of the old one
    Given 3600 seconds have passed
    And the agent has called the MCP tool "list_tasks"
    And 3600 seconds have passed
    When the agent calls the MCP tool "list_tasks"
    Then the agent succeeds
    And the agent sent 3 token requests
    And the agent sent 1 authorization requests

  @must @mcp-2026-07-28-refresh-tokens/kept-confidential @rfc6749-1.5/refresh-token-to-server-only
  Scenario: A refresh token reaches the authorization server alone
    Given 3600 seconds have passed
    When the agent calls the MCP tool "list_tasks"
    Then the agent succeeds
    And the agent sent its refresh token to the token endpoint alone

  @must @documented-client/one-renewal @rfc6749-6/client-replaces
  Scenario: Agents whose tokens are over at the same moment refresh once each
    Given 19 more agents have connected to the MCP server
    And 3600 seconds have passed
    And every agent has called the MCP tool "list_tasks" 3 times at once
    And 3600 seconds have passed
    When every agent calls the MCP tool "list_tasks" 3 times at once
    Then the agent succeeds
    And the agent sent 60 token requests
    And the agent sent 20 authorization requests
