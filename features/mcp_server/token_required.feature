@mcp-server @needs:mcp_over_http
Feature: A protected MCP server requires a token for every message
  A client without a token gets only the challenge, on either revision of the
  protocol.

  Background:
    Given a client of the MCP server

  @must @mcp-2026-07-28-token-handling/validated
  Scenario Outline: A token of the authorization server opens the MCP server on <revision>
    Given the client speaks MCP <revision>
    When the client calls the MCP server
    Then the MCP server answers with a result

    Examples:
      | revision   |
      | 2025-11-25 |
      | 2026-07-28 |

  @must @mcp-2026-07-28-error-handling/missing-token-401 @mcp-2026-07-28-token-handling/error-response @mcp-2026-07-28-access-token-privilege/no-data
  Scenario Outline: A message without a token gets 401 on <revision>
    Given the client speaks MCP <revision>
    When the client calls the MCP server with:
      | access_token | (omitted) |
    Then the response status is 401
    And the response has a "Bearer" challenge
    But the same request succeeds with:
      | tool | (valid) |

    Examples:
      | revision   |
      | 2025-11-25 |
      | 2026-07-28 |

  @must @mcp-2026-07-28-access-token-privilege/before-processing @mcp-security-state-handle-hijacking/inbound-verified
  Scenario Outline: A <what> without a token gets 401 on <revision>
    Given the client speaks MCP <revision>
    When the client calls the MCP server with:
      | access_token | (omitted) |
      | method       | <method>  |
    Then the response status is 401
    But the same request succeeds with:
      | tool | (valid) |

    Examples:
      | what                    | method                    | revision   |
      | tools/list request      | tools/list                | 2026-07-28 |
      | server/discover request | server/discover           | 2026-07-28 |
      | tools/list request      | tools/list                | 2025-11-25 |
      | initialize request      | initialize                | 2025-11-25 |
      | notification            | notifications/initialized | 2025-11-25 |

  @must @mcp-2026-07-28-access-token-privilege/before-processing
  Scenario Outline: A <method> without a token is refused
    Given the client speaks MCP 2025-11-25
    When the client calls the MCP server with:
      | access_token | (omitted) |
      | (method)     | <method>  |
    Then the response status is 401, 404 or 405
    But the same request succeeds with:
      | tool | (valid) |

    Examples:
      | method |
      | GET    |
      | DELETE |

  @must @mcp-2026-07-28-access-token-privilege/before-processing
  Scenario Outline: A tools/list request with an unknown token gets no result on <revision>
    Given the client speaks MCP <revision>
    When the client calls the MCP server with:
      | access_token | (random)   |
      | method       | tools/list |
    Then the MCP server answers without a result
    But the same request succeeds with:
      | method | tools/list |

    Examples:
      | revision   |
      | 2025-11-25 |
      | 2026-07-28 |

  @must @mcp-2026-07-28-access-token-privilege/before-processing
  Scenario: Every spelling of the path of the MCP server needs a token
    When the client calls the MCP server
    Then the MCP server keeps the rule "every-spelling-protected"

  @must @documented-mcp/slash @needs:control
  Scenario Outline: A slash at the end of the URL makes no difference on <revision>
    Given the client speaks MCP <revision>
    When the client calls the MCP server with:
      | (path) | / |
    Then the MCP server answers with a result

    Examples:
      | revision   |
      | 2025-11-25 |
      | 2026-07-28 |

  @should @mcp-2026-07-28-scope-selection-strategy/scope-in-challenge
  Scenario: The challenge says which scope a tool needs
    When the client calls the MCP server with:
      | access_token | (omitted) |
    Then the MCP server keeps the rule "challenge-names-every-scope"

  @should @mcp-2026-07-28-scope-selection-strategy/consistent-scopes
  Scenario: Equal messages get equal challenges
    When the client calls the MCP server with:
      | access_token | (omitted) |
    Then the same request gets the same challenge

  @should @mcp-2026-07-28-refresh-tokens/no-offline-access
  Scenario: No challenge asks for offline_access
    When the client calls the MCP server with:
      | access_token | (omitted) |
    Then the response status is 401
    And the response has a "Bearer" challenge with:
      | scope | (without) offline_access |
