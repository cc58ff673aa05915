@authorization-server @needs:authorization_code @needs:pkce
Feature: Code challenge
  The authorization request binds the code to the client that began it, or is
  refused at once.

  Background:
    Given a public client
    And the resource owner approves

  @must @rfc7636-4.4.1/challenge-required @rfc8252-8.1/pkce-enforced @oauth-2.1-authorization-error-response/public-without-challenge @profile:oauth-2.1
  Scenario: A request without a code challenge is refused
    When the client sends an authorization request with:
      | code_challenge        | (omitted) |
      | code_challenge_method | (omitted) |
    Then the user agent returns to the client with:
      | error | invalid_request |
      | state | (valid)         |
      | code  | (absent)        |

  @must @oauth-2.1-authorization-error-response/confidential-without-challenge @oauth-2.1-authorization-request/pkce-beside-nonce @oauth-2.1-code-token-extension/no-challenge @profile:oauth-2.1
  Scenario: A confidential client without a code challenge is refused
    Given a confidential client
    When the client sends an authorization request with:
      | code_challenge        | (omitted) |
      | code_challenge_method | (omitted) |
    Then the user agent returns to the client with:
      | error | invalid_request |
      | code  | (absent)        |

  @should @rfc7636-4.4.1/error-explained @profile:oauth-2.1
  Scenario: The refusal of a request without a code challenge is explained
    When the client sends an authorization request with:
      | code_challenge        | (omitted) |
      | code_challenge_method | (omitted) |
    Then the user agent returns to the client with:
      | error | invalid_request |
    And the authorization server keeps the rule "refusal-explained"

  @may @rfc7636-5/without-pkce @profile:oauth-2.0
  Scenario: A confidential client may do without a code challenge
    Given a confidential client
    When the client sends an authorization request with:
      | code_challenge        | (omitted) |
      | code_challenge_method | (omitted) |
    Then the user agent returns to the client with:
      | code | (present) |

  @must @rfc7636-4.4.1/unsupported-method
  Scenario: An unknown transformation is refused
    When the client sends an authorization request with:
      | code_challenge_method | S1024 |
    Then the user agent returns to the client with:
      | error | invalid_request |
      | state | (valid)         |
      | code  | (absent)        |

  @must @rfc7636-4.4.1/plain-unsupported @needs:s256_only
  Scenario: The transformation plain is refused where it is not supported
    When the client sends an authorization request with:
      | code_challenge_method | plain |
    Then the user agent returns to the client with:
      | error | invalid_request |
      | code  | (absent)        |

  @must @oauth-2.1-pkce-plain-code-challenge-method/prohibited @profile:oauth-2.1
  Scenario: The transformation plain brings no code
    When the client sends an authorization request with:
      | code_challenge_method | plain |
    Then no authorization code is issued

  @must @rfc7636-4.3/method-default @needs:s256_only
  Scenario: A code challenge without a method is refused where plain is not supported
    When the client sends an authorization request with:
      | code_challenge_method | (omitted) |
    Then the user agent returns to the client with:
      | error | invalid_request |
      | code  | (absent)        |

  @may @rfc7636-4.2/challenge-syntax
  Scenario Outline: A code challenge <flaw> is refused
    When the client sends an authorization request with:
      | code_challenge | <code_challenge> |
    Then the user agent returns to the client with:
      | error | invalid_request |
      | code  | (absent)        |

    Examples:
      | flaw               | code_challenge                              |
      | with padding       | (valid)=                                    |
      | in standard base64 | E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw+/M |
      | that is too short  | (42 characters)                             |

  Rule: Support for PKCE is discoverable

    @must @mcp-2026-07-28-security/pkce-advertised @oauth-2.1-cross-site-request-forgery/methods-detectable @rfc9700-2.1.1/pkce-detectable @rfc9700-2.1.1/methods-published @profile:mcp-2026-07-28 @profile:mcp-2025-11-25
    Scenario: The metadata lists the supported transformations
      When the client fetches the authorization server metadata
      Then the response is JSON with:
        | code_challenge_methods_supported | (contains) S256 |
