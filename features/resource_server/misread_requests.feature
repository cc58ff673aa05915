@resource-server
Feature: Requests that a gate could misread
  What stands before the protected resource reads a request as the resource
  does: no spelling of a path and no header replaces the token.

  Background:
    Given a confidential client

  @must @rfc6749-7/token-validated
  Scenario Outline: A path <spelled> gives nothing away
    When the client calls the protected resource with:
      | access_token | (omitted) |
      | (spelled)    | <spelled> |
    Then no answer opens the protected resource

    Examples:
      | spelled                       |
      | with a repeated slash         |
      | with dot segments             |
      | with an encoded question mark |
      | with an encoded hash          |

  @must @rfc6749-7/token-validated
  Scenario: An open path in the query gives nothing away
    When the client calls the protected resource with:
      | access_token | (omitted)                                   |
      | (path)       | ?next=/.well-known/oauth-protected-resource |
    Then no answer opens the protected resource

  @must @rfc6749-7/token-validated
  Scenario Outline: The header <header> with <value> gives nothing away
    When the client calls the protected resource with:
      | access_token | (omitted) |
      | <header>     | <value>   |
    Then no answer opens the protected resource

    Examples:
      | header                 | value                                 |
      | X-Forwarded-Uri        | /.well-known/oauth-protected-resource |
      | X-Original-URL         | /.well-known/oauth-protected-resource |
      | X-HTTP-Method-Override | OPTIONS                               |
      | User-Agent             | kube-probe/1.31                       |
      | User-Agent             | GoogleHC/1.0                          |

  @must @rfc6749-7/token-validated
  Scenario: A HEAD request gives nothing away
    When the client calls the protected resource with:
      | access_token | (omitted) |
      | (method)     | HEAD      |
    Then no answer opens the protected resource

  @must @rfc6749-7/scope-covers @needs:control
  Scenario: A token as the password of HTTP Basic opens nothing beyond its scope
    Given an access token with:
      | scope | unrelated |
    When the client calls the protected resource with:
      | Authorization | Basic (as the password) |
    Then no answer opens the protected resource
