@demo @needs:documented
Feature: Tasks of the documented system
  The task API lists, creates, shows, changes, counts and deletes the tasks of
  the token's user.

  Background:
    Given the documented system
    And the documented client "mcp-task-manager" with the secret "mcp-secret-12345"
    And the client has obtained an access token

  @must @documented-tasks/list
  Scenario: The demo tasks are listed
    When the client sends "GET /api/tasks"
    Then the response status is 200
    And the response is JSON with:
      | total          | 2                  |
      | tasks.0.id     | task-1             |
      | tasks.0.title  | Learn OAuth 2.0    |
      | tasks.0.status | in_progress        |
      | tasks.1.id     | task-2             |
      | tasks.1.title  | Build demo project |
      | tasks.1.status | completed          |

  @must @documented-tasks/create
  Scenario: A new task is pending and belongs to the user
    When the client sends "POST /api/tasks" with:
      | title       | Write the report |
      | description | Three pages      |
    Then the response status is 201
    And the response is JSON with:
      | title      | Write the report |
      | status     | pending          |
      | user_id    | user-123         |
      | created_by | mcp-task-manager |

  @must @documented-tasks/get
  Scenario: One task is shown
    When the client sends "GET /api/tasks/task-1"
    Then the response is JSON with:
      | id          | task-1          |
      | title       | Learn OAuth 2.0 |
      | user_id     | user-123        |
      | created_at  | (present)       |
      | description | (present)       |

  @must @documented-tasks/update
  Scenario: An update changes only what the request names
    When the client sends "PUT /api/tasks/task-1" with:
      | status | completed |
    Then the response is JSON with:
      | id     | task-1          |
      | title  | Learn OAuth 2.0 |
      | status | completed       |

  @must @documented-tasks/delete
  Scenario: A task is deleted
    When the client sends "DELETE /api/tasks/task-2"
    Then the response status is 204

  @must @documented-tasks/summary
  Scenario Outline: The scope <scope> alone opens the summary
    Given the client has obtained an access token with:
      | scope | <scope> |
    When the client sends "GET /api/tasks/summary"
    Then the response is JSON with:
      | total       | 2 |
      | pending     | 0 |
      | in_progress | 1 |
      | completed   | 1 |

    Examples:
      | scope       |
      | tasks:read  |
      | tasks:write |

  Rule: The API says why it refuses a request

    @must @documented-tasks/unknown-task
    Scenario Outline: <method> of an unknown task is answered with not_found
      When the client sends "<method> /api/tasks/task-99" with:
        | status | <status> |
      Then the request is refused with "not_found"
      And the response status is 404
      But the same request to "/api/tasks/task-1" succeeds

      Examples:
        | method | status    |
        | GET    | (omitted) |
        | PUT    | completed |
        | DELETE | (omitted) |

    @must @documented-tasks/unknown-task
    Scenario: The task of one user is an unknown task to another
      Given an access token with:
        | sub | user-999 |
      When the client sends "GET /api/tasks/task-1"
      Then the request is refused with "not_found"
      And the response status is 404
      But the same request succeeds without it

    @must @documented-tasks/invalid-task
    Scenario Outline: A new task with <flaw> is refused
      When the client sends "POST /api/tasks" with:
        | title   | <title>   |
        | status  | <status>  |
        | user_id | <user_id> |
      Then the request is refused with "invalid_request"
      But the same request succeeds with:
        | title | Write the report |

      Examples:
        | flaw                   | title     | status    | user_id   |
        | no title               | (omitted) | pending   | (omitted) |
        | an empty title         | (empty)   | (omitted) | (omitted) |
        | an unknown status      | Report    | done      | (omitted) |
        | the id of another user | Report    | (omitted) | user-999  |

    @must @documented-tasks/invalid-status
    Scenario: An update with an unknown status is refused
      When the client sends "PUT /api/tasks/task-1" with:
        | status | done |
      Then the request is refused with "invalid_request"
      But the same request succeeds with:
        | status | completed |
