@authorization-server @needs:private_key_jwt
Feature: Audience and single use of client assertions
  A client assertion works at one server and works once. Every endpoint checks
  it in the same way.

  Background:
    Given the client authenticates with "private_key_jwt"

  @may @rfc7523-3/token-endpoint-audience
  Scenario: A client assertion for the token endpoint is accepted
    When the client requests a token with:
      | assertion aud | (token_endpoint) |
    Then an access token is issued

  Rule: The issuer is the only audience

    @must @oauth-2.1-client-authentication/issuer-as-audience @profile:oauth-2.1
    Scenario Outline: A client assertion whose audience is <audience> is refused
      When the client requests a token with:
        | assertion aud | <value> |
      Then the request is refused with "invalid_client"

      Examples:
        | audience                          | value                        |
        | the token endpoint                | (token_endpoint)             |
        | the issuer and another server     | (valid) and (other issuer)   |
        | the issuer and the token endpoint | (valid) and (token_endpoint) |

  Rule: An assertion works once

    @must @oidc-core-9/assertion-once @rfc7523-3/replay
    Scenario: A client assertion that was used before is refused
      Given the client has obtained an access token
      When the client requests a token with:
        | client_assertion | (used before) |
      Then the request is refused with "invalid_client"

    @must @oidc-core-9/assertion-once @needs:client_credentials
    Scenario: Concurrent requests with one client assertion succeed once
      When the client requests a token 20 times at once with:
        | client_assertion | (used before) |
      Then exactly one access token is issued

  Rule: Every endpoint checks client assertions in the same way

    @must @rfc7662-2.1/authenticated @needs:introspection
    Scenario Outline: A client assertion with <flaw> is refused at the introspection endpoint
      Given the client has obtained an access token
      When the client introspects the token with:
        | assertion <member> | <value> |
      Then the request is refused with "invalid_client"

      Examples:
        | flaw                        | member    | value          |
        | the signature of a stranger | signed_by | stranger       |
        | another audience            | aud       | (other issuer) |
        | a past exp                  | exp       | (expired)      |

    @must @rfc7009-2.1/authenticated @needs:revocation
    Scenario Outline: A client assertion with <flaw> is refused at the revocation endpoint
      Given the client has obtained an access token
      When the client revokes the token with:
        | assertion <member> | <value> |
      Then the request is refused with "invalid_client"

      Examples:
        | flaw                        | member    | value          |
        | the signature of a stranger | signed_by | stranger       |
        | another audience            | aud       | (other issuer) |
        | a past exp                  | exp       | (expired)      |
