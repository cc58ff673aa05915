@authorization-server @needs:private_key_jwt
Feature: Client authentication by a signed JWT
  A client authenticates with a JWT that it signed for this server, for a short
  time and for one request.

  Background:
    Given the client authenticates with "private_key_jwt"

  @must @rfc7523-2.2/client-assertion
  Scenario: The client authenticates with a JWT that it signed
    When the client requests a token
    Then an access token is issued

  @must @rfc7523-2.2/client-id-optional
  Scenario: The subject of the JWT identifies the client
    When the client requests a token with:
      | client_id | (omitted) |
    Then an access token is issued

  Rule: A client assertion comes with its type and no other credentials

    @must @rfc7523-2.2/assertion-type
    Scenario Outline: A client assertion whose client_assertion_type is <flaw> is refused
      When the client requests a token with:
        | client_assertion_type | <value> |
      Then the request is refused with "invalid_client or invalid_request"

      Examples:
        | flaw          | value                                                    |
        | missing       | (omitted)                                                |
        | that of SAML  | urn:ietf:params:oauth:client-assertion-type:saml2-bearer |
        | in upper case | (upper case)                                             |

    @must @rfc7523-2.2/client-id-identical
    Scenario: A client assertion beside the client_id of another client is refused
      When the client requests a token with:
        | client_id | (random) |
      Then the request is refused with "invalid_client or invalid_request"

    @must @rfc7523-2.2/one-method
    Scenario Outline: A client assertion beside <another way> is refused
      When the client requests a token with:
        | <name> | <value> |
      Then the request is refused with "invalid_client or invalid_request"

      Examples:
        | another way     | name          | value                      |
        | HTTP Basic      | Authorization | Basic Y2xpZW50OnNlY3JldA== |
        | a client_secret | client_secret | (random)                   |
