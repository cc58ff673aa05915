@authorization-server @needs:openid @needs:userinfo @needs:authorization_code
Feature: UserInfo endpoint
  The UserInfo endpoint tells the holder of an access token with the scope
  openid who the user is.

  Background:
    Given a confidential client
    And the resource owner approves
    And the client has obtained tokens with:
      | scope | openid profile email |

  @must @oidc-core-5.3.2/sub:2 @oidc-core-5.3/bearer-token:1 @profile:oidc
  Scenario: The claims describe the user of the ID token
    When the client requests the user info
    Then the response status is 200
    And the authorization server keeps the rule "user-of-the-id-token"

  @must @oidc-core-5.3/get-and-post @profile:oidc
  Scenario: The claims are available by POST
    When the client requests the user info with:
      | (method) | POST |
    Then the response status is 200
    And the authorization server keeps the rule "user-of-the-id-token"

  @must @oidc-core-5.3.2/json @profile:oidc
  Scenario: The claims are JSON
    When the client requests the user info
    Then the response status is 200
    And the response header "Content-Type" contains "application/json"

  @should @oidc-core-5.3.2/no-null-claims @profile:oidc
  Scenario: A claim without a value is left out
    When the client requests the user info
    Then no member of the response is null or empty

  @should @oidc-core-5.4/scope-claims @profile:oidc
  Scenario: The scope email brings the email address
    When the client requests the user info
    Then the response is JSON with:
      | email | (present) |

  @must @oidc-core-5.3.3/bearer-error @profile:oidc
  Scenario Outline: A request for the claims with <token> is refused
    When the client requests the user info with:
      | access_token | <value> |
    Then the response status is 401
    And the response has a "Bearer" challenge

    Examples:
      | token            | value     |
      | no token         | (omitted) |
      | an unknown token | (random)  |
      | a changed token  | (changed) |
