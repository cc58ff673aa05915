@authorization-server @needs:registration
Feature: Deletion of a registration
  A client that is no longer needed deletes its registration, and its tokens
  end with it.

  @must @rfc7592-2.3/method-not-allowed
  Scenario: A deletion succeeds or is answered with 405
    Given the client has registered
    When the client deletes its registration
    Then the response status is 204 or 405

  @must @rfc7592-2.3/no-content
  Scenario: A deletion is answered with 204
    Given the client has registered
    When the client deletes its registration
    Then the response status is 204

  @must @rfc7592-2.3/client-invalidated @rfc7592-5/token-of-deleted-client
  Scenario: The registration access token of a deleted client is refused
    Given the client has registered
    When the client deletes its registration
    Then the registration access token is refused

  @must @rfc7592-2.3/client-invalidated @needs:client_credentials
  Scenario: A deleted client gets no token
    Given the client has registered with:
      | grant_types    | client_credentials |
      | response_types | []                 |
    And the client has deleted its registration
    When the client requests a token
    Then the request is refused with "invalid_client"
    But the same request succeeds without it

  @must @rfc7592-2.3/client-invalidated @needs:authorization_code
  Scenario: The authorization request of a deleted client is refused
    Given the client has registered
    And the resource owner approves
    And the client has deleted its registration
    When the client sends an authorization request
    Then the user agent is not redirected
    But the same request succeeds without it

  @should @rfc7592-2.3/tokens-invalidated @needs:client_credentials @needs:introspection
  Scenario: The tokens of a deleted client are inactive
    Given the client has registered with:
      | grant_types    | client_credentials |
      | response_types | []                 |
    And the client has obtained an access token
    When the client deletes its registration
    Then the access token is inactive

  @should @rfc7592-2.3/tokens-invalidated @needs:refresh_token @needs:introspection
  Scenario: The token that a resource owner granted to a deleted client is inactive
    Given the client has registered with:
      | grant_types | authorization_code refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token
    When the client deletes its registration
    Then the access token is inactive
