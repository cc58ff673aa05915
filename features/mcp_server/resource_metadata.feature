@mcp-server @needs:mcp_over_http
Feature: Metadata of a protected MCP server
  A client finds out which authorization server issues tokens for an MCP server
  without being told.

  Background:
    Given a client of the MCP server

  @must @mcp-2026-07-28-authorization-server-location/resource-metadata @mcp-2026-07-28-authorization-server-location/authorization-servers
  Scenario: The MCP server metadata names its authorization servers
    When the client fetches the MCP server metadata
    Then the response status is 200
    And the response is JSON with:
      | resource                | (valid)                      |
      | authorization_servers.0 | (without query and fragment) |

  @must @rfc9728-3/path-inserted
  Scenario: The well-known URI of the MCP server leads to its metadata
    When the client fetches the MCP server metadata at the path of its endpoint
    Then the response is JSON with:
      | resource | (valid) |

  @must @mcp-2026-07-28-authorization-server-location/authorization-servers
  Scenario: The metadata at the root of the host names the authorization servers of the MCP server
    When the client fetches the MCP server metadata at the root of its host
    Then the response is about the MCP server with:
      | authorization_servers.0 | (without query and fragment) |

  @must @mcp-2026-07-28-protected-resource-metadata/discoverable
  Scenario: A client that has no token yet finds the metadata
    When the client calls the MCP server with:
      | access_token | (omitted) |
    Then the MCP server keeps the rule "metadata-found"

  @should @mcp-2026-07-28-refresh-tokens/no-offline-access
  Scenario: The MCP server metadata omits offline_access
    When the client fetches the MCP server metadata
    Then the response status is 200
    And "scopes_supported" does not list "offline_access"

  @should @mcp-security-scope-minimization/no-omnibus-scopes
  Scenario Outline: The MCP server metadata does not list the scope <scope>
    When the client fetches the MCP server metadata
    Then the response status is 200
    And "scopes_supported" does not list "<scope>"

    Examples:
      | scope       |
      | *           |
      | all         |
      | full-access |

  @should @mcp-2026-07-28-canonical-server-uri/no-trailing-slash-server
  Scenario: The MCP server names itself without a slash at the end
    When the client fetches the MCP server metadata
    Then the response is JSON with:
      | resource | (without a slash at the end) |

  @must @rfc9728-3.1/own-document
  Scenario: The MCP server and the API have separate documents
    When the client fetches the MCP server metadata
    Then the response is JSON with:
      | resource | (valid) |
    And the protected resource keeps the rule "own-metadata"
