@authorization-server @needs:openid @needs:authorization_code
Feature: ID token hint
  A client says with an earlier ID token which user it expects, and gets a code
  for no other user.

  Background:
    Given a confidential client
    And the resource owner has approved the client with:
      | scope | (valid) openid |
    And the client has redeemed the code

  @must @oidc-core-3.1.2.1/id-token-hint-mismatch @profile:oidc
  Scenario: A signed-in user who matches the hint returns with a code
    When the client sends an authorization request with:
      | scope         | (valid) openid |
      | id_token_hint | (valid)        |
      | prompt        | none           |
    Then the user agent returns to the client with:
      | code | (present) |

  @must @oidc-core-3.1.2.1/id-token-hint-mismatch @oidc-core-3.1.2.2/sub-requested @profile:oidc @needs:control
  Scenario: A signed-in user who differs from the hint returns without a code
    When the client sends an authorization request with:
      | scope         | (valid) openid    |
      | id_token_hint | (of another user) |
      | prompt        | none              |
    Then the user agent returns to the client with:
      | error | login_required or interaction_required or account_selection_required |
      | code  | (absent)                                                            |

  @must @oidc-core-3.1.2.1/id-token-hint-mismatch @oidc-core-3.1.2.2/sub-requested @profile:oidc @needs:control
  Scenario: A user who signs in and differs from the hint returns without a code
    Given the resource owner signs in and approves
    When the client sends an authorization request with:
      | scope         | (valid) openid    |
      | id_token_hint | (of another user) |
    Then the user agent returns to the client with:
      | error | (present) |
      | code  | (absent)  |

  @must @oidc-core-3.1.2.2/hint-issuer @profile:oidc
  Scenario Outline: A hint <flaw> is refused
    When the client sends an authorization request with:
      | scope         | (valid) openid |
      | id_token_hint | <hint>         |
      | prompt        | none           |
    Then the user agent returns to the client with:
      | error | (present) |
      | code  | (absent)  |
    But the same request succeeds with:
      | scope         | (valid) openid |
      | id_token_hint | (valid)        |
      | prompt        | none           |

    Examples:
      | flaw                        | hint                   |
      | that a stranger signed      | (signed by a stranger) |
      | that names another issuer   | (of another issuer)    |
      | whose signature was changed | (valid)x               |

  @should @oidc-core-3.1.2.2/expired-hint @profile:oidc
  Scenario: An expired hint is still accepted
    Given 3600 seconds have passed
    When the client sends an authorization request with:
      | scope         | (valid) openid |
      | id_token_hint | (valid)        |
      | prompt        | none           |
    Then the user agent returns to the client with:
      | code | (present) |
