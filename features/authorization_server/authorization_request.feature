@authorization-server @needs:authorization_code
Feature: Authorization request
  The client sends the resource owner's user agent to the authorization
  endpoint, and it comes back with a code or with an error.

  Background:
    Given a confidential client
    And the resource owner approves

  @must @rfc6749-4.1.2/code-and-state @rfc6749-3.1/get @oidc-core-3.1.2.5/query-parameters
  Scenario: An approved request returns a code and the state
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | code  | (present) |
      | state | (valid)   |
      | error | (absent)  |

  @must @rfc9207-2/iss-in-response @rfc9207-2.3/issuer-identical @mcp-2026-07-28-authorization-response-validation/iss-in-response @needs:issuer_identification
  Scenario: The response names the issuer of the metadata
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | iss | (valid) |

  @must @oauth-2.1-authorization-response/iss-sent @profile:oauth-2.1
  Scenario: The response contains an issuer
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | iss | (present) |

  @must @rfc9207-2/no-query-or-fragment @needs:issuer_identification
  Scenario: The issuer in the response is a plain URL
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | iss | (without query and fragment) |

  @must @rfc9207-2/iss-in-response @needs:issuer_identification
  Scenario: The response to a request without a state names the issuer
    When the client sends an authorization request with:
      | state | (omitted) |
    Then the user agent returns to the client with:
      | code | (present) |
      | iss  | (valid)   |

  @must @rfc9207-2/iss-in-response @needs:issuer_identification
  Scenario: A denial names the issuer
    Given the resource owner denies
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | error | access_denied |
      | iss   | (valid)       |
    But the same request succeeds given the resource owner approves

  @should @mcp-2026-07-28-authorization-response-validation/iss-in-error @needs:issuer_identification
  Scenario: An error names the issuer as well
    When the client sends an authorization request with:
      | response_type | (random) |
    Then the user agent returns to the client with:
      | error | (present) |
      | iss   | (valid)   |

  @must @rfc6749-4.1.2.1/access-denied @oidc-core-3.1.2.6/error-with-state
  Scenario: A denied request returns access_denied and the state
    Given the resource owner denies
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | error | access_denied |
      | state | (valid)       |
      | code  | (absent)      |
    But the same request succeeds given the resource owner approves

  @must @rfc6749-4.1.2/state-exact
  Scenario Outline: A state <kind> comes back unchanged
    When the client sends an authorization request with:
      | state | <state> |
    Then the user agent returns to the client with:
      | state | (valid) |

    Examples:
      | kind                     | state                     |
      | with reserved characters | a b&c=d#e+f%2Bg/?;,:@$'"  |
      | of two kilobytes         | (2048 characters)         |
      | that looks like a code   | code=1&error=none         |

  @must @rfc6749-3.1/empty-omitted
  Scenario: An empty parameter in an authorization request is treated as omitted
    When the client sends an authorization request with:
      | response_mode | (empty) |
    Then the user agent returns to the client with:
      | code | (present) |

  @may @rfc6749-3.1/post
  Scenario: An authorization request by POST is understood
    When the client sends an authorization request with:
      | (method) | POST |
    Then the user agent returns to the client with:
      | code | (present) |

  @must @rfc6749-3.1/unrecognized-ignored
  Scenario: An unrecognized parameter of an authorization request is ignored
    When the client sends an authorization request with:
      | (unknown) colour | blue |
    Then the user agent returns to the client with:
      | code | (present) |

  @must @rfc9700-2.6/no-cors @oidc-discovery-3/no-cors-authorization @profile:bcp
  Scenario: The authorization endpoint does not support CORS
    When the client sends an authorization request with:
      | Origin | https://attacker.example |
    Then the response header "Access-Control-Allow-Origin" is ""
