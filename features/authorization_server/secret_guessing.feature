@authorization-server @needs:control
Feature: Guessing client secrets
  Whoever guesses the secret of a client is stopped, and nobody else is.

  Background:
    Given a confidential client

  @must @rfc6749-2.3.1/brute-force
  Scenario: After many wrong secrets the right one does not help at once
    Given somebody has guessed 25 secrets of the client at the token endpoint
    When the client requests a token
    Then no access token is issued
    But the same request succeeds without it

  @must @rfc6749-2.3.1/brute-force
  Scenario: Secrets that are guessed in the body count like those in the header
    Given the client authenticates with "client_secret_post"
    And somebody has guessed 25 secrets of the client at the token endpoint
    When the client requests a token
    Then no access token is issued
    But the same request succeeds without it

  @must @rfc6749-2.3.1/brute-force
  Scenario: Secrets cannot be guessed by introspection
    Given the client has obtained an access token
    And somebody has guessed 25 secrets of the client at the introspection endpoint
    When the client introspects the token
    Then the request is refused
    But the same request succeeds without it

  @must @rfc6749-2.3.1/brute-force @needs:revocation
  Scenario: Secrets cannot be guessed by revocation
    Given the client has obtained an access token
    And somebody has guessed 25 secrets of the client at the revocation endpoint
    When the client revokes the token
    Then the request is refused
    But the same request succeeds without it

  @must @rfc6749-2.3.1/brute-force
  Scenario: What was guessed at one endpoint counts at every other
    Given somebody has guessed 15 secrets of the client at the introspection endpoint
    And somebody has guessed 15 secrets of the client at the revocation endpoint
    When the client requests a token
    Then no access token is issued
    But the same request succeeds without it

  Rule: Nobody is shut out for good, and no others are

    @must @rfc6749-2.3.1/brute-force
    Scenario: An hour after many wrong secrets the right one helps
      Given somebody has guessed 25 secrets of the client at the token endpoint
      And 3600 seconds have passed
      When the client requests a token
      Then an access token is issued

    @must @rfc6749-2.3.1/brute-force
    Scenario: The right secret of another client helps
      Given somebody has guessed 25 secrets of the client at the token endpoint
      And a confidential client
      When the client requests a token
      Then an access token is issued
