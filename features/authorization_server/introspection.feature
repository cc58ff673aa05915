@authorization-server @needs:introspection @needs:client_credentials
Feature: Token introspection
  A protected resource asks the authorization server whether a token is
  active, and what it stands for.

  Background:
    Given a confidential client
    And the client has obtained an access token

  @must @rfc7662-2.2/active
  Scenario: A valid token is active
    When the protected resource introspects the token
    Then the response status is 200
    And the response is JSON with:
      | active    | true            |
      | client_id | (valid)         |
      | iss       | (valid)         |
      | aud       | (valid)         |
      | scope     | (present)       |
      | exp       | (a JSON number) |

  @must @rfc7662-2.2/inactive @rfc7662-2.2/nothing-about-inactive
  Scenario Outline: <token> is inactive and nothing more
    When the protected resource introspects the token with:
      | token | <value> |
    Then the response status is 200
    And the response is JSON with:
      | active    | false    |
      | client_id | (absent) |
      | scope     | (absent) |

    Examples:
      | token            | value          |
      | An unknown token | (random)       |
      | A changed token  | (valid)changed |

  @must @rfc7662-2.2/inactive @needs:control
  Scenario: An expired token is inactive
    Given 3601 seconds have passed
    When the protected resource introspects the token
    Then the response is JSON with:
      | active | false |
    But the same request succeeds without it

  @must @rfc7662-2.1/unknown-hint-ignored
  Scenario: A wrong hint does not hide a token
    When the protected resource introspects the token with:
      | token_type_hint | refresh_token |
    Then the response is JSON with:
      | active | true |

  @must @rfc7662-4/checks-complete @needs:control
  Scenario: A token before its time is inactive
    Given an access token with:
      | nbf | (in a minute) |
    When the protected resource introspects the token
    Then the response is JSON with:
      | active | false |
    But the same request succeeds without it

  @may @rfc7662-2.1/get-refused
  Scenario: A token in a URL is not introspected
    When the protected resource introspects the token with:
      | (method) | GET |
      | (query)  | all |
    Then the response says nothing of the token

  Rule: Who asks proves who it is

    @must @rfc7662-2.1/authenticated @rfc7662-2.3/error-status @rfc7662-4/resource-authenticated
    Scenario Outline: A caller with <flaw> is refused
      When the protected resource introspects the token with:
        | client_id     | <client_id>     |
        | client_secret | <client_secret> |
      Then the request is refused with "invalid_client"
      And the response status is 401

      Examples:
        | flaw                      | client_id | client_secret |
        | a secret that is wrong    | (valid)   | (random)      |
        | an id that nobody knows   | (random)  | (valid)       |
        | no credentials            | (omitted) | (omitted)     |

    @must @rfc7662-2.1/bearer-authorized
    Scenario Outline: A caller with <bearer> is not authorized by it
      When the protected resource introspects the token with:
        | client_id     | (omitted) |
        | client_secret | (omitted) |
        | Authorization | <header>  |
      Then the response status is 401 or 403

      Examples:
        | bearer                         | header                |
        | the token that it asks about   | Bearer (access_token) |
        | a bearer token of nobody       | Bearer of-nobody      |

    @must @rfc7662-2.1/token-required
    Scenario: A request without a token is refused
      When the protected resource introspects the token with:
        | token | (omitted) |
      Then the request is refused with "invalid_request"

  Rule: Nobody learns about the tokens of others

    @should @rfc7662-4/own-tokens-only
    Scenario: A client learns nothing about the token of another client
      Given another client has obtained an access token
      When the client introspects the token
      Then the response is JSON with:
        | active    | false    |
        | client_id | (absent) |

    @may @rfc7662-2.1/client-may-introspect
    Scenario: A client introspects its own token
      When the client introspects the token
      Then the response is JSON with:
        | active | true |
