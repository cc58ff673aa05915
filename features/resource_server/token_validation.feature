@resource-server @needs:jwt_access_token
Feature: Validation of JWT access tokens
  The protected resource accepts a token only if its issuer signed it for this
  resource, and only until it expires.

  Each scenario presents a token that is valid except for what its table says.

  Background:
    Given a confidential client

  @must @rfc9068-4/valid-accepted
  Scenario: A valid token is accepted
    When the client calls the protected resource
    Then the response status is 200

  @must @rfc9068-4/signature @rfc9068-4/keys-of-issuer
  Scenario: A token signed by a stranger is refused
    Given an access token with:
      | signed_by | stranger |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

  @must @rfc9068-4/keys-of-issuer
  Scenario: A token signed by an unpublished key is refused
    Given an access token with:
      | signed_by | stranger        |
      | kid       | a-key-of-nobody |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

  @must @rfc9068-4/signature @rfc9068-4/keys-of-issuer @needs:control
  Scenario: A token signed with the public key as secret is refused
    Given an access token with:
      | signed_by | public_key |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

  @must @rfc9068-4/error-code
  Scenario: A changed token is refused with invalid_token
    Given the client has obtained an access token
    When the client calls the protected resource with:
      | access_token | (changed) |
    Then the request is refused with "invalid_token"
    And the response status is 401

  @must @rfc7515-5.2/no-additional-characters
  Scenario: A token with padding is refused
    Given the client has obtained an access token
    When the client calls the protected resource with:
      | access_token | (padded) |
    Then the request is refused

  @must @rfc9068-4/no-alg-none
  Scenario: An unsigned token is refused
    Given an access token with:
      | signed_by | nobody |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

  @must @rfc9068-4/expiry @needs:control
  Scenario Outline: A token with <expiry> is refused
    Given an access token with:
      | exp | <exp> |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

    Examples:
      | expiry           | exp       |
      | a past expiry    | (expired) |
      | no expiry        | (omitted) |

  @must @rfc9068-4/expiry
  Scenario: A token is refused once its time has passed
    Given the client has obtained an access token
    And the access token has expired
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

  @must @rfc7519-4.1.5/not-before @needs:control
  Scenario: A token that is not valid yet is refused
    Given an access token with:
      | nbf | (in the future) |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

  @must @rfc9068-4/issuer @needs:control
  Scenario: A token of another issuer is refused
    Given an access token with:
      | iss | https://other.example |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

  @must @rfc9068-4/issuer @needs:control
  Scenario: No token with a near miss of the issuer is accepted
    When the client calls the protected resource with each near miss of "iss of the token"
    Then the request is refused

  @must @rfc9068-4/audience @rfc9700-2.3/other-audience @needs:control
  Scenario: No token for a near miss of the protected resource is accepted
    When the client calls the protected resource with each near miss of "aud of the token"
    Then the request is refused

  @must @rfc9068-4/audience @rfc9700-2.3/other-audience @needs:control
  Scenario Outline: A token for <audience> is refused
    Given an access token with:
      | aud | <aud> |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

    Examples:
      | audience         | aud              |
      | another resource | (other resource) |
      | no resource      | (omitted)        |

  @must @rfc9068-4/type @rfc9068-5/other-jwts @needs:control
  Scenario Outline: A token of the type <typ> is refused
    Given an access token with:
      | typ | <typ> |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

    Examples:
      | typ |
      | JWT |
      | logout+jwt |

  @must @rfc7515-4.1.1/algorithm-known @needs:control
  Scenario: A token with an unknown algorithm is refused
    Given an access token with:
      | alg | XX256 |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

  @must @rfc7515-4.1.11/critical @needs:control
  Scenario: A token with an unknown critical extension is refused
    Given an access token with:
      | crit | [colour] |
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it
