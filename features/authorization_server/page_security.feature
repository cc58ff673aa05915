@authorization-server @needs:authorization_code
Feature: Pages that people can trust
  Pages of the authorization server cannot be framed, and what a person types
  there goes to the authorization server alone.

  Background:
    Given a confidential client

  @must @rfc9700-4.16/clickjacking @oidc-core-3.1.2.3/csrf-and-clickjacking
  Scenario Outline: The page to <do> cannot be framed
    Given the resource owner <has>
    When the client sends an authorization request
    Then the user agent is asked to <do>
    And the page cannot be framed

    Examples:
      | do      | has               |
      | sign in | has not signed in |
      | consent | has signed in     |

  @should @rfc9700-4.16/csp
  Scenario: The pages have a Content-Security-Policy
    Given the resource owner has not signed in
    When the client sends an authorization request
    Then the user agent is asked to sign in
    And the response header "Content-Security-Policy" contains "frame-ancestors"

  @should @rfc9700-4.16/combined
  Scenario: Browsers without policy support cannot frame the pages
    Given the resource owner has not signed in
    When the client sends an authorization request
    Then the user agent is asked to sign in
    And the page cannot be framed by a browser without policies

  @should @rfc9700-4.2.4/no-third-party
  Scenario Outline: The page to <do> loads nothing from third parties
    Given the resource owner <has>
    When the client sends an authorization request
    Then the user agent is asked to <do>
    And the page depends on no other host

    Examples:
      | do      | has               |
      | sign in | has not signed in |
      | consent | has signed in     |

  @may @rfc9700-4.2.4/referrer-policy
  Scenario: The pages send no referrer
    Given the resource owner has signed in
    When the client sends an authorization request
    Then the response header "Referrer-Policy" is "no-referrer"

  @must @rfc6749-10.14/server-input
  Scenario: Script in a client name is shown as text
    Given a confidential client with:
      | client_name | <script>alert(1)</script> |
    And the resource owner has signed in
    When the client sends an authorization request
    Then the page shows something of "(client_name)"
    And the page says "(client_name)"
    And the page does not hold "<script>alert"

  Rule: Passwords stay with the server

    @must @rfc9700-4.12/no-307
    Scenario: No form is redirected with 307 or 308
      Given the resource owner signs in and approves
      When the client sends an authorization request
      Then no form of the resource owner is redirected with "307 or 308"

    @should @rfc9700-4.12/see-other
    Scenario: Every form is redirected with 303
      Given the resource owner signs in and approves
      When the client sends an authorization request
      Then every form of the resource owner is redirected with "303"

  Rule: The server cannot be used for phishing

    @must @rfc9700-4.11.2/user-first
    Scenario: An error does not redirect before the resource owner signs in
      Given the resource owner has not signed in
      When the client sends an authorization request with:
        | scope | (random) |
      Then the user agent is asked to sign in

    @should @rfc9700-4.11.2/trusted-redirects @mcp-2026-07-28-open-redirection/automatic-redirect
    Scenario: An error does not redirect to a client that registered itself
      Given a confidential client with:
        | (registered by itself) | yes                              |
        | redirect_uris          | https://app.example.com/callback |
      And the resource owner has signed in
      When the client sends an authorization request with:
        | scope | (random) |
      Then the user agent stays with the authorization server

    @should @rfc9700-4.11.2/trusted-redirects @mcp-2026-07-28-open-redirection/automatic-redirect @needs:control
    Scenario: Prompt none without a session does not redirect to a client that registered itself
      Given a confidential client with:
        | (registered by itself) | yes                              |
        | redirect_uris          | https://app.example.com/callback |
      And the resource owner has not signed in
      When the client sends an authorization request with:
        | prompt | none |
      Then the user agent stays with the authorization server

    @must @rfc9700-2.1/no-open-redirector
    Scenario Outline: The <parameter> parameter does not redirect the browser
      Given the resource owner has not signed in
      When the client sends an authorization request with:
        | (unknown) <parameter> | https://attacker.example/ |
      Then the user agent stays with the authorization server

      Examples:
        | parameter |
        | next      |
        | return_to |
        | url       |
