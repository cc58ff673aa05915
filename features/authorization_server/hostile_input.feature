@authorization-server
Feature: Hostile input
  Whatever a request holds, the server answers it as a mistake of the client,
  and nothing of it gets out of its place.

  Background:
    Given a confidential client
    And the resource owner approves

  @must @rfc6749-10.14/server-input @needs:client_credentials
  Scenario Outline: A scope with <garbage> is refused
    When the client requests a token with:
      | scope | <scope> |
    Then the request is refused with "invalid_scope or invalid_request"

    Examples:
      | garbage             | scope              |
      | a NUL in it         | (a NUL)            |
      | a line break in it  | (a line break)     |
      | letters of no code  | (no UTF-8)         |
      | a hundred kilobytes | (100000 characters) |

  @must @rfc6749-10.14/server-input @needs:authorization_code
  Scenario: A line break in the state makes no header
    When the client sends an authorization request with:
      | state | (a line break) |
    Then the response header "X-Injected" is ""

  @must @rfc7662-2.1/authenticated @needs:introspection @needs:client_credentials
  Scenario: Two authentication methods at once are refused when a token is introspected
    Given the client has obtained an access token
    When the protected resource introspects the token with:
      | client_id     | (valid) |
      | client_secret | (valid) |
    Then the request is refused with "invalid_request"
