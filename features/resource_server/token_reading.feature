@resource-server
Feature: Reading of access tokens
  The protected resource understands every well-formed token and refuses any
  other.

  Background:
    Given a confidential client

  @must @rfc7519-4.1.3/audience-list @needs:control
  Scenario: A token for several resources is accepted by each
    Given an access token with:
      | aud       | (valid) and https://other.example |
      | client_id | (valid)                           |
    When the client calls the protected resource
    Then the response status is 200

  @must @rfc7519-4/unknown-ignored @needs:control
  Scenario: An unknown claim is ignored
    Given an access token with:
      | (unknown) colour | blue    |
      | client_id        | (valid) |
    When the client calls the protected resource
    Then the response status is 200

  @must @rfc8693-4.1/prior-actors @needs:control
  Scenario: Prior actors do not affect access
    Given an access token with:
      | act       | {"sub":"gateway","act":{"sub":"nobody-knows-this-actor"}} |
      | client_id | (valid)                                                   |
    When the client calls the protected resource
    Then the response status is 200

  @must @rfc7519-7.2/malformed
  Scenario Outline: A token that is <malformed> is refused
    When the client calls the protected resource with:
      | access_token | <token> |
    Then the request is refused

    Examples:
      | malformed | token                            |
      | not a JWT | not-a-token                      |
      | truncated | eyJhbGciOiJFUzI1NiJ9.eyJzdWIi    |
      | encrypted | eyJhbGciOiJkaXIifQ..aXY.Y3Q.dGFn |

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
    Then the request is refused
    But the same request succeeds without it

  Rule: A token that cannot be judged is refused

    @must @rfc7662-4/fails-closed @needs:introspection @needs:control
    Scenario: A token is refused while introspection is unavailable
      Given the protected resource is configured with:
        | verify | introspection |
      And the client has obtained an access token
      And the authorization server exhibits "introspection-unavailable"
      When the client calls the protected resource
      Then the protected resource keeps the rule "access-refused"
      But the same request succeeds without it

    @must @rfc7662-4/inactive-only @needs:introspection @needs:control
    Scenario: A token is refused when introspection does not call it active
      Given the protected resource is configured with:
        | verify | introspection |
      And the client has obtained an access token
      And the authorization server exhibits "active-missing"
      When the client calls the protected resource
      Then the protected resource keeps the rule "access-refused"
      But the same request succeeds without it

    @must @rfc7662-4/inactive-only @needs:introspection @needs:control
    Scenario: A token is refused when only a member in another case calls it active
      Given the protected resource is configured with:
        | verify | introspection |
      And the client has obtained an access token
      And the authorization server exhibits "active-in-another-case"
      When the client calls the protected resource
      Then the protected resource keeps the rule "access-refused"
      But the same request succeeds without it

  Rule: Unknown keys do not burden the authorization server

    @must @documented-access/keys-asked-seldom @needs:control
    Scenario: Tokens with unknown keys do not trigger a key fetch each time
      When the client calls the protected resource with 20 tokens of unknown keys
      Then the JSON Web Key Set was fetched at most 5 times
