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

  Rule: Unknown keys do not burden the authorization server

    @must @documented-access/keys-asked-seldom @needs:control
    Scenario: Tokens with unknown keys do not trigger a key fetch each time
      When the client calls the protected resource with 20 tokens of unknown keys
      Then the JSON Web Key Set was fetched at most 5 times
