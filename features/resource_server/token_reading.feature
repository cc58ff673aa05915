@resource-server
Feature: Reading of access tokens
  The protected resource understands every token that is well formed, and lets
  nobody in with one that is not.

  Background:
    Given a confidential client

  @must @rfc7519-4.1.3/audience-list @needs:control
  Scenario: A token for several resources is accepted by each
    Given an access token with:
      | aud | (valid) and https://other.example |
    When the client calls the protected resource
    Then the response status is 200

  @must @rfc7519-4/unknown-ignored @needs:control
  Scenario: A claim that nobody knows is ignored
    Given an access token with:
      | (unknown) colour | blue |
    When the client calls the protected resource
    Then the response status is 200

  @must @rfc8693-4.1/prior-actors @needs:control
  Scenario: Who acted before decides nothing
    Given an access token with:
      | act | {"sub":"gateway","act":{"sub":"nobody-knows-this-actor"}} |
    When the client calls the protected resource
    Then the response status is 200

  @must @rfc7519-7.2/malformed
  Scenario Outline: A token that is <malformed> is refused
    When the client calls the protected resource with:
      | access_token | <token> |
    Then the request is refused with "invalid_token"

    Examples:
      | malformed          | token                           |
      | no JWT at all      | not-a-token                     |
      | cut off            | eyJhbGciOiJFUzI1NiJ9.eyJzdWIi   |
      | encrypted          | eyJhbGciOiJkaXIifQ..aXY.Y3Q.dGFn |

  @should @rfc6750-3.1/invalid-token @rfc6750-3.1/other-credentials @needs:authorization_code
  Scenario: An authorization code is no access token
    Given the resource owner approves
    And the client has obtained an authorization code
    When the client calls the protected resource with:
      | access_token | (code) |
    Then the request is refused with "invalid_token"

  @must @rfc6749-1.5/refresh-token-opens-nothing @rfc6750-3.1/other-credentials @needs:authorization_code @needs:refresh_token
  Scenario: A refresh token is no access token
    Given a confidential client with:
      | grant_types | authorization_code client_credentials refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token
    When the client calls the protected resource with:
      | access_token | (refresh_token) |
    Then the request is refused with "invalid_token"

  @must @rfc6749-1.5/refresh-token-opens-nothing @needs:authorization_code @needs:refresh_token
  Scenario: A refresh token of a public client is no access token
    Given a public client with:
      | grant_types | authorization_code refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token
    When the client calls the protected resource with:
      | access_token | (refresh_token) |
    Then the request is refused with "invalid_token"

  @must @rfc6749-1.5/refresh-token-opens-nothing @needs:authorization_code @needs:refresh_token @needs:introspection @needs:control
  Scenario: A refresh token that is active is no access token
    Given the protected resource is configured with:
      | verify | introspection |
    And a confidential client with:
      | grant_types | authorization_code client_credentials refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token
    When the client calls the protected resource with:
      | access_token | (refresh_token) |
    Then the request is refused with "invalid_token"

  @should @rfc6750-3.1/other-credentials @needs:private_key_jwt
  Scenario: A client assertion is no access token
    Given the client authenticates with "private_key_jwt"
    And the client has obtained an access token
    When the client calls the protected resource with:
      | access_token | (client_assertion) |
    Then the request is refused with "invalid_token"

  @should @rfc6750-3.1/revoked-token @needs:revocation @needs:control
  Scenario: A revoked token is refused
    Given the protected resource learns of revocations
    And the client has obtained an access token
    And the client has revoked the token
    When the client calls the protected resource
    Then the request is refused with "invalid_token"
    And the response status is 401
    But the same request succeeds without it

  @must @rfc7662-4/cache-until-expiry @needs:introspection @needs:control
  Scenario: A token that was active is refused once its time has passed
    Given the protected resource is configured with:
      | verify | introspection |
    And the client has obtained an access token
    And the client has called the protected resource
    And 3601 seconds have passed
    When the client calls the protected resource
    Then the request is refused with "invalid_token"
    But the same request succeeds without it

  Rule: Where a token cannot be judged nobody gets in

    @must @rfc7662-4/fails-closed @needs:introspection @needs:control
    Scenario: A token that nobody can be asked about lets nobody in
      Given the protected resource is configured with:
        | verify | introspection |
      And the client has obtained an access token
      And the authorization server exhibits "introspection-unavailable"
      When the client calls the protected resource
      Then the protected resource keeps the rule "access-refused"
      But the same request succeeds without it

    @must @rfc7662-4/inactive-only @needs:introspection @needs:control
    Scenario: A token that is not called active lets nobody in
      Given the protected resource is configured with:
        | verify | introspection |
      And the client has obtained an access token
      And the authorization server exhibits "active-missing"
      When the client calls the protected resource
      Then the protected resource keeps the rule "access-refused"
      But the same request succeeds without it

  Rule: Tokens that nobody can read cost the authorization server nothing

    @must @documented-access/keys-asked-seldom @needs:control
    Scenario: Tokens of unknown keys do not make the protected resource ask each time
      When the client calls the protected resource with 20 tokens of unknown keys
      Then the JSON Web Key Set was fetched at most 5 times
