@authorization-server @needs:control
Feature: Too many requests
  A client that sends too many requests is told to wait, in a form that a
  program understands.

  Background:
    Given a confidential client
    And the authorization server is configured with:
      | requests_per_second | 1 |
    And the client has requested a token 10 times

  @should @rfc6585-4/not-stored
  Scenario: A 429 response forbids caching
    When the client requests a token
    Then the response status is 429
    And the response header "Cache-Control" contains "no-store"
    But the same request succeeds without it

  @should @rfc6585-4/explained
  Scenario: A 429 response is an OAuth error
    When the client requests a token
    Then the response status is 429
    And the response is JSON with:
      | error | (present) |
    But the same request succeeds without it

  @may @rfc6585-4/retry-after
  Scenario: A 429 response says how long to wait
    When the client requests a token
    Then the response status is 429
    And the response header "Retry-After" is "1"
    But the same request succeeds without it
