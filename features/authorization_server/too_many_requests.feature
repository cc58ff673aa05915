@authorization-server @needs:control
Feature: Too many requests
  Who asks too much is told to wait, in a way that a program understands.

  Background:
    Given a confidential client
    And the authorization server is configured with:
      | requests_per_second | 1 |
    And the client has requested a token 10 times

  @must @rfc6585-4/not-stored
  Scenario: That there were too many requests is kept by no cache
    When the client requests a token
    Then the response status is 429
    And the response header "Cache-Control" contains "no-store"
    But the same request succeeds without it

  @should @rfc6585-4/explained
  Scenario: That there were too many requests is an OAuth error
    When the client requests a token
    Then the response status is 429
    And the response is JSON with:
      | error | (present) |
    But the same request succeeds without it

  @may @rfc6585-4/retry-after
  Scenario: Who asks too much is told how long to wait
    When the client requests a token
    Then the response status is 429
    And the response header "Retry-After" is "1"
    But the same request succeeds without it
