@mcp-client @needs:control
Feature: A client finds the authorization server of an MCP server
  After the first refusal, the client discovers where to get a token. It uses
  no metadata that names another server.

  Background:
    Given an MCP client

  @must @mcp-2026-07-28-overview/discovery-by-resource:1 @mcp-2026-07-28-protected-resource-metadata/answers-401:1 @mcp-2026-07-28-token-usage/authorization-header:2
  Scenario Outline: The client reaches a protected MCP server on <revision>
    Given the client speaks MCP <revision>
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent an MCP request with:
      | Authorization | (contains) Bearer |

    Examples:
      | revision   |
      | 2025-11-25 |
      | 2026-07-28 |

  @must @mcp-2025-11-25-token-requirements/every-request
  Scenario: The client shows its token with every message of a session
    Given the client speaks MCP 2025-11-25
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent 1 authorization requests

  @must @mcp-2026-07-28-protected-resource-metadata/challenge-first
  Scenario: The client asks for the metadata that the challenge names
    Given the challenge of the MCP server has:
      | resource_metadata | (resource metadata)?from=challenge |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent a metadata request with:
      | from | challenge |

  @must @mcp-2026-07-28-protected-resource-metadata/well-known-fallback @rfc9728-3.1/client-inserts
  Scenario: The client falls back to the well-known location
    Given the challenge of the MCP server has:
      | resource_metadata | (omitted) |
    When the agent connects to the MCP server
    Then the agent succeeds

  @must @mcp-2026-07-28-protected-resource-metadata/challenge-parsed
  Scenario Outline: The client finds the Bearer challenge <where>
    Given the challenge of the MCP server has:
      | (challenge) | <challenge> |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent a metadata request with:
      | from | challenge |

    Examples:
      | where               | challenge                                                                          |
      | after another       | Basic realm="a, b", Bearer resource_metadata="(resource metadata)?from=challenge"  |
      | in another case     | bearer scope="tasks:read",  RESOURCE_METADATA="(resource metadata)?from=challenge" |
      | with escaped quotes | Bearer realm="a \"b\"", resource_metadata="(resource metadata)?from=challenge"     |

  @must @rfc9728-3.3/mismatch-not-used @rfc9728-3.3/challenge-resource
  Scenario Outline: Resource metadata of <what> is not used
    Given the MCP server metadata have:
      | resource | <resource> |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no authorization request
    But the same request succeeds without it

    Examples:
      | what                             | resource              |
      | another server                   | https://other.example |
      | the server with a slash appended | (MCP server)/         |
      | a path below the server          | (MCP server)/below    |
      | the API behind the server        | (protected resource)  |

  @must @rfc8414-3.3/not-used @mcp-2026-07-28-authorization-server-metadata/issuer-identical @rfc8414-4/code-points @oidc-discovery-4.3/issuer-identical @oidc-discovery-4.3/invalid-not-used
  Scenario Outline: Authorization server metadata of <whom> is not used
    Given the authorization server metadata have:
      | issuer | <issuer> |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no authorization request
    But the same request succeeds without it

    Examples:
      | whom                             | issuer                |
      | another issuer                   | https://other.example |
      | the issuer with a slash appended | (issuer)/             |

  @must @mcp-2026-07-28-overview/both-metadata-kinds @mcp-2026-07-28-authorization-server-metadata/several-locations @mcp-2026-07-28-authorization-server-metadata/path-issuer-order @rfc8414-3.1/client-inserts @rfc9700-2.6/metadata-used
  Scenario: The client falls back to the OpenID configuration
    Given the authorization server metadata have:
      | (status) | 404 |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent asked the authorization server for:
      | first  | /.well-known/oauth-authorization-server |
      | second | /.well-known/openid-configuration       |
