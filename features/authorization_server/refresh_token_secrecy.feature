@authorization-server @needs:authorization_code @needs:refresh_token
Feature: Secrecy of refresh tokens
  A refresh token is worth as much as the consent behind it. It cannot be
  guessed, and no variation of it works.

  Background:
    Given a confidential client with:
      | grant_types | authorization_code refresh_token |
    And the resource owner approves

  @must @rfc6749-10.4/unforgeable @rfc6749-10.10/guess-probability
  Scenario: Refresh tokens hold 128 random bits
    When the client obtains 10 refresh tokens
    Then a refresh token has 128 random bits

  @should @rfc6749-10.10/guess-160
  Scenario: Refresh tokens hold 160 random bits
    When the client obtains 10 refresh tokens
    Then a refresh token has 160 random bits

  @must @rfc6749-10.4/unforgeable @rfc9700-4.14.2/integrity
  Scenario Outline: <presented> is refused
    Given the client has obtained a refresh token
    When the client refreshes the token with:
      | refresh_token | <value> |
    Then the request is refused with "invalid_grant"

    Examples:
      | presented                                | value                |
      | A refresh token with characters appended | (valid)changed       |
      | A truncated refresh token                | (cut off)            |
      | A refresh token with one letter changed  | (one letter changed) |

  @may @rfc9700-4.14.2/security-event
  Scenario: A refresh token ends when the resource owner signs out
    Given the resource owner signs in and approves
    And the client has obtained a refresh token
    And the resource owner has signed out
    When the client refreshes the token
    Then the request is refused with "invalid_grant"
    But the same request succeeds without it
