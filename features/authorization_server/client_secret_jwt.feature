@authorization-server @needs:client_secret_jwt
Feature: Client authentication by a JWT with a MAC
  A client proves with the MAC of a JWT that it has its secret, and does not
  send the secret.

  Background:
    Given the client authenticates with "client_secret_jwt"

  @must @rfc7523-2.2/client-assertion
  Scenario: The client authenticates with the MAC of a JWT
    When the client requests a token
    Then an access token is issued

  @must @oidc-core-16.19/secret-length
  Scenario: A client secret for MACs has at least 32 bytes
    When the client requests a token
    Then an access token is issued
    And a client secret has 32 bytes

  @must @rfc7523-3/signature
  Scenario: A client assertion with the MAC of another secret is refused
    When the client requests a token with:
      | assertion signed_by | stranger |
    Then the request is refused with "invalid_client"

  @must @rfc7523-3/signed
  Scenario: A client assertion without a MAC is refused
    When the client requests a token with:
      | assertion signed_by | nobody |
    Then the request is refused with "invalid_client"

  @must @rfc7523-3/signature
  Scenario: A client assertion that was changed after its MAC was made is refused
    When the client requests a token with:
      | client_assertion | (changed) |
    Then the request is refused with "invalid_client"

  @should @rfc7591-2/auth-method-enforced
  Scenario Outline: A client that is registered for client_secret_jwt and uses <used> is refused
    When the client requests a token with:
      | (authentication) | <used> |
    Then the request is refused with "invalid_client or unauthorized_client or invalid_request"

    Examples:
      | used                |
      | client_secret_basic |
      | client_secret_post  |
      | private_key_jwt     |
