@authorization-server @needs:openid @needs:authorization_code
Feature: Authentication request
  A client asks the OpenID provider to authenticate a user, and says how.

  Background:
    Given a confidential client
    And the resource owner approves

  @must @oidc-core-3.1.2.1/nonce-optional @profile:oidc
  Scenario: A nonce is not needed
    When the client sends an authorization request with:
      | scope | openid |
    Then the user agent returns to the client with:
      | code | (present) |

  @must @oidc-core-3.1.2.1/get-and-post @profile:oidc
  Scenario: An authentication request by POST is understood
    When the client sends an authorization request with:
      | (method) | POST   |
      | scope    | openid |
    Then the user agent returns to the client with:
      | code | (present) |

  @should @oidc-core-2/nonce-unprocessed @profile:oidc
  Scenario: A nonce with special characters comes back unchanged
    Given the client has obtained an authorization code with:
      | scope | openid                                       |
      | nonce | A nonce/with+odd=signs & "quotes" of any kind |
    When the client redeems the code
    Then the ID token is a JWT with:
      | nonce | (valid) |

  @should @oidc-core-3.1.2.1/unknown-scope-ignored @profile:oidc
  Scenario: An unknown scope beside openid is ignored
    When the client sends an authorization request with:
      | scope | openid nobody-knows-this-scope |
    Then the user agent returns to the client with:
      | code | (present) |

  @must @oidc-core-15.1/display-no-error @oidc-core-15.1/locales-no-error @oidc-core-15.1/acr-values-no-error @oidc-core-3.1.2.1/ui-locales-no-error @oidc-core-3.1.2.2/unknown-parameters-ignored @oidc-core-5.5/heuristic-claims @oidc-core-5.5.1/no-error-for-missing @profile:oidc
  Scenario Outline: A request for <wish> causes no error
    When the client sends an authorization request with:
      | scope       | openid  |
      | <parameter> | <value> |
    Then the user agent returns to the client with:
      | code | (present) |

    Examples:
      | wish                 | parameter        | value                          |
      | a pop-up window      | display          | popup                          |
      | a language           | ui_locales       | tlh-KLI                        |
      | claims in a language | claims_locales   | tlh-KLI                        |
      | an assurance level   | acr_values       | urn:example:loa:9              |
      | a claim              | claims           | {"userinfo":{"nickname":null}} |
      | something unknown    | (unknown) colour | blue                           |

  @must @oidc-core-3.1.2.6/request-not-supported @profile:oidc @needs:no_request_objects
  Scenario Outline: The parameter <parameter> is refused with <error>
    When the client sends an authorization request with:
      | scope       | openid  |
      | <parameter> | <value> |
    Then the user agent returns to the client with:
      | error | <error>  |
      | code  | (absent) |

    Examples:
      | parameter   | value                   | error                     |
      | request     | eyJhbGciOiJub25lIn0.e30. | request_not_supported     |
      | request_uri | https://a.example/object | request_uri_not_supported |

  @must @oidc-core-2/auth-time @oidc-core-3.1.2.1/max-age-auth-time @oidc-core-15.1/auth-time-supported @profile:oidc
  Scenario: A request with max_age puts auth_time into the ID token
    Given the client has obtained an authorization code with:
      | scope   | openid |
      | max_age | 3600   |
    When the client redeems the code
    Then the ID token is a JWT with:
      | auth_time | (a JSON number) |
    And the user signed in 0 seconds or more before the ID token was issued

  @must @oidc-core-2/auth-time @oidc-core-3.1.2.1/max-age-auth-time @oidc-core-15.1/auth-time-supported @profile:oidc
  Scenario: A request with max_age 0 puts auth_time into the ID token
    Given the client has obtained an authorization code with:
      | scope   | openid |
      | max_age | 0      |
    When the client redeems the code
    Then the ID token is a JWT with:
      | auth_time | (a JSON number) |
    And the user signed in 0 seconds or more before the ID token was issued
