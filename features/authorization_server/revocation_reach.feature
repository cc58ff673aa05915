@authorization-server @needs:authorization_code @needs:revocation
Feature: Reach of a revocation
  A server decides which types of tokens can be revoked, and what else ends
  with them. It never claims to have revoked a token that still works.

  Background:
    Given a confidential client with:
      | grant_types | authorization_code client_credentials refresh_token |
    And the resource owner approves

  @must @rfc7009-2.2.1/unsupported-type
  Scenario: An access token is revoked, or its type is refused as unsupported
    Given the client has obtained an access token
    When the client revokes the token
    Then the authorization server keeps the rule "revoked-or-unsupported"

  @may @rfc7009-2.1/refresh-token-of-grant @needs:refresh_token
  Scenario: A revoked access token takes its refresh token with it
    Given the client has obtained a refresh token
    When the client revokes the token
    Then the refresh token is refused

  @must @rfc7009-2.1/search-all-types @needs:introspection
  Scenario Outline: The hint <hint> does not hide an access token from revocation
    Given the client has obtained an access token
    And the client has revoked the token with:
      | token_type_hint | <hint> |
    When the protected resource introspects the token
    Then the response is JSON with:
      | active | false |

    Examples:
      | hint              |
      | refresh_token     |
      | type-of-elsewhere |

  @must @rfc7009-2.1/own-tokens-only @needs:refresh_token
  Scenario Outline: A <kind> client revokes no refresh token of another client
    Given the client has obtained a refresh token
    And another <kind> client intercepts the refresh token
    When the other client revokes the token with:
      | token | (refresh_token) |
    Then the refresh token is accepted
    But the same request succeeds without it

    Examples:
      | kind         |
      | confidential |
      | public       |
