@authorization-server @needs:registration
Feature: Management of a registration
  A client reads and ends its registration with the token that came with it.

  @must @rfc7592-3/registration-client-uri @rfc7592-3/registration-access-token
  Scenario: A registration comes with its management URI and access token
    When the client registers
    Then the authorization server keeps the rule "registration-manageable"

  @must @rfc7592-2.1/read:1 @rfc7592-3/all-metadata:2
  Scenario: The client reads its registration
    Given the client has registered with:
      | client_name | Task assistant |
    When the client reads its registration
    Then the response status is 200
    And the response is JSON with:
      | client_id       | (valid)                        |
      | client_name     | Task assistant                 |
      | redirect_uris.0 | http://127.0.0.1:8765/callback |

  Rule: Only the registration access token opens a registration

    @must @rfc7592-2/token-required:1 @rfc7592-2.1/invalid-token
    Scenario Outline: A registration read with <credentials> is refused
      Given the client has registered
      When the client reads its registration with:
        | Authorization | <header> |
      Then the response status is 401
      And the response has a "Bearer" challenge

      Examples:
        | credentials                       | header          |
        | no registration access token      | (omitted)       |
        | a wrong registration access token | Bearer (random) |

    @must @rfc7592-2/token-required
    Scenario: A registration read with the token of another client is refused
      Given the client has registered
      And another client has registered
      When the client reads its registration with:
        | Authorization | Bearer (of another client) |
      Then the response status is 401 or 403
      But the same request succeeds with:
        | Authorization | Bearer (valid) |

    @must @rfc7592-2.1/unknown-client
    Scenario: A registration read for an unknown client is refused
      Given the client has registered
      When the client reads its registration with:
        | client_id | (random) |
      Then the response status is 401

    @must @rfc7592-5/token-entropy
    Scenario: Registration access tokens cannot be guessed
      When the client registers 5 times
      Then a registration access token has 128 random bits

    @should @rfc7592-5/token-lasts
    Scenario: The registration access token lasts as long as the registration
      Given the client has registered
      And 31536000 seconds have passed
      When the client reads its registration
      Then the response status is 200

  Rule: The server says what it does not support or permit

    @should @rfc7592-2/unsupported-method
    Scenario: An unsupported method is answered with 405
      Given the client has registered
      When the client reads its registration with:
        | (method) | PATCH |
      Then the response status is 405

    @must @rfc7592-2.1/read-forbidden @needs:control
    Scenario: A client that may not read its registration is told so
      Given the client has registered
      And the authorization server is configured with:
        | client_configuration | ["update", "delete"] |
      When the client reads its registration
      Then the response status is 403
      But the same request succeeds without it

    @must @rfc7592-2.2/update-forbidden @needs:control
    Scenario: A client that may not update its registration is told so
      Given the client has registered
      And the authorization server is configured with:
        | client_configuration | ["read", "delete"] |
      When the client updates its registration
      Then the response status is 403
      But the same request succeeds without it

    @must @rfc7592-2.3/delete-forbidden @needs:control
    Scenario: A client that may not delete its registration is told so
      Given the client has registered
      And the authorization server is configured with:
        | client_configuration | ["read", "update"] |
      When the client deletes its registration
      Then the response status is 403
      But the same request succeeds without it
