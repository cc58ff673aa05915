@authorization-server @needs:openid @needs:refresh_token
Feature: ID token of a refresh
  A refresh may return an ID token. It names the same user and the same
  authentication as the first one.

  Background:
    Given a confidential client with:
      | grant_types | authorization_code refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token with:
      | scope | (valid) openid |
      | nonce | (random)       |

  @must @oidc-core-12.2/same-subject @profile:oidc
  Scenario Outline: The ID token of a refresh has the same <claim>
    When the client refreshes the token
    Then the ID token keeps its "<claim>"

    Examples:
      | claim |
      | iss   |
      | sub   |
      | aud   |

  @must @oidc-core-12.2/original-auth-time @profile:oidc
  Scenario: The ID token of a refresh keeps the original auth_time
    Given 60 seconds have passed
    When the client refreshes the token
    Then the ID token keeps its "auth_time"

  @must @oidc-core-12.2/new-iat @profile:oidc
  Scenario: The ID token of a refresh has a new iat
    Given 60 seconds have passed
    When the client refreshes the token
    Then the ID token changes its "iat"

  @must @oidc-core-12.2/same-nonce @profile:oidc
  Scenario: The ID token of a refresh has the same nonce or none
    When the client refreshes the token
    Then the ID token is a JWT with:
      | nonce | (valid) or (absent) |

  @should @oidc-core-12.2/no-nonce @profile:oidc
  Scenario: The ID token of a refresh has no nonce
    When the client refreshes the token
    Then the ID token is a JWT with:
      | nonce | (absent) |
