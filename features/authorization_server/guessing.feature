@authorization-server @needs:authorization_code
Feature: Guessing
  A code or secret that a stranger can guess protects nothing.

  Background:
    Given a confidential client
    And the resource owner approves

  @must @rfc6749-10.10/guess-probability
  Scenario: Codes hold 128 random bits
    When the client obtains 20 authorization codes
    Then a code has 128 random bits

  @should @rfc6749-10.10/guess-160
  Scenario: Codes hold 160 random bits
    When the client obtains 20 authorization codes
    Then a code has 160 random bits

  @must @rfc7636-4.4/challenge-hidden @oauth-2.1-authorization-response/challenge-hidden @needs:pkce
  Scenario: The code does not give the code challenge away
    When the client obtains 1 authorization code
    Then the authorization server keeps the rule "code-challenge-hidden"

  @must @rfc6749-2.3.1/brute-force @needs:client_credentials @needs:control
  Scenario: Guessing a client secret is slowed down
    When the client requests a token 100 times with:
      | client_secret | (random) |
    Then the authorization server keeps the rule "guessing-slowed"
    And the authorization server keeps the rule "other-clients-served"
