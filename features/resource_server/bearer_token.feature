@resource-server
Feature: Bearer token usage
  The client shows its access token to the protected resource in the
  Authorization header, and nowhere else.

  Background:
    Given a confidential client

  @must @rfc6750-2.1/authorization-header
  Scenario: A token in the Authorization header is accepted
    When the client calls the protected resource
    Then the response status is 200

  @must @rfc9110-11.1/scheme-case-insensitive
  Scenario: The Bearer scheme is case-insensitive
    When the client calls the protected resource with:
      | Authorization | bearer (valid) |
    Then the response status is 200

  @must @rfc6750-3/challenge
  Scenario: A request without a token is challenged
    When the client calls the protected resource with:
      | access_token | (omitted) |
    Then the response status is 401
    And the response has a "Bearer" challenge

  @should @rfc6750-3.1/no-error-without-credentials
  Scenario: The challenge to a request without a token names no error
    When the client calls the protected resource with:
      | access_token | (omitted) |
    Then the response has a "Bearer" challenge with:
      | error | (absent) |

  @must @rfc6749-7/token-validated
  Scenario: An unknown token opens nothing
    When the client calls the protected resource with:
      | access_token | (random) |
    Then the request is refused

  @should @rfc6750-3.1/invalid-token
  Scenario: An unknown token is refused
    When the client calls the protected resource with:
      | access_token | (random) |
    Then the request is refused with "invalid_token"
    And the response status is 401

  @should @rfc6750-3.1/invalid-request
  Scenario Outline: A header with <flaw> is refused
    When the client calls the protected resource with:
      | Authorization | <header> |
    Then the request is refused with "invalid_request or invalid_token"

    Examples:
      | flaw                 | header             |
      | no token             | Bearer             |
      | two tokens           | Bearer (valid) two |
      | forbidden characters | Bearer a,b"c       |

  @should @rfc6750-3.1/invalid-request
  Scenario: Two Authorization headers are refused
    When the client calls the protected resource with:
      | Authorization | (twice) |
    Then the request is refused with "invalid_request or invalid_token"

  @must @rfc6749-7/token-validated
  Scenario: Every spelling of the path needs a token
    When the client calls the protected resource
    Then the protected resource keeps the rule "every-spelling-protected"

  Rule: A token does not travel in a URL

    @must @oauth-2.1-bearer-token-requests/query-ignored @rfc9700-4.3.2/not-in-query
    Scenario: A token in the query is refused
      When the client calls the protected resource with:
        | access_token | (in the query) |
      Then the response status is 400 or 401

    @should @rfc6750-3.1/invalid-request
    Scenario: A token in the header and the query is refused
      When the client calls the protected resource with:
        | access_token | (in the header and the query) |
      Then the request is refused with "invalid_request"

  Rule: The token covers the operation

    @should @rfc6750-3.1/insufficient-scope
    Scenario: The refusal of a token without the scope says so
      Given an access token with:
        | scope | unrelated |
      When the client calls the protected resource
      Then the request is refused with "insufficient_scope"
      And the response status is 403
      And the response has a "Bearer" challenge with:
        | error | insufficient_scope |
      But the same request succeeds without it

    @must @rfc6750-3/scope-characters
    Scenario: A challenge writes the missing scope in the characters of scopes
      Given an access token with:
        | scope | unrelated |
      When the client calls the protected resource
      Then every exchange keeps the rule "challenge-scope-characters"

    @must @rfc6749-7/scope-covers @rfc9068-4/claims-used
    Scenario: A token without the scope is refused
      Given an access token with:
        | scope | unrelated |
      When the client calls the protected resource
      Then the request is refused
      But the same request succeeds without it

    @must @rfc6749-7/scope-covers
    Scenario: No token with a near miss of the needed scope is accepted
      When the client calls the protected resource with each near miss of "scope of the token"
      Then the request is refused
