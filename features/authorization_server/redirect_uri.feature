@authorization-server @needs:authorization_code
Feature: Redirect URI
  The user agent is sent back to where the client registered, and nowhere else.

  Background:
    Given a confidential client
    And the resource owner approves

  Rule: Nobody is redirected to where nobody registered

    @must @rfc6749-4.1.2.1/no-redirect-to-unknown @mcp-2026-07-28-open-redirection/untrusted-uri @oidc-core-3.1.2.6/invalid-redirect-uri @rfc9700-2.1/no-open-redirector
    Scenario Outline: A request with <flaw> redirects nobody
      When the client sends an authorization request with:
        | <parameter> | <value> |
      Then the user agent is not redirected

      Examples:
        | flaw                | parameter    | value                       |
        | an unknown client   | client_id    | (random)                    |
        | no client           | client_id    | (omitted)                   |
        | an unregistered URI | redirect_uri | https://attacker.example/cb |

    @must @rfc6749-3.1.2.3/simple-comparison @rfc6749-3.1.2.3/matched @rfc8252-8.4/exact-match @mcp-2026-07-28-open-redirection/exact-match @oauth-2.1-registration-requirements/exact-redirect-uri @rfc9700-4.1.3/exact-redirect-uri @oidc-core-3.1.2.1/redirect-uri-exact
    Scenario Outline: A registered redirect URI with <difference> redirects nobody
      When the client sends an authorization request with:
        | redirect_uri | <redirect_uri> |
      Then the user agent is not redirected

      Examples:
        | difference                 | redirect_uri                              |
        | a longer path              | (valid)/extra                             |
        | a trailing slash           | (valid)/                                  |
        | a query that was not there | (valid)?next=elsewhere                    |
        | a fragment                 | (valid)#fragment                          |
        | a path in capitals         | http://127.0.0.1:8765/CALLBACK            |
        | dots in its path           | http://127.0.0.1:8765/other/../callback   |
        | an encoded letter          | http://127.0.0.1:8765/%63allback          |
        | a user before the host     | http://127.0.0.1:8765@attacker.example/cb |
        | a longer host              | http://127.0.0.1.attacker.example/callback |
        | another scheme             | https://127.0.0.1:8765/callback           |

    @should @rfc6749-3.1.2.4/owner-informed
    Scenario: The resource owner is told what is wrong
      When the client sends an authorization request with:
        | redirect_uri | https://attacker.example/cb |
      Then the user agent is not redirected
      And the response header "Content-Type" contains "text/html"
      And the page is not empty

    @must @rfc6749-10.14/server-input
    Scenario Outline: The page shows no script of the request's <parameter>
      When the client sends an authorization request with:
        | <parameter> | https://a.example/"><script>alert(1)</script> |
      Then the user agent is not redirected
      And the page does not hold "<script>alert"

      Examples:
        | parameter    |
        | redirect_uri |
        | client_id    |

  Rule: A registered redirect URI is used as it is

    @must @rfc6749-3.1.2.3/sole-uri
    Scenario: The only registered redirect URI need not be named
      When the client sends an authorization request with:
        | redirect_uri | (omitted) |
      Then the user agent returns to the client with:
        | code | (present) |

    @must @rfc6749-3.1.2.3/uri-needed
    Scenario: One of several registered redirect URIs has to be named
      Given a confidential client with:
        | redirect_uris | http://127.0.0.1:8765/callback http://127.0.0.1:8765/other |
      When the client sends an authorization request with:
        | redirect_uri | (omitted) |
      Then the user agent is not redirected

    @must @rfc6749-3.1.2/query-kept
    Scenario: The query of a registered redirect URI is kept
      Given a confidential client with:
        | redirect_uris | http://127.0.0.1:8765/callback?tenant=one |
      When the client sends an authorization request
      Then the user agent returns to the client with:
        | tenant | one       |
        | code   | (present) |

    @must @rfc8252-7.3/loopback-port
    Scenario: The port of a loopback redirect URI may vary
      When the client sends an authorization request with:
        | redirect_uri | http://127.0.0.1:49152/callback |
      Then the user agent returns to the client with:
        | code | (present) |

    @must @rfc9700-4.1.3/localhost-port @profile:bcp
    Scenario: The port of a localhost redirect URI of a native client may vary
      Given a public client with:
        | redirect_uris | http://localhost:8765/callback |
      When the client sends an authorization request with:
        | redirect_uri | http://localhost:49152/callback |
      Then the user agent returns to the client with:
        | code | (present) |

    @should @rfc8252-8.3/localhost-port @needs:control
    Scenario: The port of a localhost redirect URI of a web client is fixed
      Given a confidential client with:
        | redirect_uris | http://localhost:8765/callback |
      When the client sends an authorization request with:
        | redirect_uri | http://localhost:49152/callback |
      Then the user agent is not redirected

    @must @rfc8252-7/three-options
    Scenario Outline: A native client may register <kind>
      Given a public client with:
        | redirect_uris | <redirect_uri> |
      When the client sends an authorization request
      Then the user agent returns to the client with:
        | code | (present) |

      Examples:
        | kind                        | redirect_uri                      |
        | a scheme of its own         | com.example.app:/oauth2redirect   |
        | an https address            | https://app.example.com/callback  |
        | an IPv6 loopback address    | http://[::1]:8765/callback        |
