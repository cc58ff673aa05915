@authorization-server @needs:authorization_code @needs:refresh_token
Feature: Refresh tokens in the hands of agents
  Agents call many tools at once, lose answers and come back late. A server
  may forgive that for a while, but not forever, or a stolen refresh token
  works unnoticed beside the real one.

  The report says what was measured: strict, tolerant or unsafe.

  @must @rfc9700-4.14.2/family-revoked @rfc9700-4.14.2/replay-detected @profile:bcp
  Scenario: A stolen refresh token is noticed
    Given a public client with:
      | grant_types | authorization_code refresh_token |
    And the resource owner approves
    When the client uses its refresh tokens at once, twice and late
    Then the authorization server keeps the rule "theft-noticed"
