@mcp-server @needs:mcp_over_http
Feature: A protected MCP server asks for the scopes of a tool
  A client that calls a tool without its scopes learns from one challenge which
  scopes to request.

  Background:
    Given a client of the MCP server

  @must @mcp-2026-07-28-error-handling/insufficient-scope-403
  Scenario Outline: A call beyond the scope of the token gets 403 on <revision>
    Given the client speaks MCP <revision>
    When the client calls the MCP server with:
      | tool | (beyond the scope) |
    Then the request is refused
    And the response status is 403

    Examples:
      | revision   |
      | 2025-11-25 |
      | 2026-07-28 |

  @should @mcp-2026-07-28-runtime-insufficient-scope/challenge-members
  Scenario: The refusal of a tool call names the error, the scope and the metadata
    When the client calls the MCP server with:
      | tool | (beyond the scope) |
    Then the response has a "Bearer" challenge with:
      | error             | insufficient_scope |
      | scope             | (present)          |
      | resource_metadata | (present)          |

  @should @mcp-2026-07-28-runtime-insufficient-scope/operation-scopes @mcp-2026-07-28-runtime-insufficient-scope/single-challenge @mcp-2025-11-25-runtime-insufficient-scope/current-request
  Scenario: One challenge names all that the tool needs
    When the client calls the MCP server with:
      | tool | (beyond the scope) |
    Then the MCP server keeps the rule "challenge-names-every-scope"

  @should @mcp-security-scope-minimization/precise-challenges
  Scenario: The challenge names only scopes that the tool needs
    When the client calls the MCP server with:
      | tool | (beyond the scope) |
    Then the MCP server keeps the rule "challenge-names-no-other-scope"

  @should @mcp-security-scope-minimization/reduced-tokens
  Scenario: A token with fewer scopes opens the tools within them
    Given the client has obtained an access token for the MCP server
    When the client calls the MCP server
    Then the MCP server answers with a result

  @must @mcp-2026-07-28-step-up/scope-hierarchies @needs:control
  Scenario: A scope that implies another one suffices
    Given the MCP server is configured with:
      | write_implies_read | true |
    And the client has obtained an access token with:
      | scope | tasks:write |
    When the client calls the MCP server
    Then the MCP server answers with a result
