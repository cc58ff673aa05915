@authorization-server @needs:authorization_code
Feature: Partial consent
  The resource owner may grant less than the client requests. The client gets
  no access that the resource owner was not asked about.

  @must @rfc6749-3.3/narrowed-consent
  Scenario: The token response states the part that was approved
    Given a confidential client
    And the resource owner signs in and approves a part
    And the client has obtained an authorization code
    When the client redeems the code
    Then an access token is issued
    And the authorization server keeps the rule "granted-part-stated"

  @may @mcp-security-scope-minimization/subset-issued
  Scenario: A public client gets the part that was approved
    Given a public client
    And the resource owner signs in and approves a part
    And the client has obtained an authorization code
    When the client redeems the code
    Then an access token is issued
    And the authorization server keeps the rule "granted-part-stated"

  Rule: Offline access needs consent

    @must @oidc-core-11/web-client-consent @oidc-core-11/offline-needs-consent @needs:refresh_token @needs:openid
    Scenario: A web client gains no offline access without new consent
      Given a confidential client with:
        | grant_types   | authorization_code refresh_token |
        | redirect_uris | https://app.example.com/callback |
      And the resource owner has approved the client with:
        | scope | (valid) openid |
      When the client sends an authorization request with:
        | scope | (valid) openid offline_access |
      Then the authorization server keeps the rule "offline-access-after-consent"
      But the same request succeeds given the resource owner signs in and approves

    @should @oidc-core-11/native-client-consent @needs:refresh_token @needs:openid
    Scenario: A native client gains no offline access without new consent
      Given a public client with:
        | grant_types | authorization_code refresh_token |
      And the resource owner has approved the client with:
        | scope | (valid) openid |
      When the client sends an authorization request with:
        | scope | (valid) openid offline_access |
      Then the authorization server keeps the rule "offline-access-after-consent"
      But the same request succeeds given the resource owner signs in and approves

  Rule: The resource owner knows when the redirect URI is insecure

    @should @rfc6749-3.1.2.1/insecure-warned
    Scenario: The page warns of a redirect URI without TLS
      Given a confidential client with:
        | redirect_uris | http://app.example.com/callback |
      And the resource owner has signed in
      When the client sends an authorization request
      Then the user agent is asked to consent
      And the page warns the resource owner
