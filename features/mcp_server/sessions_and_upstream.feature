@mcp-server @needs:mcp_over_http
Feature: Sessions and upstream calls of a protected MCP server
  A session handle does not authenticate its sender, and the token of a client
  is for the MCP server alone.

  Background:
    Given a client of the MCP server

  @must @mcp-security-state-handle-hijacking/handle-no-authentication
  Scenario: The handle of a session opens nothing without a token
    Given the client speaks MCP 2025-11-25
    When the client calls the MCP server with:
      | access_token | (omitted) |
    Then the response status is 401
    But the same request succeeds with:
      | tool | (valid) |

  @should @mcp-security-state-handle-hijacking/handle-bound
  Scenario: The session of another client is refused
    Given another client has begun a session with the MCP server
    When the client calls the MCP server
    Then the request is refused
    But the same request succeeds without it

  @should @mcp-security-state-handle-hijacking/handle-random
  Scenario: Session handles cannot be guessed
    When the client obtains 5 sessions with the MCP server
    Then a session handle has 64 random bits

  @must @mcp-2026-07-28-token-handling/no-transit @needs:control
  Scenario Outline: The API behind the MCP server gets another token on <revision>
    Given the client speaks MCP <revision>
    When the client calls the MCP server
    Then the MCP server answers with a result
    And the MCP server keeps the rule "own-token-for-upstream"
    And the MCP server keeps the rule "no-token-in-log"

    Examples:
      | revision   |
      | 2025-11-25 |
      | 2026-07-28 |

  @must @mcp-2026-07-28-token-handling/no-transit @needs:control
  Scenario: The MCP server calls the API with its own credentials
    Given the MCP server is configured with:
      | upstream | own |
    When the client calls the MCP server
    Then the MCP server answers with a result
    And the MCP server keeps the rule "own-token-for-upstream"

  @must @mcp-2026-07-28-streamable-http/origin-validated
  Scenario Outline: A page of another origin is refused on <revision>
    Given the client speaks MCP <revision>
    When the client calls the MCP server with:
      | Origin | https://attacker.example |
    Then the response status is 403
    But the same request succeeds with:
      | tool | (valid) |

    Examples:
      | revision   |
      | 2025-11-25 |
      | 2026-07-28 |
