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

  @must @rfc6749-10.4/unforgeable @rfc9700-4.14.2/integrity @rfc6749-5.2/refresh-invalid-grant
  Scenario: No near miss of a refresh token is accepted
    Given the client has obtained a refresh token
    When the client refreshes the token with each near miss of "refresh_token"
    Then no access token is issued

  @may @rfc9700-4.14.2/security-event
  Scenario: A refresh token ends when the resource owner signs out
    Given the resource owner signs in and approves
    And the client has obtained a refresh token
    And the resource owner has signed out
    When the client refreshes the token
    Then the request is refused with "invalid_grant"
    But the same request succeeds without it
