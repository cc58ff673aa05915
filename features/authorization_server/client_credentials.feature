@authorization-server @needs:client_credentials
Feature: Client credentials grant
  A confidential client obtains an access token on its own behalf by
  authenticating at the token endpoint. No resource owner takes part.

  Each scenario begins with a request that would succeed
  and changes only what its table shows.

  Background:
    Given a confidential client with:
      | grant_types | client_credentials |

  @must @rfc6749-4.4.3/access-token
  Scenario: An authenticated client receives an access token
    When the client requests a token
    Then an access token is issued

  @should @rfc6749-4.4.3/no-refresh-token
  Scenario: No refresh token accompanies it
    When the client requests a token
    Then no refresh token is issued

  @should @oauth-2.1-token-endpoint-response/scope-always
  Scenario: The response says which scope was granted
    When the client requests a token
    Then the response is JSON with:
      | scope | (present) |

  @should @rfc6749-5.1/expires-in
  Scenario: The response says how long the token lives
    When the client requests a token
    Then the response is JSON with:
      | expires_in | (more than) 0 |

  @should @rfc6749-5.1/expires-in @needs:jwt_access_token
  Scenario: The token lives as long as the response says
    When the client requests a token
    Then the access token expires when the response says

  @should @rfc6750-5.3/short-lived @mcp-2026-07-28-token-theft/short-lived @oauth-2.1-issue-short-lived-bearer-tokens/short-lived
  Scenario: The token lives for an hour at most
    When the client requests a token
    Then the response is JSON with:
      | expires_in | (at most) 3600 |

  @must @rfc6749-4.4/confidential-only
  Scenario: A public client is refused
    Given a public client with:
      | grant_types | client_credentials |
    When the client requests a token
    Then no access token is issued
    But the same request succeeds given a confidential client

  Rule: The granted scope never exceeds the registered one

    @must @rfc6749-3.3/default-scope @rfc6750-5.2/scope-restricted @rfc9700-2.3/actions-restricted
    Scenario: A request without a scope has a defined outcome
      When the client requests a token with:
        | scope | (omitted) |
      Then the authorization server keeps the rule "default-scope"

    @must @rfc6749-3.3/order-free
    Scenario: The order of the scopes does not matter
      When the client requests a token with:
        | scope | (reversed) |
      Then the granted scope is "(valid)"

    @should @rfc6749-10.3/scope-by-client
    Scenario: A client gets no scope that another client is registered for
      Given a confidential client with:
        | scope | tasks:read |
      When the client requests a token with:
        | scope | tasks:write |
      Then the requested scope is not granted

    @should @rfc6749-3.3/unregistered-scope
    Scenario: An unregistered scope is never granted
      When the client requests a token with:
        | scope | (random) |
      Then the requested scope is not granted

    @should @rfc6749-3.3/unregistered-scope
    Scenario: An unregistered scope beside a registered one is never granted
      When the client requests a token with:
        | scope | (valid) escalate |
      Then the requested scope is not granted

    @must @rfc6749-3.3/case-sensitive
    Scenario: A registered scope in another case is never granted
      When the client requests a token with:
        | scope | (upper case) |
      Then the requested scope is not granted

    @must @rfc6749-3.3/scope-syntax
    Scenario Outline: A scope with <character> is never granted
      When the client requests a token with:
        | scope | <scope> |
      Then the requested scope is not granted

      Examples:
        | character         | scope       |
        | quotes            | "quoted"    |
        | a backslash       | back\\slash |
        | non-ASCII letters | größer      |

    @must @oidc-core-11/code-flow-only @profile:oidc
    Scenario: A client that acts for itself gets neither openid nor offline_access
      When the client requests a token with:
        | scope | (valid) openid offline_access |
      Then the requested scope is not granted
      And the response is JSON with:
        | id_token      | (absent) |
        | refresh_token | (absent) |
