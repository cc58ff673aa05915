@mcp-client @needs:control
Feature: A client obtains authorization for an MCP server
  The client requests what the MCP server needs, and checks the answers.

  Background:
    Given an MCP client

  @must @mcp-2026-07-28-resource-parameter-implementation/in-both-requests @mcp-2026-07-28-resource-parameter-implementation/intended-server @mcp-2026-07-28-canonical-server-uri/always-sent @mcp-2026-07-28-resource-parameter-implementation/canonical-uri @rfc8707-2/client-no-fragment
  Scenario: The client names the MCP server in authorization and token requests
    When the agent connects to the MCP server
    Then the agent sent an authorization request with:
      | resource | (valid) |
    And the agent sent a token request with:
      | resource | (valid) |

  @should @mcp-2026-07-28-canonical-server-uri/no-trailing-slash @mcp-2026-07-28-canonical-server-uri/most-specific @rfc8707-2/client-specific @rfc8707-2/client-no-query
  Scenario: The client names the MCP server by its endpoint
    When the agent connects to the MCP server
    Then the agent sent an authorization request with:
      | resource | (valid) |

  @must @mcp-2026-07-28-authorization-code-protection/pkce @mcp-2026-07-28-authorization-code-protection/s256:1 @rfc7636-4.3/challenge-sent:1 @rfc7636-4.5/verifier-sent:2 @rfc7636-4.2/client-s256:1 @rfc7636-7.2/no-plain:1 @rfc8252-6/client-pkce @rfc9700-2.1.1/public-pkce @rfc9700-2.1.1/verifier-hidden @rfc9700-2.1.1/injection @rfc9700-2.1/csrf @oauth-2.1-authorization-request/pkce @oauth-2.1-authorization-request/method-sent:1
  Scenario: The client uses PKCE with S256
    When the agent connects to the MCP server
    Then the agent sent an authorization request with:
      | code_challenge        | (present) |
      | code_challenge_method | S256      |
    And the agent sent a token request with:
      | code_verifier | (present) |

  @should @mcp-2026-07-28-scope-selection-strategy/selection-order
  Scenario: The client asks for the scope of the challenge
    Given the challenge of the MCP server has:
      | scope | tasks:read user:read |
    And the MCP server metadata have:
      | scopes_supported | ["tasks:read"] |
    When the agent connects to the MCP server
    Then the agent sent an authorization request with:
      | scope | (contains) tasks:read user:read |

  @must @mcp-2026-07-28-scope-selection-strategy/challenge-authoritative @mcp-2026-07-28-scope-selection-strategy/no-set-relation @mcp-2025-11-25-protected-resource-metadata/challenge-authoritative
  Scenario: The client asks for a challenged scope that the metadata does not list
    Given the MCP server metadata have:
      | scopes_supported | ["tasks:write"] |
    When the agent connects to the MCP server
    Then the agent sent an authorization request with:
      | scope | (contains) tasks:read |

  @must @rfc6749-7.1/unknown-type
  Scenario: The client refuses a token of an unknown type
    Given the token response has:
      | token_type | mac |
    When the agent connects to the MCP server
    Then the agent gives up
    But the same request succeeds without it

  @must @rfc6749-5.1/token-type-any-case
  Scenario: The client accepts the token type in any case
    Given the token response has:
      | token_type | bEARER |
    When the agent connects to the MCP server
    Then the agent succeeds

  @must @oauth-2.1-access-token/not-parsed
  Scenario: The client uses an opaque token
    Given the token response has:
      | access_token | opaque |
    When the agent connects to the MCP server
    Then the agent sent an MCP request with:
      | Authorization | (contains) Bearer opaque |

  @must @mcp-2026-07-28-refresh-tokens/not-presumed
  Scenario: The client proceeds without a refresh token
    Given the token response has:
      | refresh_token | (omitted) |
    When the agent connects to the MCP server
    Then the agent succeeds

  @must @rfc9728-3.2/unknown-ignored @rfc8414-3.2/unknown-ignored @oidc-core-3.1.3.3/unknown-members-ignored @rfc6749-5.1/client-ignores-unknown
  Scenario Outline: The client ignores unknown members of the <document>
    Given the <document> has:
      | (unknown) unknown_member | {"of": ["later", "versions"]} |
    When the agent connects to the MCP server
    Then the agent succeeds

    Examples:
      | document                      |
      | authorization server metadata |
      | MCP server metadata           |
      | token response                |
      | registration response         |

  @must @rfc9728-3.2/unknown-ignored @rfc8414-3.2/unknown-ignored @rfc6749-5.1/client-ignores-unknown
  Scenario Outline: The client ignores a member <member> of the <document>
    Given the <document> has:
      | (unknown) <member> | https://other.example |
    When the agent connects to the MCP server
    Then the agent succeeds

    Examples:
      | document                      | member     |
      | authorization server metadata | ISSUER     |
      | MCP server metadata           | Resource   |
      | token response                | Token_Type |

  @should @rfc8414-6.2/bad-documents
  Scenario Outline: The client gives up when the <document> is unavailable
    Given the <document> has:
      | (status) | 500 |
    And the OpenID configuration has:
      | (status) | 500 |
    When the agent connects to the MCP server
    Then the agent gives up
    But the same request succeeds without it

    Examples:
      | document                      |
      | authorization server metadata |
