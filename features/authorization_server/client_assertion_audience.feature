@authorization-server @needs:private_key_jwt
Feature: Where and how often a client assertion works
  What a client signed for one server is worth nothing at another, works once,
  and is checked alike at every endpoint.

  Background:
    Given the client authenticates with "private_key_jwt"

  @may @rfc7523-3/token-endpoint-audience
  Scenario: A client assertion for the token endpoint is accepted
    When the client requests a token with:
      | assertion aud | (token_endpoint) |
    Then an access token is issued

  Rule: The audience is the issuer and nobody else

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
    Scenario: Of many requests at once with one client assertion one succeeds
      When the client requests a token 20 times at once with:
        | client_assertion | (used before) |
      Then exactly one access token is issued

  Rule: Every endpoint checks it alike

    @must @rfc7662-2.1/authenticated @needs:introspection
    Scenario Outline: A client assertion with <flaw> is refused at the introspection endpoint
      Given the client has obtained an access token
      When the client introspects the token with:
        | assertion <member> | <value> |
      Then the request is refused with "invalid_client"

      Examples:
        | flaw                     | member    | value          |
        | the key of somebody else | signed_by | stranger       |
        | the audience of another  | aud       | (other issuer) |
        | a past exp               | exp       | (expired)      |

    @must @rfc7009-2.1/authenticated @needs:revocation
    Scenario Outline: A client assertion with <flaw> is refused at the revocation endpoint
      Given the client has obtained an access token
      When the client revokes the token with:
        | assertion <member> | <value> |
      Then the request is refused with "invalid_client"

      Examples:
        | flaw                     | member    | value          |
        | the key of somebody else | signed_by | stranger       |
        | the audience of another  | aud       | (other issuer) |
        | a past exp               | exp       | (expired)      |
