@authorization-server @needs:authorization_code
Feature: Sign-in
  The server issues a code only when it knows who the resource owner is.

  Background:
    Given a confidential client

  @must @rfc6749-3.1/owner-verified @rfc6749-10.2/owner-authenticated
  Scenario: A resource owner who signs in and approves returns with a code
    Given the resource owner signs in and approves
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | code  | (present) |
      | state | (valid)   |

  @must @rfc6749-3.1/owner-verified @oidc-core-3.1.2.3/user-authenticated @rfc6749-10.2/owner-authenticated
  Scenario: A resource owner who has not signed in is asked to sign in
    Given the resource owner has not signed in
    When the client sends an authorization request
    Then the user agent is asked to sign in

  @must @rfc6749-3.1/owner-verified
  Scenario: A wrong password is refused at sign-in
    Given the resource owner signs in with a wrong password
    When the client sends an authorization request
    Then no authorization code is issued
    But the same request succeeds given the resource owner signs in and approves

  @must @rfc6749-3.1/owner-verified
  Scenario: A resource owner who has signed out is asked to sign in again
    Given the resource owner has approved the client
    And the resource owner has signed out
    When the client sends an authorization request
    Then the user agent is asked to sign in
    But the same request succeeds without it

  Rule: Passwords are hard to guess

    @must @rfc6749-10.10/user-credentials @needs:control
    Scenario: The right password is refused immediately after ten wrong ones
      Given the resource owner signs in and approves
      And somebody has guessed 10 passwords of the resource owner
      When the client sends an authorization request
      Then the user agent is asked to sign in
      But the same request succeeds without it

    @must @rfc6749-10.10/user-credentials @needs:control
    Scenario: The right password is accepted an hour after ten wrong ones
      Given the resource owner signs in and approves
      And somebody has guessed 10 passwords of the resource owner
      And 3600 seconds have passed
      When the client sends an authorization request
      Then the user agent returns to the client with:
        | code | (present) |

    @should @rfc6749-10.10/users-not-told
    Scenario Outline: An unknown user gets the same answer after <guesses> wrong passwords
      Given the resource owner signs in with a wrong password
      And somebody has guessed <guesses> passwords of the resource owner
      When the client sends an authorization request
      Then an unknown user gets the same answer after <guesses> guesses

      Examples:
        | guesses |
        | 0       |

      @needs:control
      Examples:
        | guesses |
        | 10      |
