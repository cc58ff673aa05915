@authorization-server @needs:authorization_code @needs:pkce @profile:oauth-2.1
Feature: Redirect URI in the token request
  In OAuth 2.1 a code verifier shows that the code is in the right hands, and
  the redemption need not repeat the redirect URI. A server that also serves
  OAuth 2.0 clients checks a redirect URI that is repeated.

  Background:
    Given a confidential client
    And the resource owner approves

  @should @oauth-2.1-redirect-uri-in-token-request/not-required
  Scenario: A code is redeemed without the redirect URI
    Given the client has obtained an authorization code
    When the client redeems the code with:
      | redirect_uri | (omitted) |
    Then an access token is issued

  @should @oauth-2.1-redirect-uri-in-token-request/not-required
  Scenario: A public client redeems a code without the redirect URI
    Given a public client
    And the client has obtained an authorization code
    When the client redeems the code with:
      | redirect_uri | (omitted) |
    Then an access token is issued

  @must @oauth-2.1-redirect-uri-in-token-request/allowed
  Scenario: A repeated redirect URI is accepted
    Given the client has obtained an authorization code
    When the client redeems the code
    Then an access token is issued

  @must @oauth-2.1-redirect-uri-in-token-request/enforced
  Scenario: A redirect URI that is repeated wrongly is refused
    Given the client has obtained an authorization code
    When the client redeems the code with:
      | redirect_uri | https://attacker.example/cb |
    Then the request is refused with "invalid_grant"

  @must @oauth-2.1-redirect-uri-in-token-request/enforced @needs:authorization_without_pkce
  Scenario: A redemption without a code verifier needs the redirect URI
    Given the authorization server is configured with:
      | code_challenge | optional |
    And the client has obtained an authorization code with:
      | code_challenge        | (omitted) |
      | code_challenge_method | (omitted) |
    When the client redeems the code with:
      | redirect_uri | (omitted) |
    Then the request is refused with "invalid_request or invalid_grant"
