@demo @needs:documented
Feature: A strict server without the demo's conveniences
  A strict server has none of the demo's conveniences: no JSON requests for
  tokens, no direct approval, no list of clients.

  Background:
    Given a confidential client

  @must @documented-token/json-is-documented-only
  Scenario: A strict server takes no JSON for a token request
    When the client posts to "/oauth/token":
      | grant_type    | client_credentials |
      | client_id     | mcp-task-manager   |
      | client_secret | mcp-secret-12345   |
    Then the request is refused with "invalid_request"
    But the same request succeeds given the documented system

  @must @documented-authorize/documented-only
  Scenario: A strict server approves nothing directly
    When the client posts to "/oauth/authorize":
      | client_id    | web-app                        |
      | redirect_uri | http://localhost:3000/callback |
      | scope        | tasks:read                     |
      | user_id      | user-123                       |
    Then the response status is 400
    But the same request succeeds given the documented system

  @must @documented-operation/clients-documented-only
  Scenario: A strict server lists no clients
    When the client fetches "/debug/clients" from the authorization server
    Then the request is refused with "not_found"
    But the same request succeeds given the documented system
