@mcp-server @needs:mcp_over_http
Feature: A protected MCP server validates tokens
  The MCP server accepts a token only if its authorization server issued it for
  this server, and only until it expires.

  Background:
    Given a client of the MCP server

  @must @mcp-2026-07-28-token-handling/invalid-token-401 @mcp-2026-07-28-error-handling/missing-token-401
  Scenario Outline: A <token> token gets 401 on <revision>
    Given the client speaks MCP <revision>
    And the client has obtained an access token for the MCP server
    When the client calls the MCP server with:
      | access_token | <value> |
    Then the request is refused
    And the response status is 401

    Examples:
      | token   | value     | revision   |
      | changed | (changed) | 2025-11-25 |
      | changed | (changed) | 2026-07-28 |
      | made-up | (random)  | 2026-07-28 |
      | padded  | (padded)  | 2026-07-28 |

  @must @mcp-2026-07-28-token-handling/audience @mcp-security-token-passthrough/no-foreign-tokens @needs:control
  Scenario Outline: A token for <audience> is refused on <revision>
    Given the client speaks MCP <revision>
    And an access token with:
      | aud | <aud> |
    When the client calls the MCP server
    Then the request is refused
    But the same request succeeds without it

    Examples:
      | audience                  | aud                  | revision   |
      | the API behind the server | (protected resource) | 2025-11-25 |
      | the API behind the server | (protected resource) | 2026-07-28 |
      | no resource               | (omitted)            | 2026-07-28 |

  @must @mcp-2026-07-28-token-handling/audience @needs:control
  Scenario: No token for a near miss of the MCP server is accepted
    When the client calls the MCP server with each near miss of "aud of the token"
    Then the request is refused

  @must @mcp-2026-07-28-token-handling/validated @needs:control
  Scenario: No token with a near miss of the issuer is accepted by the MCP server
    When the client calls the MCP server with each near miss of "iss of the token"
    Then the request is refused

  @should @mcp-2026-07-28-canonical-server-uri/upper-case-audience @needs:control
  Scenario: The MCP server accepts its audience with scheme and host in upper case
    Given an access token with:
      | aud       | (valid in upper case) |
      | client_id | (valid)               |
    When the client calls the MCP server
    Then the MCP server answers with a result

  @must @mcp-2026-07-28-token-handling/audience
  Scenario: A token that was issued for another resource is refused by the MCP server
    Given the client has obtained an access token for another resource
    When the client calls the MCP server
    Then the request is refused
    But the same request succeeds without it

  @must @mcp-2026-07-28-token-handling/invalid-token-401
  Scenario: The MCP server refuses a token once its time has passed
    Given the client has obtained an access token for the MCP server
    And the access token has expired
    When the client calls the MCP server
    Then the request is refused
    But the same request succeeds without it

  @must @mcp-2026-07-28-token-handling/validated @needs:control
  Scenario Outline: The MCP server refuses a token with <what>
    Given an access token with:
      | <claim> | <value> |
    When the client calls the MCP server
    Then the request is refused
    But the same request succeeds without it

    Examples:
      | what                    | claim | value                 |
      | another issuer          | iss   | https://other.example |
      | no expiry               | exp   | (omitted)             |
      | the type of another JWT | typ   | JWT                   |

  @must @mcp-2026-07-28-token-handling/validated
  Scenario Outline: The MCP server refuses a token with <signature>
    Given an access token with:
      | signed_by | <signed_by> |
    When the client calls the MCP server
    Then the request is refused
    But the same request succeeds without it

    Examples:
      | signature                   | signed_by |
      | the signature of a stranger | stranger  |
      | no signature                | nobody    |

  @must @mcp-2026-07-28-token-handling/validated @needs:control
  Scenario: Tokens can be verified by introspection
    Given the protected resource is configured with:
      | verify | introspection |
    When the client calls the MCP server
    Then the MCP server answers with a result

  @must @oauth-2.1-bearer-token-requests/query-ignored
  Scenario: The MCP server refuses a token in the query
    When the client calls the MCP server with:
      | access_token | (in the query) |
    Then the request is refused
    But the same request succeeds with:
      | tool | (valid) |
