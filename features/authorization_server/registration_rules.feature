@authorization-server @needs:registration
Feature: Rules of client registration
  The authorization server registers valid metadata, refuses invalid metadata,
  and says why.

  @must @rfc7591-2/unknown-ignored
  Scenario: Unknown metadata is ignored
    When the client registers with:
      | (unknown) x_of_another_specification | anything |
    Then the response status is 201

  @must @rfc7591-3.2.2/error
  Scenario Outline: A registration with <flaw> is answered with an error in JSON
    When the client registers with:
      | <member> | <value> |
    Then the request is refused
    And the response status is 400
    And the response is JSON with:
      | error | (present) |

    Examples:
      | flaw                          | member        | value               |
      | broken JSON                   | (body)        | {"redirect_uris": [ |
      | an array instead of an object | (body)        | []                  |
      | redirect URIs in an object    | redirect_uris | {"a": "b"}          |

  @must @rfc7591-3.2.2/invalid-client-metadata
  Scenario Outline: An unknown value of <member> is not registered
    When the client registers with:
      | <member> | (random) |
    Then "<member>" is refused or replaced

    Examples:
      | member                     |
      | token_endpoint_auth_method |
      | grant_types                |

  @must @rfc7591-3.2.2/invalid-client-metadata
  Scenario: A client_name that is an array is not registered
    When the client registers with:
      | client_name | ["a", "b"] |
    Then "client_name" is refused or replaced

  @should @rfc7591-2.1/consistent
  Scenario Outline: The response type <response_types> is not registered with the grant <grant_types>
    When the client registers with:
      | grant_types    | <grant_types>    |
      | response_types | <response_types> |
    Then "response_types" is refused or replaced

    Examples:
      | grant_types        | response_types |
      | client_credentials | code           |
      | authorization_code | token          |

  Rule: The keys of a client are in one place

    @should @rfc7591-2/jwks-or-jwks-uri
    Scenario: A registration with both jwks and jwks_uri is refused
      When the client registers with:
        | jwks     | {"keys": [{"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]} |
        | jwks_uri | https://client.example/keys |
      Then the request is refused with "invalid_client_metadata"

    @must @rfc7591-2/jwks-or-jwks-uri-returned
    Scenario: A registration with jwks is returned without jwks_uri
      When the client registers with:
        | jwks | {"keys": [{"kty": "EC", "crv": "P-256", "x": "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "y": "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]} |
      Then the response status is 201
      And the response is JSON with:
        | jwks_uri | (absent) |

  Rule: The server can restrict and limit registration

    @must @rfc7591-3.2.2/initial-access-token
    Scenario Outline: A registration with <credentials> gets a Bearer challenge
      Given the authorization server is configured with:
        | registration | initial_access_token |
      When the client registers with:
        | Authorization | <header> |
      Then the response status is 401
      And the response has a "Bearer" challenge

      Examples:
        | credentials                  | header          |
        | no initial access token      | (omitted)       |
        | a wrong initial access token | Bearer (random) |

    @may @rfc7591-3/rate-limit @needs:control
    Scenario: Too many registrations are answered with 429
      Given the authorization server is configured with:
        | registrations_per_hour | 2 |
      And the client has registered
      And the client has registered
      When the client registers
      Then the response status is 429
      And the response header "Retry-After" contains "1"
      But the same request succeeds without it
