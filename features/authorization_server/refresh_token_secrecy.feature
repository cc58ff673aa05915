@authorization-server @needs:authorization_code @needs:refresh_token
Feature: Secrecy of refresh tokens
  A refresh token is worth as much as the consent that it stands for. Nobody
  can make one up, or make another one out of it.

  Background:
    Given a confidential client with:
      | grant_types | authorization_code refresh_token |
    And the resource owner approves

  @must @rfc6749-10.4/unforgeable @rfc6749-10.10/guess-probability
  Scenario: Refresh tokens cannot be guessed
    When the client obtains 10 refresh tokens
    Then a refresh token has 128 random bits

  @should @rfc6749-10.10/guess-160
  Scenario: Refresh tokens are far from being guessed
    When the client obtains 10 refresh tokens
    Then a refresh token has 160 random bits

  @must @rfc6749-10.4/unforgeable @rfc9700-4.14.2/integrity
  Scenario Outline: A refresh token that <change> is refused
    Given the client has obtained a refresh token
    When the client refreshes the token with:
      | refresh_token | <value> |
    Then the request is refused with "invalid_grant"

    Examples:
      | change                     | value                |
      | has something added        | (valid)changed       |
      | was cut off                | (cut off)            |
      | has another letter in it   | (one letter changed) |

  @may @rfc9700-4.14.2/security-event
  Scenario: A refresh token ends when the resource owner signs out
    Given the resource owner signs in and approves
    And the client has obtained a refresh token
    And the resource owner has signed out
    When the client refreshes the token
    Then the request is refused with "invalid_grant"
    But the same request succeeds without it
