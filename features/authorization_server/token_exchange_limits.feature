@authorization-server @needs:token_exchange @needs:authorization_code
Feature: Limits of token exchange
  A client that acts for a person can do only what both may do, only as long as
  the person allowed, and only at targets that the server knows.

  Background:
    Given a confidential client that serves a protected resource
    And the client has received an access token of the resource owner

  @must @rfc8693-2.1/authenticated
  Scenario: A client that is not registered for token exchange is refused
    Given another confidential client that serves the same resource with:
      | grant_types | client_credentials |
    When the client exchanges the token
    Then the request is refused with "unauthorized_client"
    But the same request succeeds without it

  @should @rfc8693-2.1/client-authentication
  Scenario: A public client exchanges no tokens
    Given another public client that serves the same resource
    When the client exchanges the token
    Then the request is refused
    But the same request succeeds without it

  Rule: The scope is what both the token and the client have

    @should @rfc8693-5/no-escalation
    Scenario: An exchange without a scope grants no more than the client has
      Given another confidential client that serves the same resource with:
        | scope | (narrower scope) |
      When the client exchanges the token
      Then the granted scope is "(valid)"

    @should @rfc8693-5/no-escalation
    Scenario: A scope that only the received token has is not granted
      Given another confidential client that serves the same resource with:
        | scope | (narrower scope) |
      When the client exchanges the token with:
        | scope | (received scope) |
      Then the requested scope is not granted

    @should @rfc8693-5/no-escalation
    Scenario: An exchange without a scope grants no more than the received token has
      Given the client has received an access token of the resource owner with:
        | scope | (narrower scope) |
      When the client exchanges the token
      Then the granted scope is "(received scope)"

    @should @rfc8693-5/no-escalation
    Scenario: A scope that only the client has is not granted
      Given the client has received an access token of the resource owner with:
        | scope | (narrower scope) |
      When the client exchanges the token with:
        | scope | (valid) |
      Then the requested scope is not granted

    @must @rfc8693-4.2/scope-claim @needs:jwt_access_token
    Scenario: The scope of an exchanged token is one string
      When the client exchanges the token with:
        | scope | (valid) |
      Then the access token is a JWT with:
        | scope | (valid) |

  Rule: The exchanged token ends with the token that it came from

    @should @rfc8693-5/lifetime @needs:jwt_access_token
    Scenario: An exchanged token does not outlive the received one
      Given 120 seconds have passed
      When the client exchanges the token
      Then the access token expires no later than the received one

    @should @rfc7009-2.1/access-tokens-of-grant @rfc8693-2.1/revocation-propagated @needs:refresh_token @needs:revocation @needs:introspection
    Scenario: An exchanged token ends with the application's refresh token
      Given the client has received an access token of an application with offline access
      And the client has exchanged the token
      When the application revokes its refresh token
      Then the access token is inactive

    @may @rfc8693-2.1/revocation-propagated @needs:control @needs:introspection
    Scenario: An exchanged token ends when the resource owner ends the application's access
      Given the resource owner signs in and approves
      And the client has received an access token of the resource owner
      And the client has exchanged the token
      And the resource owner has ended the client's access
      When the protected resource introspects the token
      Then the authorization server keeps the rule "inactive-and-nothing-else"

  Rule: The token is for targets that the server knows

    @should @rfc8693-2.2.2/invalid-target
    Scenario Outline: An unknown target, named by <parameter>, is refused
      When the client exchanges the token with:
        | <parameter> | https://nobody-knows.example/api |
      Then the request is refused with "invalid_target"

      Examples:
        | parameter |
        | resource  |
        | audience  |

    @must @rfc8693-2.1/resource-absolute
    Scenario: A target with a fragment is refused
      When the client exchanges the token with:
        | resource | (valid)#fragment |
      Then the request is refused with "invalid_target or invalid_request"

    @should @rfc8693-2.1/repeated @needs:resource_indicators
    Scenario Outline: One exchanged token is for several targets, named by <parameter>
      When the client exchanges the token with:
        | <parameter> | (both resources) |
      Then an access token is issued

      Examples:
        | parameter |
        | resource  |
        | audience  |
