@mcp-client @needs:control
Feature: A client authorizes itself at an MCP server
  What the client asks for, and which answers it believes.

  Background:
    Given an MCP client

  @must @mcp-2026-07-28-resource-parameter-implementation/in-both-requests @mcp-2026-07-28-resource-parameter-implementation/intended-server @mcp-2026-07-28-canonical-server-uri/always-sent @mcp-2026-07-28-resource-parameter-implementation/canonical-uri
  Scenario: The client names the MCP server in both requests
    When the agent connects to the MCP server
    Then the agent sent an authorization request with:
      | resource | (valid) |
    And the agent sent a token request with:
      | resource | (valid) |

  @should @mcp-2026-07-28-canonical-server-uri/no-trailing-slash @mcp-2026-07-28-canonical-server-uri/most-specific
  Scenario: The client names the MCP server by its endpoint
    When the agent connects to the MCP server
    Then the agent sent an authorization request with:
      | resource | (valid) |

  @must @mcp-2026-07-28-authorization-code-protection/pkce @mcp-2026-07-28-authorization-code-protection/s256
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
    When the agent connects to the MCP server
    Then the agent sent an authorization request with:
      | scope | (contains) tasks:read user:read |

  @must @mcp-2026-07-28-scope-selection-strategy/challenge-authoritative @mcp-2026-07-28-scope-selection-strategy/no-set-relation
  Scenario: The client asks for the scope of the challenge though the metadata do not know it
    Given the MCP server metadata have:
      | scopes_supported | ["tasks:write"] |
    When the agent connects to the MCP server
    Then the agent sent an authorization request with:
      | scope | (contains) tasks:read |

  @should @mcp-2026-07-28-open-redirection/state-verified
  Scenario Outline: The client discards an answer whose state is <what>
    Given the authorization response has:
      | state | <state> |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no token request

    Examples:
      | what    | state     |
      | another | forged    |
      | missing | (omitted) |

  Rule: An answer is believed only from the issuer that was asked

    @must @mcp-2026-07-28-authorization-response-validation/iss-compared @mcp-2026-07-28-authorization-response-validation/iss-not-normalized @mcp-2026-07-28-authorization-response-validation/iss-before-token
    Scenario Outline: An answer of <whom> is rejected
      Given the authorization response has:
        | iss | <iss> |
      When the agent connects to the MCP server
      Then the agent gives up
      And the agent sent no token request

      Examples:
        | whom                    | iss                   |
        | another issuer          | https://other.example |
        | the issuer with a slash | (issuer)/             |

    @must @mcp-2026-07-28-authorization-response-validation/iss-missing
    Scenario: An answer without the advertised iss is rejected
      Given the authorization response has:
        | iss | (omitted) |
      When the agent connects to the MCP server
      Then the agent gives up
      And the agent sent no token request

    @must @mcp-2026-07-28-authorization-response-validation/iss-unadvertised
    Scenario: An iss that is not advertised is compared all the same
      Given the authorization server metadata have:
        | authorization_response_iss_parameter_supported | (omitted) |
      And the authorization response has:
        | iss | https://other.example |
      When the agent connects to the MCP server
      Then the agent gives up
      And the agent sent no token request

    @must @mcp-2026-07-28-authorization-response-validation/no-iss-proceeds
    Scenario: Without an iss anywhere the client goes on
      Given the authorization server metadata have:
        | authorization_response_iss_parameter_supported | (omitted) |
      And the authorization response has:
        | iss | (omitted) |
      When the agent connects to the MCP server
      Then the agent succeeds

    @must @mcp-2026-07-28-authorization-response-validation/iss-in-error-checked
    Scenario: The error of another issuer is not shown
      Given the authorization response has:
        | code              | (omitted)             |
        | error             | access_denied         |
        | error_description | call 0900 for a token |
        | iss               | https://other.example |
      When the agent connects to the MCP server
      Then the agent gives up
      And the agent does not say "0900"

  @must @rfc6749-7.1/unknown-type
  Scenario: A token of a type that the client does not know is not used
    Given the token response has:
      | token_type | mac |
    When the agent connects to the MCP server
    Then the agent gives up
