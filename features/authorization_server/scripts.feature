@authorization-server
Feature: Browser-based applications
  A script in a browser may call the endpoints that clients call directly. The
  authorization endpoint is for navigation by the user agent.

  @should @oidc-discovery-4/cors @profile:oidc @needs:openid
  Scenario: A script reads the OpenID configuration
    When a script of another origin sends a GET to the "openid-configuration"
    Then the script may read the answer

  @should @oidc-discovery-3/cors @profile:oidc @needs:openid
  Scenario Outline: A script uses the <endpoint>
    When a script of another origin asks to send a <method> to the "<member>"
    Then the script may read the answer

    Examples:
      | endpoint          | member            | method |
      | token endpoint    | token_endpoint    | POST   |
      | key set           | jwks_uri          | GET    |

  @should @oidc-core-5.3/cors @profile:oidc @needs:userinfo
  Scenario: A script uses the UserInfo endpoint
    When a script of another origin asks to send a GET to the "userinfo_endpoint"
    Then the script may read the answer

  @may @oauth-2.1-token-endpoint/cors @profile:oauth-2.1
  Scenario: A script redeems a code
    When a script of another origin asks to send a POST to the "token_endpoint"
    Then the script may read the answer
