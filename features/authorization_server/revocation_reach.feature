@authorization-server @needs:authorization_code @needs:revocation
Feature: What a revocation reaches
  A server decides which types of tokens can be revoked, and what else ends
  with them. It never says that a token is revoked which is not.

  Background:
    Given a confidential client with:
      | grant_types | authorization_code client_credentials refresh_token |
    And the resource owner approves

  @must @rfc7009-2.2.1/unsupported-type
  Scenario: An access token is revoked, or it is said that its type cannot be
    Given the client has obtained an access token
    When the client revokes the token
    Then the token is revoked, or its type is not supported

  @may @rfc7009-2.1/refresh-token-of-grant @needs:refresh_token
  Scenario: A revoked access token takes its refresh token with it
    Given the client has obtained a refresh token
    When the client revokes the token
    Then the refresh token is refused
