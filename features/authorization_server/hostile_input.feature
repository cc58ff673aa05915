@authorization-server
Feature: Hostile input
  The server answers hostile input as an error of the client, and no input
  escapes into a header or a redirect.

  Background:
    Given a confidential client
    And the resource owner approves

  @should @rfc6749-5.2/invalid-scope @needs:client_credentials
  Scenario Outline: A scope with <garbage> is refused
    When the client requests a token with:
      | scope | <scope> |
    Then the request is refused with "invalid_scope or invalid_request"

    Examples:
      | garbage             | scope               |
      | a NUL               | (a NUL)             |
      | a line break        | (a line break)      |
      | invalid UTF-8       | (no UTF-8)          |
      | a hundred kilobytes | (100000 characters) |

  @must @rfc6749-10.14/server-input @needs:authorization_code
  Scenario: A line break in the state adds no header
    When the client sends an authorization request with:
      | state | (a line break) |
    Then the response header "X-Injected" is ""

  @must @rfc6749-10.14/server-input @needs:authorization_code
  Scenario Outline: Script in <parameter> stays text on the error page
    When the client sends an authorization request with:
      | redirect_uri          | (random)                  |
      | (unknown) <parameter> | <script>alert(1)</script> |
    Then the page does not hold "<script>alert"

    Examples:
      | parameter         |
      | error             |
      | error_description |
      | error_hint        |
      | error_uri         |

  @must @rfc6749-10.14/server-input @needs:authorization_code
  Scenario: An expression in a parameter is not evaluated
    When the client sends an authorization request with:
      | redirect_uri  | (random)      |
      | response_type | ${7919*7907}  |
    Then the page does not hold "62615533"

  @must @rfc6749-4.1.2.1/no-server-error @needs:authorization_code
  Scenario: A redirect URI with a malformed address causes no server error
    When the client sends an authorization request with:
      | redirect_uri | http://[::1/callback |
    Then every exchange keeps the rule "no-server-error"

  @must @rfc6749-4.1.2.1/no-server-error:1 @rfc6749-10.14/server-input:2 @needs:client_credentials @needs:authorization_code
  Scenario: Garbage in any parameter causes neither a server error nor a header
    When the client puts garbage into every parameter
    Then every exchange keeps the rule "no-server-error"
    And no answer has a header from a parameter

  @must @rfc9700-2.1/no-open-redirector
  Scenario Outline: No endpoint redirects to <target>
    When a link asks every endpoint to send the user agent to "<address>"
    Then no answer sends the user agent to "<address>"

    Examples:
      | target                                 | address                        |
      | another host                           | https://attacker.example/      |
      | another host without a scheme          | //attacker.example/            |
      | a path that begins with a backslash    | /%5Cattacker.example/          |
      | a host that ends like the server's own | https://attacker.example.SERVER_HOST/ |

  @should @rfc6749-3.2/post:1 @rfc6749-4.1.2.1/no-server-error:2 @needs:client_credentials
  Scenario Outline: No endpoint issues a token for a <method> request
    When the client uses the method "<method>" at every endpoint
    Then no answer holds a token
    And every exchange keeps the rule "no-server-error"

    Examples:
      | method  |
      | HEAD    |
      | OPTIONS |
      | PUT     |
      | PATCH   |
      | DELETE  |
      | BREW    |

  @may @rfc7662-2.1/one-method @needs:introspection
  Scenario: Two authentication methods at once are refused at the introspection endpoint
    Given the client has obtained an access token
    When the protected resource introspects the token with:
      | client_id     | (valid) |
      | client_secret | (valid) |
    Then the request is refused with "invalid_request"

  @must @rfc9700-2.1/no-open-redirector
  Scenario: A path that begins with two slashes does not lead to another host
    When the client fetches "//attacker.example/" from the authorization server
    Then no answer sends the user agent to "//attacker.example"
