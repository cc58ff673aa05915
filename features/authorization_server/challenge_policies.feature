@authorization-server @needs:authorization_code @needs:pkce
Feature: Plain and optional code challenges
  Some servers support the transformation plain for clients that cannot hash,
  or serve confidential clients without a code challenge. Neither weakens the
  code of a client that uses S256.

  Background:
    Given a confidential client
    And the resource owner approves

  @may @rfc7636-5/without-pkce @needs:authorization_without_pkce
  Scenario: A code without a code challenge is redeemed without a code verifier
    Given the authorization server is configured with:
      | code_challenge | optional |
    And the client has obtained an authorization code with:
      | code_challenge        | (omitted) |
      | code_challenge_method | (omitted) |
    When the client redeems the code
    Then an access token is issued

  @must @rfc9700-2.1.1/no-downgrade @needs:authorization_without_pkce
  Scenario: A code verifier cannot be added afterwards
    Given the authorization server is configured with:
      | code_challenge | optional |
    And the client has obtained an authorization code with:
      | code_challenge        | (omitted) |
      | code_challenge_method | (omitted) |
    When the client redeems the code with:
      | code_verifier | (random) |
    Then the request is refused with "invalid_grant or invalid_request"

  @must @rfc7636-4.6/verifier-mismatch @oauth-2.1-authorization-request/pkce-enforced @rfc9700-2.1.1/verifier-enforced @needs:authorization_without_pkce
  Scenario: An optional code challenge still binds the code
    Given the authorization server is configured with:
      | code_challenge | optional |
    And the client has obtained an authorization code
    When the client redeems the code with:
      | code_verifier | (omitted) |
    Then the request is refused with "invalid_grant or invalid_request"

  @must @oauth-2.1-authorization-error-response/public-without-challenge @needs:authorization_without_pkce @profile:oauth-2.1
  Scenario: A public client needs a code challenge where others do not
    Given the authorization server is configured with:
      | code_challenge | optional |
    And a public client
    When the client sends an authorization request with:
      | code_challenge        | (omitted) |
      | code_challenge_method | (omitted) |
    Then the user agent returns to the client with:
      | error | invalid_request |
      | code  | (absent)        |

  Rule: The authorization request decides the transformation

    @must @rfc8414-2/lists-are-true @needs:plain_challenge
    Scenario: The server supports the transformation plain where it lists it
      Given the authorization server is configured with:
        | code_challenge | plain |
      When the client tries every value of "code_challenge_methods_supported"
      Then the authorization server keeps the rule "advertised-works"

    @must @rfc7636-4.6/verifier-mismatch @needs:plain_challenge
    Scenario: A code verifier that differs from the plain code challenge is refused
      Given the authorization server is configured with:
        | code_challenge | plain |
      And the client has obtained an authorization code with:
        | code_challenge        | (code_verifier) |
        | code_challenge_method | plain           |
      When the client redeems the code with:
        | code_verifier | (random) |
      Then the request is refused with "invalid_grant"

    @must @rfc7636-4.3/plain-default @needs:plain_challenge
    Scenario: A code challenge without a method is verified as plain
      Given the authorization server is configured with:
        | code_challenge | plain |
      And the client has obtained an authorization code with:
        | code_challenge        | (code_verifier) |
        | code_challenge_method | (omitted)       |
      When the client redeems the code
      Then an access token is issued

    @must @rfc7636-4.5/method-of-the-code @needs:plain_challenge
    Scenario: An S256 code challenge is not verified as plain
      Given the authorization server is configured with:
        | code_challenge | plain |
      And the client has obtained an authorization code
      When the client redeems the code with:
        | code_verifier | (code_challenge) |
      Then the request is refused with "invalid_grant or invalid_request"

    @may @rfc7636-4.2/challenge-syntax @needs:plain_challenge
    Scenario Outline: A plain code challenge <flaw> is refused
      Given the authorization server is configured with:
        | code_challenge | plain |
      When the client sends an authorization request with:
        | code_challenge        | <code_challenge> |
        | code_challenge_method | plain            |
      Then the user agent returns to the client with:
        | error | invalid_request |
        | code  | (absent)        |

      Examples:
        | flaw                      | code_challenge                               |
        | of 42 characters          | (42 characters)                              |
        | of 129 characters         | (129 characters)                             |
        | with forbidden characters | forbidden+/=forbidden+/=forbidden+/=forbidden |
