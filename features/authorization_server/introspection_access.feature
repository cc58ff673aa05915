@authorization-server @needs:introspection
Feature: Access to introspection
  Introspection answers the protected resource that a token is meant for, and
  the client that holds it.

  Background:
    Given a confidential client
    And the client has obtained an access token

  Rule: The caller authenticates

    @must @rfc7662-2.1/authenticated:1 @rfc7662-2.3/error-status:2 @rfc7662-4/resource-authenticated:1
    Scenario Outline: A caller with <flaw> is refused
      When the protected resource introspects the token with:
        | client_id     | <client_id>     |
        | client_secret | <client_secret> |
      Then the request is refused
      And the response status is 401

      Examples:
        | flaw           | client_id | client_secret |
        | a wrong secret | (valid)   | (random)      |
        | an unknown id  | (random)  | (valid)       |

    @must @rfc7662-2.1/authenticated
    Scenario: A caller with no credentials is refused
      When the protected resource introspects the token with:
        | client_id     | (omitted) |
        | client_secret | (omitted) |
      Then the request is refused

    @must @rfc7662-2.1/bearer-authorized
    Scenario Outline: A caller that authenticates with <bearer> is refused
      When the protected resource introspects the token with:
        | client_id     | (omitted) |
        | client_secret | (omitted) |
        | Authorization | <header>  |
      Then the request is refused

      Examples:
        | bearer                       | header                |
        | the token that it asks about | Bearer (access_token) |
        | an unknown bearer token      | Bearer of-nobody      |

    @should @rfc7662-2.1/token-required
    Scenario: A request without a token is refused
      When the protected resource introspects the token with:
        | token | (omitted) |
      Then the request is refused with "invalid_request"

  Rule: A caller learns only about its own tokens

    @should @rfc7662-4/own-tokens-only
    Scenario: A client learns nothing about the token of another client
      Given another client has obtained an access token
      When the client introspects the token
      Then the response is JSON with:
        | active    | false    |
        | client_id | (absent) |

    @must @rfc7662-2.2/inactive @needs:resource_indicators
    Scenario: A token for another protected resource is inactive
      Given a second protected resource
      And the client has obtained an access token with:
        | resource | (second resource) |
      When the protected resource introspects the token
      Then the response is JSON with:
        | active    | false    |
        | client_id | (absent) |
      But the same request succeeds given the client has obtained an access token

    @may @rfc7662-2.1/client-may-introspect
    Scenario: A client introspects its own token
      When the client introspects the token
      Then the response is JSON with:
        | active | true |
