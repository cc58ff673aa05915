@authorization-server @needs:authorization_code @needs:revocation
Feature: Token revocation
  A client revokes a token that it no longer needs, and the token stops
  working.

  Background:
    Given a confidential client with:
      | grant_types | authorization_code client_credentials refresh_token |
    And the resource owner approves

  @should @rfc7009-2/access-tokens @needs:introspection
  Scenario: A revoked access token is inactive
    Given the client has obtained an access token
    When the client revokes the token
    Then the response status is 200
    And the access token is inactive

  @should @rfc7009-2/access-tokens @needs:introspection @needs:jwt_access_token
  Scenario Outline: A revoked access token is inactive <spelling>
    Given the client has obtained an access token
    And the client has revoked the token
    When the protected resource introspects the token with:
      | token | (<spelling>) |
    Then the response is JSON with:
      | active | false |

    Examples:
      | spelling                       |
      | with other unused bits         |
      | with the twin of its signature |

  @must @rfc7009-2.2/ok
  Scenario Outline: The revocation of <token> succeeds
    Given the client has obtained an access token
    When the client revokes the token with:
      | token | <value> |
    Then the response status is 200

    Examples:
      | token            | value          |
      | an unknown token | (random)       |
      | a changed token  | (valid)changed |

  @must @rfc7009-2.2/ok
  Scenario: The second revocation of a token succeeds
    Given the client has obtained an access token
    And the client has revoked the token
    When the client revokes the token
    Then the response status is 200

  @must @rfc7009-2.1/token-required
  Scenario: A revocation without a token is refused
    Given the client has obtained an access token
    When the client revokes the token with:
      | token | (omitted) |
    Then the request is refused with "invalid_request"

  @should @rfc7009-2.1/post
  Scenario: A revocation by GET is refused
    Given the client has obtained an access token
    When the client revokes the token with:
      | (method) | GET |
      | (query)  | all |
    Then the request is refused

  @must @rfc7009-2/no-fragment @needs:metadata
  Scenario: The revocation endpoint has no fragment
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | revocation_endpoint | (without a fragment) |

  @should @rfc7009-2.2.1/unavailable @needs:control
  Scenario: A revocation without the store is answered with 503
    Given the client has obtained an access token
    And the authorization server is configured with:
      | store_down | true |
    When the client revokes the token
    Then the response status is 503
    But the same request succeeds without it

  Rule: A client revokes only its own tokens

    @must @rfc7009-2.1/authenticated
    Scenario Outline: A revocation with <secret> is refused
      Given the client has obtained an access token
      When the client revokes the token with:
        | client_secret | <value> |
      Then the request is refused with "invalid_client"

      Examples:
        | secret         | value     |
        | no secret      | (omitted) |
        | a wrong secret | (random)  |

    @must @rfc7009-2.1/own-tokens-only @needs:introspection
    Scenario: The token of another client stays active
      Given the client has obtained an access token
      And another client has obtained an access token
      When the client revokes the token
      Then the access token is active
      But the same request succeeds without it

    @should @rfc7009-2.1/refusal-told
    Scenario: The revocation of another client's token is refused
      Given the client has obtained an access token
      And another client has obtained an access token
      When the client revokes the token
      Then the request is refused
      But the same request succeeds without it

  Rule: A refresh token takes its grant with it

    @must @rfc7009-2/refresh-tokens @oauth-2.1-refresh-token-extension/grant-active @needs:refresh_token
    Scenario: A revoked refresh token is refused
      Given the client has obtained a refresh token
      When the client revokes the token with:
        | token | (refresh_token) |
      Then the response status is 200
      And the refresh token is refused

    @must @rfc7009-2.1/search-all-types @needs:refresh_token
    Scenario Outline: The hint <hint> does not hide a refresh token
      Given the client has obtained a refresh token
      When the client revokes the token with:
        | token           | (refresh_token) |
        | token_type_hint | <hint>          |
      Then the response status is 200
      And the refresh token is refused

      Examples:
        | hint          |
        | access_token  |
        | nobody-s-type |

    @should @rfc7009-2.1/access-tokens-of-grant @needs:refresh_token @needs:introspection
    Scenario: The access token ends with the refresh token
      Given the client has obtained a refresh token
      When the client revokes the token with:
        | token | (refresh_token) |
      Then the access token is inactive

    @must @rfc7009-2.1/public-client @needs:refresh_token @needs:pkce
    Scenario: A public client revokes its own token
      Given a public client with:
        | grant_types | authorization_code refresh_token |
      And the client has obtained a refresh token
      When the client revokes the token with:
        | token | (refresh_token) |
      Then the response status is 200
      And the refresh token is refused
