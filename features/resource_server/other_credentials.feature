@resource-server
Feature: Credentials that are no access tokens
  The protected resource accepts access tokens only. Other credentials of the client
  are refused.

  Background:
    Given a confidential client

  @should @rfc6750-3.1/invalid-token @rfc6750-3.1/other-credentials @needs:authorization_code
  Scenario: An authorization code is refused as an access token
    Given the resource owner approves
    And the client has obtained an authorization code
    When the client calls the protected resource with:
      | access_token | (code) |
    Then the request is refused with "invalid_token"

  @must @rfc6749-1.5/refresh-token-opens-nothing @needs:authorization_code @needs:refresh_token
  Scenario: A refresh token is refused as an access token
    Given a confidential client with:
      | grant_types | authorization_code client_credentials refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token
    When the client calls the protected resource with:
      | access_token | (refresh_token) |
    Then the request is refused

  @should @rfc6750-3.1/other-credentials @needs:authorization_code @needs:refresh_token
  Scenario: The refusal of a refresh token says that it is no valid access token
    Given a confidential client with:
      | grant_types | authorization_code client_credentials refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token
    When the client calls the protected resource with:
      | access_token | (refresh_token) |
    Then the request is refused with "invalid_token"

  @must @rfc6749-1.5/refresh-token-opens-nothing @needs:authorization_code @needs:refresh_token
  Scenario: A refresh token of a public client is refused as an access token
    Given a public client with:
      | grant_types | authorization_code refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token
    When the client calls the protected resource with:
      | access_token | (refresh_token) |
    Then the request is refused

  @must @rfc6749-1.5/refresh-token-opens-nothing @needs:authorization_code @needs:refresh_token @needs:introspection @needs:control
  Scenario: An active refresh token is refused as an access token
    Given the protected resource is configured with:
      | verify | introspection |
    And a confidential client with:
      | grant_types | authorization_code client_credentials refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token
    When the client calls the protected resource with:
      | access_token | (refresh_token) |
    Then the request is refused

  @should @rfc6750-3.1/other-credentials @needs:private_key_jwt
  Scenario: A client assertion is refused as an access token
    Given the client authenticates with "private_key_jwt"
    And the client has obtained an access token
    When the client calls the protected resource with:
      | access_token | (client_assertion) |
    Then the request is refused with "invalid_token"
