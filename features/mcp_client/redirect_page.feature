@mcp-client @needs:control
Feature: Redirect page of a client
  The client waits on its own machine for one authorization response, and its
  page holds nothing from third parties.

  Background:
    Given an MCP client

  @should @rfc6749-3.1.2.5/no-third-party-scripts @rfc9700-4.2.4/client-no-third-party
  Scenario: The client's page holds nothing from third parties
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent keeps the rule "page-without-links"

  @should @rfc8252-8.3/port-open-briefly @oauth-2.1-loopback-redirect-considerations/port-open-briefly @rfc9700-4.2.4/state-once
  Scenario: The client stops listening after its answer
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent keeps the rule "one-answer"
