@authorization-server @needs:authorization_code
Feature: Near misses of an https redirect URI
  An attacker has hosts and paths that look like those of the client. A redirect
  URI is compared character by character, and the port of an https URI is no
  exception.

  Background:
    Given a confidential client with:
      | redirect_uris | https://app.example.com/callback?tenant=one |
    And the resource owner approves

  @must @rfc6749-3.1.2.3/simple-comparison @rfc9700-4.1.3/exact-redirect-uri
  Scenario: No near miss of an https redirect URI is accepted
    When the client sends an authorization request with each near miss of "redirect_uri"
    Then the user agent is not redirected

  @must @rfc6749-3.1.2.3/simple-comparison @rfc9700-4.1.3/exact-redirect-uri
  Scenario: An https redirect URI with another value in its query is refused
    When the client sends an authorization request with:
      | redirect_uri | https://app.example.com/callback?tenant=two |
    Then the user agent is not redirected

  @must @rfc6749-3.1.2/query-kept
  Scenario: The query of a registered https redirect URI is kept
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | tenant | one       |
      | code   | (present) |
