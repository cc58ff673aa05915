@mcp-client @needs:control
Feature: A client stops at an unsafe server
  The metadata of the authorization server decides whether the client goes
  there at all.

  Background:
    Given an MCP client

  @must @mcp-2026-07-28-authorization-code-protection/support-verified @rfc9700-4.7.1/pkce-support-checked @oauth-2.1-cross-site-request-forgery/method-supported
  Scenario Outline: The client does not go on where PKCE is <what>
    Given the authorization server metadata have:
      | code_challenge_methods_supported | <methods> |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no authorization request
    But the same request succeeds without it

    Examples:
      | what             | methods   |
      | not advertised   | (omitted) |
      | limited to plain | ["plain"] |

  @must @mcp-2026-07-28-authorization-code-protection/support-verified-openid
  Scenario: The client does not go on where an OpenID provider does not advertise PKCE
    Given the authorization server metadata have:
      | (status) | 404 |
    And the OpenID configuration has:
      | code_challenge_methods_supported | (omitted) |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no authorization request
    But the same request succeeds without it

  @should @mcp-security-server-side-request-forgery/https-required
  Scenario: The client does not use a token endpoint without TLS
    Given the authorization server metadata have:
      | token_endpoint | http://as.example/oauth/token |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no authorization request
    But the same request succeeds without it

  @must @mcp-security-authorization-url-validation/dangerous-schemes @mcp-security-authorization-url-validation/scheme-allowed @mcp-security-authorization-url-validation/urls-sanitized @mcp-security-authorization-url-validation/allowlist
  Scenario Outline: The client does not open an authorization endpoint at <scheme>
    Given the authorization server metadata have:
      | authorization_endpoint | <endpoint> |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no token request
    But the same request succeeds without it

    Examples:
      | scheme      | endpoint                 |
      | javascript: | javascript:alert(1)      |
      | data:       | data:text/html,hello     |
      | file:       | file:///etc/passwd       |
