@authorization-server @needs:authorization_code
Feature: Authorization request
  The client sends the resource owner's user agent to the authorization
  endpoint, and it comes back with a code or with an error.

  Background:
    Given a confidential client
    And the resource owner approves

  @must @rfc6749-4.1.2/code-and-state
  Scenario: An approved request returns a code and the state
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | code  | (present) |
      | state | (valid)   |
      | error | (absent)  |

  @must @rfc9207-2/iss-in-response @needs:issuer_identification
  Scenario: The response names the issuer of the metadata
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | iss | (valid) |

  @must @rfc6749-4.1.2.1/access-denied
  Scenario: A denied request returns access_denied and the state
    Given the resource owner denies
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | error | access_denied |
      | state | (valid)       |
      | code  | (absent)      |
    But the same request succeeds with the resource owner approves

  @must @rfc6749-4.1.2/state-exact
  Scenario: A state with reserved characters comes back unchanged
    When the client sends an authorization request with:
      | state | a b&c=d#e+f%2Bg/ü |
    Then the user agent returns to the client with:
      | state | a b&c=d#e+f%2Bg/ü |

  @must @rfc6749-3.1/unrecognized-ignored
  Scenario: An unrecognized parameter of an authorization request is ignored
    When the client sends an authorization request with:
      | colour | blue |
    Then the user agent returns to the client with:
      | code | (present) |

  Rule: The client hears of its mistakes

    @must @rfc6749-4.1.2.1/error-response
    Scenario Outline: An authorization request with <flaw> is answered with <error>
      When the client sends an authorization request with:
        | <parameter> | <value> |
      Then the user agent returns to the client with:
        | error | <error>  |
        | state | (valid)  |
        | code  | (absent) |

      Examples:
        | flaw                     | parameter     | value     | error                     |
        | no response type         | response_type | (omitted) | invalid_request           |
        | an unknown response type | response_type | (random)  | unsupported_response_type |
        | an unknown scope         | scope         | (random)  | invalid_scope             |
        | two scopes               | scope         | (twice)   | invalid_request           |

  Rule: Nobody is redirected to where nobody registered

    @must @rfc6749-4.1.2.1/no-redirect-to-unknown
    Scenario Outline: A request with <flaw> redirects nobody
      When the client sends an authorization request with:
        | <parameter> | <value> |
      Then the user agent is not redirected

      Examples:
        | flaw                       | parameter    | value                        |
        | an unknown client          | client_id    | (random)                     |
        | no client                  | client_id    | (omitted)                    |
        | an unregistered URI        | redirect_uri | https://attacker.example/cb  |
        | a longer path              | redirect_uri | (valid)/extra                |
        | a trailing slash           | redirect_uri | (valid)/                     |
        | a query that was not there | redirect_uri | (valid)?next=elsewhere       |
        | a fragment                 | redirect_uri | (valid)#fragment             |

    @must @rfc8252-7.3/loopback-port
    Scenario: The port of a loopback redirect URI may vary
      When the client sends an authorization request with:
        | redirect_uri | http://127.0.0.1:49152/callback |
      Then the user agent returns to the client with:
        | code | (present) |
