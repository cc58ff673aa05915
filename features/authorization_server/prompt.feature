@authorization-server @needs:authorization_code @needs:prompt
Feature: Prompt
  The client says whether the resource owner may or must be asked.

  Background:
    Given a confidential client

  @should @oidc-core-3.1.2.1/hint-not-needed
  Scenario: A remembered approval skips the consent page
    Given the resource owner has approved the client
    When the client sends an authorization request with:
      | prompt | none |
    Then the user agent returns to the client with:
      | code | (present) |

  Rule: A request with prompt none shows no page

    @must @oidc-core-3.1.2.1/prompt-none-silent @oidc-core-3.1.2.3/prompt-none-error @oidc-core-3.1.2.6/login-required @oidc-core-15.1/prompt-supported
    Scenario: A resource owner who has not signed in returns with an error
      Given the resource owner signs in and approves
      When the client sends an authorization request with:
        | prompt | none |
      Then the user agent returns to the client with:
        | error | login_required or interaction_required or account_selection_required |
        | state | (valid)                                                              |
        | code  | (absent)                                                             |

    @must @oidc-core-3.1.2.1/prompt-none-silent
    Scenario: A resource owner who has not consented returns with an error
      Given a confidential client with:
        | (approved) | never |
      And the resource owner has signed in
      And the resource owner signs in and approves
      When the client sends an authorization request with:
        | prompt | none |
      Then the user agent returns to the client with:
        | error | consent_required or interaction_required or account_selection_required or login_required |
        | code  | (absent)                                                                                 |

    @must @oidc-core-3.1.2.1/prompt-none-alone
    Scenario: A prompt of none with another value is refused
      Given the resource owner has approved the client
      When the client sends an authorization request with:
        | prompt | none login |
      Then the user agent returns to the client with:
        | error | (present) |
        | code  | (absent)  |
      But the same request succeeds with:
        | prompt | none |

  Rule: The client may have the resource owner asked again

    @must @oidc-core-3.1.2.3/prompt-login-again @oidc-core-3.1.2.1/prompt-login @oidc-core-15.1/prompt-supported
    Scenario: Prompt login makes the resource owner sign in again
      Given the resource owner has approved the client
      When the client sends an authorization request with:
        | prompt | login |
      Then the user agent is asked to sign in

    @should @oidc-core-3.1.2.1/prompt-consent
    Scenario: Prompt consent asks the resource owner to consent again
      Given the resource owner has approved the client
      When the client sends an authorization request with:
        | prompt | consent |
      Then the user agent is asked to consent

    @must @oidc-core-3.1.2.1/prompt-consent-error
    Scenario: A denial after prompt consent returns an error
      Given the resource owner has approved the client
      And the resource owner signs in and denies
      When the client sends an authorization request with:
        | prompt | consent |
      Then the user agent returns to the client with:
        | error | (present) |
        | code  | (absent)  |
      But the same request succeeds given the resource owner signs in and approves

    @should @oidc-core-3.1.2.1/prompt-select-account
    Scenario: Prompt select_account lets the resource owner sign in as another user
      Given the resource owner has approved the client
      When the client sends an authorization request with:
        | prompt | select_account |
      Then the user agent is asked to sign in

    @must @oidc-core-3.1.2.1/max-age @oidc-core-15.1/max-age-supported
    Scenario: A sign-in older than max_age is repeated
      Given the resource owner has approved the client with:
        | scope | (valid) openid |
      And 61 seconds have passed
      When the client sends an authorization request with:
        | scope   | (valid) openid |
        | max_age | 60             |
      Then the user agent is asked to sign in

    @must @oidc-core-15.1/auth-time-supported @needs:openid @profile:oidc
    Scenario: The ID token states the time of the earlier sign-in
      Given the resource owner has approved the client with:
        | scope | openid |
      And 60 seconds have passed
      And the client has obtained an authorization code with:
        | scope   | openid |
        | max_age | 3600   |
      When the client redeems the code
      Then the user signed in 60 seconds or more before the ID token was issued
