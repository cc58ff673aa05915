@authorization-server @needs:authorization_code
Feature: Authorization errors
  When the client and its redirect URI are known, errors are returned to the
  client.

  Background:
    Given a confidential client
    And the resource owner approves

  @must @rfc6749-4.1.2.1/error-response @oidc-core-3.1.2.2/parameters-validated @oidc-core-3.1.2.2/error-returned
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

  @should @rfc6749-3.3/unregistered-scope
  Scenario: An unknown scope in an authorization request is not granted
    When the client sends an authorization request with:
      | scope | (random) |
    Then the requested scope is not granted

  @must @oauth-2.1-removal-of-implicit-grant/no-token-response @profile:oauth-2.1
  Scenario Outline: No access token is issued for the response type <response_type>
    When the client sends an authorization request with:
      | response_type | <response_type> |
    Then neither a code nor an access token is issued

    Examples:
      | response_type  |
      | token          |
      | id_token token |
      | code token     |

  @must @rfc6749-3.1/parameters-once @oauth-2.1-authorization-endpoint/parameters-once
  Scenario Outline: An authorization request with two <parameter> parameters is refused
    When the client sends an authorization request with:
      | <parameter> | (twice) |
    Then the user agent returns to the client with:
      | error | invalid_request |
      | code  | (absent)        |

    Examples:
      | parameter |
      | scope     |
      | state     |

    @needs:pkce
    Examples:
      | parameter      |
      | code_challenge |
