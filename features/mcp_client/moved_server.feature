@mcp-client @needs:control @needs:step_up
Feature: A client whose MCP server changes its authorization server
  The credentials of one authorization server are worth nothing at another, so
  the client registers and authorizes anew.

  Background:
    Given an MCP client
    And the agent has connected to the MCP server
    And the MCP server has moved to another authorization server

  @must @mcp-2026-07-28-authorization-server-binding/registers-again
  Scenario: The client registers with the new authorization server
    When the agent calls the MCP tool "get_user"
    Then the agent keeps the rule "registers-anew"

  @must @mcp-2026-07-28-authorization-server-location/separate-state @mcp-2026-07-28-authorization-server-binding/not-reused
  Scenario: The client keeps credentials of two authorization servers apart
    When the agent calls the MCP tool "get_user"
    Then the agent keeps the rule "credentials-apart"

  @must @oauth-2.1-authorization-server-mix-up-mitigation/token-request
  Scenario: The client redeems a code at the authorization server that issued it
    When the agent calls the MCP tool "get_user"
    Then the agent keeps the rule "codes-redeemed-where-issued"

  @must @mcp-2026-07-28-token-handling/own-issuer-only
  Scenario: The client shows only tokens of the authorization server that the MCP server names
    When the agent calls the MCP tool "get_user"
    Then the agent keeps the rule "token-of-the-named-server"
