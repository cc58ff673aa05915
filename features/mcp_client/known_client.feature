@mcp-client @needs:control
Feature: A client that was registered beforehand
  The client authenticates with its registered method, and shows its secret
  only to its authorization server.

  @must @rfc6749-3.2.1/client-authenticates @rfc6749-2.3/client-one-method @rfc6749-2.3.1/client-prefers-basic @rfc9700-2.1.1/confidential-pkce
  Scenario: A client with a secret authenticates by HTTP Basic alone
    Given an MCP client with:
      | client_id | (registered beforehand) |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent only token requests with:
      | Authorization | (contains) Basic |
      | client_secret | (absent)         |
    And the agent sent only code redemption requests with:
      | code_verifier | (present) |

  @must @rfc6749-2.3.1/client-encodes
  Scenario: A client encodes the secret that it puts into HTTP Basic
    Given an MCP client with:
      | client_id     | (registered beforehand)                      |
      | client_secret | a:long+secret%with 100% strange=letters&more |
    When the agent connects to the MCP server
    Then the agent succeeds

  @must @rfc6749-2.3.1/client-not-in-uri
  Scenario: The client puts no secret into a URL
    Given an MCP client with:
      | client_id | (registered beforehand) |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent keeps the rule "no-secret-in-url"

  @must @rfc8414-2/defaults
  Scenario Outline: A client applies the default when the metadata omits <member>
    Given an MCP client with:
      | client_id | (registered beforehand) |
    And the authorization server metadata have:
      | <member> | (omitted) |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent only token requests with:
      | Authorization | (contains) Basic |

    Examples:
      | member                                |
      | token_endpoint_auth_methods_supported |
      | grant_types_supported                 |

  @must @rfc6749-4.4.2/client-parameters
  Scenario: A client that acts for itself names the grant
    Given an MCP client with:
      | client_id   | (registered beforehand) |
      | grant_types | client_credentials      |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent only token requests with:
      | method     | POST               |
      | grant_type | client_credentials |

  @must @rfc7523-3/client-issuer @rfc7523-3/client-subject @rfc7523-3/client-audience @rfc7523-3/client-expiry @rfc7523-3/client-signed @rfc7523-2.2/single-jwt @oidc-core-9/assertion-by-client @oauth-2.1-client-authentication/issuer-as-audience-sent
  Scenario: The client assertion names its issuer, subject, audience and expiry
    Given an MCP client with:
      | client_id                  | (registered beforehand) |
      | grant_types                | client_credentials      |
      | token_endpoint_auth_method | private_key_jwt         |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the assertion of the agent has:
      | iss        | (client_id) |
      | sub        | (client_id) |
      | aud        | (issuer)    |
      | jti        | (present)   |
      | exp        | (present)   |
      | header.alg | (asymmetric) |

  @must @oidc-core-9/assertion-type
  Scenario: A client sends client_assertion_type with its assertion
    Given an MCP client with:
      | client_id                  | (registered beforehand) |
      | grant_types                | client_credentials      |
      | token_endpoint_auth_method | private_key_jwt         |
    When the agent connects to the MCP server
    Then the agent sent only token requests with:
      | client_assertion_type | urn:ietf:params:oauth:client-assertion-type:jwt-bearer |
      | client_assertion      | (present)                                              |
