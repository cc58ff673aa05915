@authorization-server @needs:openid
Feature: OpenID Connect Discovery
  An OpenID Connect client that knows the issuer finds everything else in the
  configuration.

  @must @oidc-discovery-4/location:1 @oidc-discovery-4.2/status-200:1 @oidc-discovery-4/json:2 @profile:oidc
  Scenario: The OpenID configuration is a JSON document below the issuer
    When the client fetches the OpenID configuration
    Then the response status is 200
    And the response header "Content-Type" contains "application/json"

  @must @oidc-discovery-4.3/issuer-identical-served @oidc-discovery-3/issuer @profile:oidc
  Scenario: The OpenID configuration names exactly the issuer that was asked
    When the client fetches the OpenID configuration
    Then the response is JSON with:
      | issuer | (valid) |

  @must @oidc-discovery-3/authorization-endpoint @oidc-discovery-3/token-endpoint @oidc-discovery-3/jwks-uri @oidc-discovery-3/response-types @oidc-discovery-3/subject-types @oidc-core-8/subject-types @profile:oidc
  Scenario: The OpenID configuration has every member that is required
    When the client fetches the OpenID configuration
    Then the response is JSON with:
      | authorization_endpoint   | (present)       |
      | token_endpoint           | (present)       |
      | jwks_uri                 | (present)       |
      | response_types_supported | (contains) code |
      | subject_types_supported  | (present)       |

  @must @oidc-discovery-3/id-token-algorithms @profile:oidc
  Scenario: The OpenID configuration lists RS256 for ID tokens
    When the client fetches the OpenID configuration
    Then the response is JSON with:
      | id_token_signing_alg_values_supported | (contains) RS256 |

  @should @oidc-discovery-3/userinfo-endpoint @oidc-discovery-3/scopes-supported @oidc-discovery-3/claims-supported @oidc-discovery-3/registration-endpoint @profile:oidc
  Scenario: The OpenID configuration has the members that are recommended
    When the client fetches the OpenID configuration
    Then the response is JSON with:
      | userinfo_endpoint     | (present)         |
      | scopes_supported      | (contains) openid |
      | claims_supported      | (present)         |
      | registration_endpoint | (present)         |

  @must @oidc-discovery-4.2/no-empty-lists @profile:oidc
  Scenario: The OpenID configuration has no empty lists
    When the client fetches the OpenID configuration
    Then no member of the response is an empty list

  @must @rfc9068-4/consistent @rfc8414-5/consistent @needs:oauth_metadata
  Scenario: The OpenID configuration and the authorization server metadata agree
    When the client fetches the OpenID configuration
    Then the authorization server keeps the rule "both-metadata-agree"

  @must @mcp-2026-07-28-authorization-code-protection/openid-configuration @profile:mcp-2026-07-28 @needs:pkce @profile:mcp-2025-11-25
  Scenario: The OpenID configuration lists the supported transformations
    When the client fetches the OpenID configuration
    Then the response is JSON with:
      | code_challenge_methods_supported | (contains) S256 |
