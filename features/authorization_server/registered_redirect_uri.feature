@authorization-server @needs:authorization_code
Feature: Registered redirect URI
  A registered redirect URI is compared exactly. Only the port of a native
  client on the loopback interface may vary.

  Background:
    Given a confidential client
    And the resource owner approves

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
  Scenario Outline: The port of the loopback address <address> may vary
    Given a public client with:
      | redirect_uris | http://<address>:8765/callback |
    When the client sends an authorization request with:
      | redirect_uri | http://<address>:<port>/callback |
    Then the user agent returns to the client with:
      | code | (present) |

    Examples:
      | address   | port  |
      | 127.0.0.1 | 49152 |
      | [::1]     | 1024  |

  @must @rfc9700-4.1.3/localhost-port @profile:bcp
  Scenario: The port of a localhost redirect URI of a native client may vary
    Given a public client with:
      | redirect_uris | http://localhost:8765/callback |
    When the client sends an authorization request with:
      | redirect_uri | http://localhost:49152/callback |
    Then the user agent returns to the client with:
      | code | (present) |

  @may @rfc8252-8.3/localhost-port @profile:oauth-2.0
  Scenario: A localhost redirect URI with another port is refused
    Given a public client with:
      | redirect_uris | http://localhost:8765/callback |
    When the client sends an authorization request with:
      | redirect_uri | http://localhost:49152/callback |
    Then the user agent is not redirected

  @must @rfc9700-4.1.3/exact-redirect-uri @rfc8252-8.3/localhost-port
  Scenario: The port of a localhost redirect URI of a web client is fixed
    Given a confidential client with:
      | application_type | web                            |
      | redirect_uris    | http://localhost:8765/callback |
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
      | kind                     | redirect_uri                     |
      | a private-use scheme     | com.example.app:/oauth2redirect  |
      | an https address         | https://app.example.com/callback |
      | an IPv6 loopback address | http://[::1]:8765/callback       |
