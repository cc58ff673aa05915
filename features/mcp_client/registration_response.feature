@mcp-client @needs:control
Feature: Registration responses at the client
  The client reports a refusal, and shows its registration access token only to
  the registration endpoint.

  Background:
    Given an MCP client

  @must @mcp-2026-07-28-application-type/failure-handled @mcp-2026-07-28-application-type/error-surfaced
  Scenario: A client whose registration is refused says so
    Given the registration response has:
      | (status) | 400                  |
      | error    | invalid_redirect_uri |
    When the agent connects to the MCP server
    Then the agent fails, saying "invalid_redirect_uri"
    And the agent sent no authorization request
    But the same request succeeds without it

  @may @mcp-2026-07-28-application-type/adjusted-retry
  Scenario: A client whose registration is refused tries again with another redirect URI
    Given the registration response has:
      | (status) | 400                  |
      | error    | invalid_redirect_uri |
    When the agent connects to the MCP server
    Then the agent sent a registration request with:
      | redirect_uris | (contains) http://127.0.0.1 |
    And the agent sent a registration request with:
      | redirect_uris | (contains) http://localhost |

  @must @rfc7591-3.2.2/unknown-members-ignored
  Scenario: A client reads a refusal with unknown members
    Given the registration response has:
      | (status)                 | 400                     |
      | error                    | invalid_client_metadata |
      | (unknown) unknown_member | of later versions       |
    When the agent connects to the MCP server
    Then the agent fails, saying "invalid_client_metadata"
    But the same request succeeds without it

  @must @rfc7592-5/token-protected
  Scenario: A client shows its registration access token only to the registration endpoint
    Given the registration response has:
      | registration_access_token | for-the-registration-alone |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent shows "for-the-registration-alone" to the registration endpoint alone
