@authorization-server @needs:authorization_code
Feature: Consent
  The resource owner knows which client asks, decides what it may do, and can
  revoke that decision.

  Background:
    Given a confidential client

  @must @rfc6749-10.12/explicit-consent @oidc-core-3.1.2.4/consent-first
  Scenario: A signed-in resource owner is asked to consent
    Given a confidential client with:
      | (registered by itself) | yes                              |
      | redirect_uris          | https://app.example.com/callback |
    And the resource owner has signed in
    When the client sends an authorization request
    Then the user agent is asked to consent

  @must @rfc6749-4.1.2.1/access-denied
  Scenario: A denial on the consent page returns access_denied
    Given the resource owner signs in and denies
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | error | access_denied |
      | state | (valid)       |
      | code  | (absent)      |
    But the same request succeeds given the resource owner signs in and approves

  Rule: The resource owner knows who asks

    @should @rfc6749-10.2/owner-informed @oauth-2.1-consent-phishing/clear-prompt
    Scenario: The page names the client
      Given the resource owner has signed in
      When the client sends an authorization request
      Then the user agent is asked to consent
      And the page says "(client_name)"

    @must @mcp-2026-07-28-localhost-redirect-uri-risks/hostname-shown
    Scenario: The page names the host of the redirect URI
      Given the resource owner has signed in
      When the client sends an authorization request
      Then the page says "(redirect host)"

    @should @mcp-2026-07-28-localhost-redirect-uri-risks/warning @mcp-security-localhost-redirect-uri-impersonation/countermeasures
    Scenario: The page warns of a client with a localhost redirect URI
      Given a public client with:
        | redirect_uris | http://localhost:8765/callback |
      And the resource owner has signed in
      When the client sends an authorization request
      Then the user agent is asked to consent
      And the page says "(redirect host)"
      And the page warns the resource owner

    @should @oauth-2.1-consent-phishing/unknown-clients
    Scenario: The page warns of a client that registered itself
      Given a confidential client with:
        | (registered by itself) | yes                              |
        | redirect_uris          | https://app.example.com/callback |
      And the resource owner has signed in
      When the client sends an authorization request
      Then the user agent is asked to consent
      And the page warns the resource owner

  Rule: Only the resource owner can approve

    @must @rfc6749-10.12/server-csrf @oidc-core-3.1.2.3/csrf-and-clickjacking
    Scenario Outline: An approval <forgery> grants nothing
      Given the resource owner has signed in
      When the resource owner approves the request with:
        | <row> | <value> |
      Then the authorization server keeps the rule "no-forged-approval"

      Examples:
        | forgery            | row       | value                    |
        | from another site  | Origin    | https://attacker.example |
        | of another session | (session) | another                  |

  Rule: An approval is limited and revocable

    @should @rfc6749-10.2/not-automatic @rfc8252-8.6/consent-again
    Scenario: A public client needs consent every time
      Given a public client
      And the resource owner has approved the client
      When the client sends an authorization request
      Then the user agent is asked to consent

    @should @oauth-2.1-consent-phishing/grants-revocable @needs:refresh_token @needs:control
    Scenario: A refresh token is refused after the resource owner ended the access
      Given a confidential client with:
        | grant_types | authorization_code refresh_token |
      And the resource owner signs in and approves
      And the client has obtained a refresh token
      And the resource owner has ended the client's access
      When the client refreshes the token
      Then the request is refused with "invalid_grant"
      But the same request succeeds without it

    @must @rfc6749-5.2/revoked-grant @needs:control
    Scenario: A code is refused after the resource owner ended the access
      Given the resource owner signs in and approves
      And the client has obtained an authorization code
      And the resource owner has ended the client's access
      When the client redeems the code
      Then the request is refused with "invalid_grant"
      But the same request succeeds without it
