@mcp-client @needs:control
Feature: A client whose token lacks a scope
  The client asks for the missing scopes, keeps those that it had, and stops
  after a few attempts.

  Background:
    Given an MCP client

  @should @mcp-2026-07-28-step-up/answered @mcp-2026-07-28-step-up/user-client-attempts @mcp-2025-11-25-step-up/selection-strategy
  Scenario Outline: The client asks for the scopes of a tool on <revision>
    Given the client speaks MCP <revision>
    When the agent calls the MCP tool "summarize_tasks"
    Then the agent succeeds
    And the agent sent 2 authorization requests

    Examples:
      | revision   |
      | 2025-11-25 |
      | 2026-07-28 |

  @needs:step_up @should @mcp-2026-07-28-step-up/union @mcp-2026-07-28-scope-selection-strategy/granted-scopes-kept @mcp-security-scope-minimization/scope-union
  Scenario: The client keeps the scopes that it had
    When the agent calls the MCP tool "get_user"
    Then the agent succeeds
    And the agent sent an authorization request with:
      | scope | (contains) tasks:read user:read |

  @needs:step_up @must @mcp-2026-07-28-scope-selection-strategy/no-set-relation @mcp-2026-07-28-scope-selection-strategy/challenge-authoritative
  Scenario: The client asks for tool scopes that the metadata does not list
    Given the MCP server metadata have:
      | scopes_supported | ["tasks:read"] |
    When the agent calls the MCP tool "get_user"
    Then the agent succeeds
    And the agent sent an authorization request with:
      | scope | (contains) user:read |

  @needs:step_up @must @oidc-core-11/prompt-consent-sent
  Scenario: A client that asks for more scopes asks again for consent to offline access
    Given the authorization server metadata have:
      | scopes_supported | ["tasks:read", "user:read", "offline_access"] |
    When the agent calls the MCP tool "get_user"
    Then the agent sent 2 authorization requests
    And the agent keeps the rule "consent-for-offline-access"

  @needs:step_up @should @mcp-2026-07-28-step-up/bounded-retries @mcp-2026-07-28-step-up/attempts-tracked
  Scenario: The client gives up where more scopes do not help
    Given the MCP server exhibits "tool-never-opens"
    When the agent calls the MCP tool "get_user"
    Then the agent gives up
    And the agent sent at most 4 authorization requests
    But the same request succeeds without it
