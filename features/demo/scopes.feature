@demo @needs:documented
Feature: Scopes of the documented operations
  Every operation needs a scope. The refusal of a token without it names the
  scope.

  Background:
    Given the documented system
    And the documented client "web-app" with the secret "webapp-secret-abcdef"

  @must @documented-scopes/insufficient-scope
  Scenario Outline: <operation> is refused without the scope <needed>
    Given an access token of the user for the scope "<granted>"
    When the client sends "<operation>" with:
      | <member> | <value> |
    Then the request is refused with "insufficient_scope"
    And the response status is 403
    And the response is JSON with:
      | error          | insufficient_scope |
      | required_scope | <required>         |
    And the response has a "Bearer" challenge with:
      | scope             | <needed>  |
      | resource_metadata | (present) |
    But the same request succeeds given an access token of the user for the scope "<needed>"

    Examples:
      | operation                | granted     | needed      | required                  | member | value           |
      | GET /api/tasks           | tasks:write | tasks:read  | tasks:read                | title  | (omitted)       |
      | POST /api/tasks          | tasks:read  | tasks:write | tasks:write               | title  | Report          |
      | GET /api/tasks/task-1    | user:read   | tasks:read  | tasks:read                | title  | (omitted)       |
      | PUT /api/tasks/task-1    | tasks:read  | tasks:write | tasks:write               | status | completed       |
      | DELETE /api/tasks/task-1 | tasks:read  | tasks:write | tasks:write               | title  | (omitted)       |
      | GET /api/tasks/summary   | user:read   | tasks:read  | tasks:read or tasks:write | title  | (omitted)       |
      | GET /api/user            | tasks:read  | user:read   | user:read                 | title  | (omitted)       |
      | PUT /api/user            | user:read   | user:write  | user:write                | email  | new@example.com |
