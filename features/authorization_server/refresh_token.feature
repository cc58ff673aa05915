@authorization-server @needs:authorization_code @needs:refresh_token
Feature: Refresh token grant
  A client exchanges a refresh token for fresh tokens when its access token has
  expired. No resource owner takes part.

  Background:
    Given a confidential client with:
      | grant_types | authorization_code refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token

  @must @rfc6749-6/access-token
  Scenario: A refresh token is exchanged for an access token
    When the client refreshes the token
    Then an access token is issued

  @must @rfc6749-6/refresh-token-required
  Scenario: A refresh without a refresh token is refused
    When the client refreshes the token with:
      | refresh_token | (omitted) |
    Then the request is refused with "invalid_request"

  @must @rfc6749-5.2/refresh-invalid-grant @rfc6749-6/token-validated
  Scenario Outline: A refresh with <token> is refused
    When the client refreshes the token with:
      | refresh_token | <value> |
    Then the request is refused with "invalid_grant"

    Examples:
      | token                   | value          |
      | an unknown token        | (random)       |
      | an access token         | (access_token) |

  @should @rfc9700-4.14.2/idle-expiry
  Scenario: A refresh token that was unused for a year is refused
    Given 31536000 seconds have passed
    When the client refreshes the token
    Then the request is refused with "invalid_grant"
    But the same request succeeds without it

  @may @rfc9700-4.14.2/security-event @needs:control
  Scenario: A sign-out that ends all access revokes the refresh token
    Given the resource owner signs in and approves
    And the client has obtained a refresh token
    And the resource owner has signed out and ended all access
    When the client refreshes the token
    Then the request is refused with "invalid_grant"
    But the same request succeeds without it

  Rule: A refresh brings no more than was granted

    @must @rfc6749-6/scope-omitted
    Scenario: A refresh without a scope keeps the granted scope
      When the client refreshes the token
      Then an access token is issued
      And the granted scope is "(granted scope)"

    @must @rfc6749-6/scope-not-broader @rfc9700-4.14.2/bound-to-consent
    Scenario: A scope beyond the granted one is not granted
      When the client refreshes the token with:
        | scope | (random) |
      Then the requested scope is not granted

    @must @rfc6749-6/scope-not-broader @rfc9700-4.14.2/bound-to-consent
    Scenario: A scope beyond the granted one is not granted beside it
      When the client refreshes the token with:
        | scope | (valid) escalate |
      Then the requested scope is not granted

    @must @rfc6749-6/scope-not-broader
    Scenario: No near miss of the granted scope is granted by a refresh
      When the client refreshes the token with each near miss of "scope"
      Then the requested scope is not granted

    @must @rfc6749-6/scope-not-broader @rfc9700-4.14.2/bound-to-consent
    Scenario: A refresh does not widen the scope to the registered one
      Given the client has obtained a refresh token with:
        | scope | (narrower scope) |
      When the client refreshes the token with:
        | scope | (valid) |
      Then the requested scope is not granted

    @may @rfc6749-6/scope-narrowed
    Scenario: A refresh narrows the scope on request
      When the client refreshes the token with:
        | scope | (narrower scope) |
      Then an access token is issued
      And the granted scope is "(narrower scope)"

    @must @rfc6749-6/scope-identical
    Scenario: A refresh for a narrower scope does not shrink the grant
      Given the client has refreshed the token with:
        | scope | (narrower scope) |
      When the client refreshes the token
      Then an access token is issued
      And the granted scope is "(granted scope)"

  Rule: A refresh token is for the client that it was issued to

    @must @rfc6749-6/bound-to-client @oidc-core-12.1/client-of-token
    Scenario: A refresh token of another client is refused
      Given another confidential client intercepts the refresh token
      When the other client refreshes the token
      Then the request is refused with "invalid_grant"
      But the same request succeeds without it

    @must @rfc6749-6/confidential-authenticates @rfc6749-6/authentication-checked
    Scenario Outline: A refresh with <secret> is refused
      When the client refreshes the token with:
        | client_secret | <value> |
      Then the request is refused with "invalid_client"

      Examples:
        | secret         | value     |
        | no secret      | (omitted) |
        | a wrong secret | (random)  |
