@authorization-server @needs:metadata
Feature: Authentication methods in the metadata
  A client reads in the metadata how it can authenticate, and with which
  algorithms.

  @should @rfc9700-2.5/asymmetric
  Scenario: The server offers authentication with an asymmetric key
    When the client fetches the authorization server metadata
    Then "token_endpoint_auth_methods_supported" lists "private_key_jwt or tls_client_auth or self_signed_tls_client_auth"

  @must @mcp-client-credentials-server-metadata-requirements/auth-methods @needs:client_credentials @profile:mcp-2026-07-28 @profile:mcp-2025-11-25
  Scenario: The server offers an authentication method that MCP clients use
    When the client fetches the authorization server metadata
    Then "token_endpoint_auth_methods_supported" lists "private_key_jwt or client_secret_basic"

  @must @rfc8414-2/signing-algorithms @mcp-client-credentials-server-metadata-requirements/signing-algorithms
  Scenario: Every endpoint that accepts client assertions lists their algorithms
    When the client fetches the authorization server metadata
    Then the authorization server keeps the rule "algorithms-of-client-jwts-listed"

  @must @oidc-discovery-3/no-none-for-assertions
  Scenario: The algorithm none is not listed for client assertions
    When the client fetches the authorization server metadata
    Then "token_endpoint_auth_signing_alg_values_supported" does not list "none"

  @should @rfc8414-2/rs256 @needs:private_key_jwt
  Scenario: RS256 is listed for client assertions
    When the client fetches the authorization server metadata
    Then "token_endpoint_auth_signing_alg_values_supported" lists "RS256"
