@authorization-server @needs:authorization_code @needs:refresh_token @needs:pkce
Feature: Refresh token rotation
  The refresh token of a public client works once and is replaced by a new one.
  If it is used again, two parties hold it, and every token of the family is
  revoked.

  Background:
    Given a public client with:
      | grant_types | authorization_code refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token

  @must @rfc9700-4.14.2/replay-detected @mcp-2026-07-28-token-theft/refresh-rotation @oauth-2.1-refresh-token-extension/replay-detected @profile:bcp
  Scenario: A refresh brings a new refresh token
    When the client refreshes the token
    Then the response is JSON with:
      | refresh_token | (new) |

  @must @oauth-2.1-refresh-token-extension/client-id-matches @profile:oauth-2.1
  Scenario: A refresh token of another public client is refused
    Given another public client intercepts the refresh token
    When the other client refreshes the token
    Then the request is refused with "invalid_grant"
    But the same request succeeds without it

  Rule: A refresh token works once

    @must @rfc9700-4.14.2/replay-detected @oauth-2.1-refresh-token-extension/replay-detected @profile:bcp
    Scenario: A refresh token that was used minutes ago is refused
      Given the client has refreshed the token
      And 180 seconds have passed
      When the client refreshes the token with:
        | refresh_token | (used refresh_token) |
      Then the request is refused with "invalid_grant"

    @must @rfc9700-4.14.2/replay-detected @profile:bcp @needs:control
    Scenario: Concurrent refreshes succeed once without a grace period
      Given the authorization server is configured with:
        | refresh_grace_seconds | 0 |
      When the client refreshes the token 20 times at once
      Then exactly one access token is issued

    @must @rfc9700-4.14.2/replay-detected @profile:bcp @needs:control
    Scenario: A reuse after the grace period is refused
      Given the authorization server is configured with:
        | refresh_grace_seconds | 10 |
      And the client has refreshed the token
      And 60 seconds have passed
      When the client refreshes the token with:
        | refresh_token | (used refresh_token) |
      Then the request is refused with "invalid_grant"

    @must @rfc9700-4.14.2/family-revoked @oauth-2.1-refresh-token-extension/grant-revoked @rfc6749-10.4/abuse-detected @profile:bcp
    Scenario: The reuse of a refresh token ends the newest one
      Given the client has refreshed the token
      And 180 seconds have passed
      When the client refreshes the token with:
        | refresh_token | (used refresh_token) |
      Then the refresh token is refused

  Rule: A grant is revoked when its code is replayed

    @should @rfc6749-4.1.2/tokens-revoked @oauth-2.1-code-token-extension/second-use-revokes @rfc9700-4.2.4/tokens-of-code-revoked
    Scenario: Replaying a code revokes its refresh token
      When the client redeems the code
      Then the refresh token is refused

    @should @oauth-2.1-reuse-of-authorization-codes/invalid-replay @profile:oauth-2.1
    Scenario: Replaying only a used code revokes nothing
      When the client redeems the code with:
        | code_verifier | (random) |
      Then the refresh token is accepted
