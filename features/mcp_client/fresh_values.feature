@mcp-client @needs:control
Feature: Fresh values in every request
  A client creates a new state and a new code verifier for every request, and
  neither can be guessed.

  Background:
    Given an MCP client

  @must @rfc7636-4.1/client-verifier-syntax
  Scenario: The code verifier has the right length and characters
    When the agent connects to the MCP server
    Then the agent keeps the rule "code-verifier-form"

  @needs:step_up @must @rfc7636-4.1/new-verifier
  Scenario: Every authorization request has a new code challenge
    When the agent calls the MCP tool "get_user"
    Then the agent sent 2 authorization requests
    And no two authorization requests have the same "code_challenge"

  @must @oauth-2.1-code-injection-countermeasures/fresh-values
  Scenario: The client uses a new code challenge after an error
    Given the authorization response has:
      | code  | (omitted)    |
      | error | server_error |
    And the agent has tried to connect to the MCP server
    When the agent connects to the MCP server
    Then no two authorization requests have the same "code_challenge"

  @must @rfc7636-7.2/no-client-downgrade
  Scenario: The client keeps the code challenge method S256 after an error
    Given the authorization response has:
      | code  | (omitted)       |
      | error | invalid_request |
    And the agent has tried to connect to the MCP server
    When the agent connects to the MCP server
    Then the agent sent only authorization requests with:
      | code_challenge_method | S256 |

  @should @rfc7636-4.1/verifier-random @rfc7636-7.1/256-bits
  Scenario: The code verifier cannot be guessed
    Given 12 more agents have connected to the MCP server
    When the agent connects to the MCP server
    Then the "code_verifier" of token requests has 255 random bits

  @should @rfc8252-8.9/state-sent
  Scenario: The state cannot be guessed
    Given 12 more agents have connected to the MCP server
    When the agent connects to the MCP server
    Then the "state" of authorization requests has 120 random bits
