@authorization-server @needs:authorization_code
Feature: Authorization code grant
  The client exchanges the authorization code for an access token. The code
  works once, for a short time, and only for the client that it was issued to.

  Background:
    Given a confidential client
    And the resource owner approves
    And the client has obtained an authorization code

  @must @rfc6749-4.1.4/access-token
  Scenario: A fresh code is exchanged for an access token
    When the client redeems the code
    Then an access token is issued

  @must @rfc6749-4.1.3/required-parameters @rfc6749-5.2/invalid-request
  Scenario: A redemption without code is refused
    When the client redeems the code with:
      | code | (omitted) |
    Then the request is refused with "invalid_request"

  @must @rfc6749-4.1.3/redirect-uri-required
  Scenario: A redemption without redirect_uri is refused
    Given the authorization server is configured with:
      | redirect_uri_in_token_request | required |
    When the client redeems the code with:
      | redirect_uri | (omitted) |
    Then the request is refused with "invalid_request or invalid_grant"

  @must @rfc6749-5.2/invalid-grant
  Scenario: An unknown code is refused
    When the client redeems the code with:
      | code | (random) |
    Then the request is refused with "invalid_grant"

  @must @rfc6749-5.2/invalid-grant
  Scenario: No near miss of a code is redeemed
    When the client redeems the code with each near miss of "code"
    Then no access token is issued

  Rule: The client authenticates to redeem a code

    @must @rfc6749-4.1.3/confidential-authenticates @oidc-core-3.1.3.2/client-authenticated
    Scenario: A redemption by a confidential client without its secret is refused
      When the client redeems the code with:
        | client_secret | (omitted) |
      Then the request is refused with "invalid_client"

    @must @rfc6749-4.1.3/authentication-checked
    Scenario: A redemption with a wrong secret is refused
      When the client redeems the code with:
        | client_secret | (random) |
      Then the request is refused with "invalid_client"

  Rule: A code works once

    @must @rfc6749-4.1.2/single-use @oauth-2.1-code-token-extension/second-use-denied @oidc-core-3.1.3.2/code-unused
    Scenario: A code that was redeemed is refused
      Given the client has redeemed the code
      When the client redeems the code
      Then the request is refused with "invalid_grant"
      But the same request succeeds without it

    @must @rfc6749-4.1.2/single-use @oauth-2.1-code-token-extension/one-access-token @oidc-core-3.1.3.2/code-unused
    Scenario: Concurrent redemptions of one code succeed once
      When the client redeems the code 20 times at once
      Then exactly one access token is issued

  Rule: A code expires soon

    @should @rfc6749-4.1.2/ten-minutes
    Scenario: A code older than ten minutes is refused
      Given 601 seconds have passed
      When the client redeems the code
      Then the request is refused with "invalid_grant"
      But the same request succeeds without it

    @must @rfc6749-4.1.2/expires
    Scenario: A code that is a day old is refused
      Given 86400 seconds have passed
      When the client redeems the code
      Then the request is refused with "invalid_grant"
      But the same request succeeds without it

  Rule: A code is bound to its client and redirect URI

    @must @rfc6749-4.1.3/bound-to-client @oidc-core-3.1.3.2/code-of-client
    Scenario: A code that another confidential client intercepted is refused
      Given another confidential client intercepts the code
      When the other client redeems the code
      Then the request is refused with "invalid_grant"
      But the same request succeeds without it

    @must @rfc6749-4.1.3/bound-to-client @oidc-core-3.1.3.2/code-of-client
    Scenario: A code that a public client intercepted is refused
      Given another public client intercepts the code
      When the other client redeems the code
      Then the request is refused with "invalid_grant"
      But the same request succeeds without it

    @must @rfc6749-4.1.3/redirect-uri @oidc-core-3.1.3.2/redirect-uri-identical
    Scenario: A redemption with another redirect URI is refused
      When the client redeems the code with:
        | redirect_uri | https://attacker.example/cb |
      Then the request is refused with "invalid_grant"

    @must @rfc6749-4.1.3/redirect-uri @oidc-core-3.1.3.2/redirect-uri-identical @oauth-2.1-redirect-uri-in-token-request/enforced
    Scenario: No near miss of the redirect URI redeems the code
      When the client redeems the code with each near miss of "redirect_uri"
      Then no access token is issued
