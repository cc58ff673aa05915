@mcp-client @needs:control
Feature: A client whose MCP server changes its authorization server
  What one authorization server gave is worth nothing at another, and the client
  begins anew there.

  Background:
    Given an MCP client
    And the agent has connected to the MCP server
    And the MCP server has moved to another authorization server

  @must @mcp-2026-07-28-authorization-server-binding/registers-again
  Scenario: The client registers with the new authorization server
    When the agent calls the MCP tool "get_user"
    Then the agent keeps the rule "registers-anew"

  @must @mcp-2026-07-28-authorization-server-location/separate-state @mcp-2026-07-28-authorization-server-binding/not-reused
  Scenario: The client keeps what two authorization servers gave it apart
    When the agent calls the MCP tool "get_user"
    Then the agent keeps the rule "credentials-apart"

  @must @oauth-2.1-authorization-server-mix-up-mitigation/token-request
  Scenario: The client redeems a code at the authorization server that it asked
    When the agent calls the MCP tool "get_user"
    Then the agent keeps the rule "codes-redeemed-where-issued"

  @must @mcp-2026-07-28-token-handling/own-issuer-only
  Scenario: The client shows a token of the authorization server that the MCP server names
    When the agent calls the MCP tool "get_user"
    Then the agent keeps the rule "token-of-the-named-server"
