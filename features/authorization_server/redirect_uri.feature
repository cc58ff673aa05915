@authorization-server @needs:authorization_code
Feature: Redirect URI
  The user agent is redirected to a registered redirect URI, and nowhere else.

  Background:
    Given a confidential client
    And the resource owner approves

  Rule: Only registered redirect URIs are used

    @must @rfc6749-4.1.2.1/no-redirect-to-unknown @mcp-2026-07-28-open-redirection/untrusted-uri @oidc-core-3.1.2.6/invalid-redirect-uri @rfc9700-2.1/no-open-redirector
    Scenario Outline: A request with <flaw> is not redirected
      When the client sends an authorization request with:
        | <parameter> | <value> |
      Then the user agent is not redirected

      Examples:
        | flaw                         | parameter    | value                       |
        | an unknown client            | client_id    | (random)                    |
        | no client                    | client_id    | (omitted)                   |
        | an unregistered redirect URI | redirect_uri | https://attacker.example/cb |

    @must @rfc6749-3.1.2.3/simple-comparison @rfc6749-3.1.2.3/matched @rfc8252-8.4/exact-match @mcp-2026-07-28-open-redirection/exact-match @oauth-2.1-registration-requirements/exact-redirect-uri @rfc9700-4.1.3/exact-redirect-uri @oidc-core-3.1.2.1/redirect-uri-exact
    Scenario: No near miss of a registered redirect URI is accepted
      When the client sends an authorization request with each near miss of "redirect_uri"
      Then the user agent is not redirected

    @must @rfc6749-4.1.2.1/no-redirect-to-unknown
    Scenario: No near miss of a client_id is accepted at the authorization endpoint
      When the client sends an authorization request with each near miss of "client_id"
      Then the user agent is not redirected

    @should @rfc6749-3.1.2.4/owner-informed
    Scenario: The resource owner sees an error page
      When the client sends an authorization request with:
        | redirect_uri | https://attacker.example/cb |
      Then the user agent is not redirected
      And the page is not empty

    @should @oauth-2.1-authorization-error-response/status-400
    Scenario: The error page has the status 400
      When the client sends an authorization request with:
        | redirect_uri | https://attacker.example/cb |
      Then the user agent is not redirected
      And the response status is 400

    @must @rfc6749-10.14/server-input
    Scenario Outline: The error page contains no script from the <parameter> parameter
      When the client sends an authorization request with:
        | <parameter> | https://a.example/"><script>alert(1)</script> |
      Then the user agent is not redirected
      And the page does not hold "<script>alert"

      Examples:
        | parameter    |
        | redirect_uri |
        | client_id    |

  @must @rfc6749-4.1.2.1/no-redirect-to-unknown
  Scenario: A silent request with an unregistered redirect URI does not redirect
    When the client sends an authorization request with:
      | prompt       | none                              |
      | redirect_uri | https://attacker.example/callback |
    Then the user agent is not redirected
