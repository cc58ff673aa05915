@mcp-client @needs:control
Feature: Requests of a client
  The requests of a client are complete and name each parameter once.

  Background:
    Given an MCP client

  @must @rfc6749-4.1.1/response-type @rfc6749-4.1.1/client-id @rfc6749-3.1.2.3/client-names-uri @rfc6749-3.1.2/client-no-fragment @rfc8252-8.2/no-implicit @rfc9700-2.1.2/no-implicit @rfc9700-2.1.2/code
  Scenario: The client asks for a code
    When the agent connects to the MCP server
    Then the agent sent only authorization requests with:
      | response_type | code                 |
      | client_id     | (present)            |
      | redirect_uri  | (without a fragment) |

  @should @rfc6749-4.1.1/state
  Scenario: The client sends a state
    When the agent connects to the MCP server
    Then the agent sent only authorization requests with:
      | state | (present) |

  @must @rfc6749-3.2/client-posts @rfc6749-4.1.3/client-parameters
  Scenario: The client redeems its code in a form that it posts
    When the agent connects to the MCP server
    Then the agent sent only code redemption requests with:
      | method        | POST                                         |
      | Content-Type  | (contains) application/x-www-form-urlencoded |
      | grant_type    | authorization_code                           |
      | code          | (present)                                    |

  @must @rfc6749-3.2.1/client-sends-id
  Scenario: A client that does not authenticate sends its client_id
    When the agent connects to the MCP server
    Then the agent keeps the rule "client-named"

  @should @rfc6749-9/native-without-secret
  Scenario: A client on a person's machine redeems its code without a secret
    When the agent connects to the MCP server
    Then the agent sent only token requests with:
      | client_secret | (absent) |
      | Authorization | (absent) |

  @must @rfc6749-4.1.3/client-redirect-uri
  Scenario: The client repeats its redirect URI when it redeems the code
    When the agent connects to the MCP server
    Then the agent keeps the rule "same-redirect-uri"

  @must @rfc6749-4.1.2/client-uses-once
  Scenario: The client redeems a code once
    When the agent connects to the MCP server
    Then no two token requests have the same "code"

  @must @rfc6749-3.1/client-once @rfc6749-3.2/client-once
  Scenario: The client names each parameter once
    When the agent connects to the MCP server
    Then the agent keeps the rule "parameters-once"

  @must @rfc6749-3.1/client-keeps-query
  Scenario: The client keeps the query of the authorization endpoint
    Given the authorization server metadata have:
      | authorization_endpoint | (issuer)/oauth/authorize?tenant=one |
    When the agent connects to the MCP server
    Then the agent sent only authorization requests with:
      | tenant | one |

  @must @rfc6749-3.2/client-keeps-query
  Scenario: The client keeps the query of the token endpoint
    Given the authorization server metadata have:
      | token_endpoint | (issuer)/oauth/token?tenant=one |
    When the agent connects to the MCP server
    Then the agent sent only token requests with:
      | tenant | one |

  @must @oidc-discovery-4.1/get
  Scenario: The client fetches metadata with GET
    When the agent connects to the MCP server
    Then the agent sent only metadata requests with:
      | method | GET |

  @must @oidc-core-11/prompt-consent-sent @mcp-2026-07-28-refresh-tokens/offline-access-scope
  Scenario: A client that wants offline access asks for consent
    Given the authorization server metadata have:
      | scopes_supported | ["tasks:read", "offline_access"] |
    When the agent connects to the MCP server
    Then the agent keeps the rule "consent-for-offline-access"

  @must @oidc-core-11/prompt-consent-sent
  Scenario: A client that wants only offline access asks for consent
    Given the authorization server metadata have:
      | scopes_supported | ["offline_access"] |
    And the challenge of the MCP server has:
      | scope | (omitted) |
    And the MCP server metadata have:
      | scopes_supported | (omitted) |
    When the agent connects to the MCP server
    Then the agent keeps the rule "consent-for-offline-access"
