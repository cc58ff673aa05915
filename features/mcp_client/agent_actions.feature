@mcp-client @needs:documented
Feature: Actions of the AI agent
  The agent acts on the tasks of the user that its client acts for.

  Background:
    Given the documented system
    And the documented client "ai-agent-assistant" with the secret "agent-secret-67890"

  @must @documented-agent/read
  Scenario Outline: The agent runs <action> for its user
    When the agent runs "<action>"
    Then the agent says "<sentence>"

    Examples:
      | action     | sentence        |
      | list-tasks | Learn OAuth 2.0 |
      | get-user   | demo-user       |
      | summarize  | 2 tasks         |

  @must @documented-agent/create
  Scenario: The agent creates a task
    When the agent runs "create-task" with:
      | title | Write the report |
    Then the agent says "Write the report"

  @must @documented-agent/get
  Scenario: The agent shows a task
    When the agent runs "get-task" with:
      | task_id | task-1 |
    Then the agent says "Learn OAuth 2.0"

  @must @documented-agent/update
  Scenario: The agent updates a task
    When the agent runs "update-task" with:
      | task_id | task-1    |
      | status  | completed |
    Then the agent says "completed"

  @must @documented-agent/delete
  Scenario: The agent deletes a task
    When the agent runs "delete-task" with:
      | task_id | task-2 |
    Then the agent says "task-2"

  @must @documented-agent/complete-oldest-pending
  Scenario: The agent completes the oldest pending task
    Given the user has the pending task "First"
    And the user has the pending task "Second"
    When the agent runs "complete-oldest-pending"
    Then the agent says "First"

  @must @documented-agent/complete-all-pending
  Scenario: The agent completes every pending task
    Given the user has the pending task "First"
    And the user has the pending task "Second"
    When the agent runs "complete-all-pending"
    Then the agent says "2 tasks"

  Rule: The agent says what it cannot do

    @must @documented-agent/unknown-task
    Scenario: The agent says that a task is unknown
      When the agent runs "get-task" with:
        | task_id | task-99 |
      Then the agent fails, saying "task-99"
      But the same request succeeds with:
        | task_id | task-1 |

    @must @documented-agent/insufficient-scope
    Scenario: The agent says which scope it lacks
      Given the documented client "mcp-task-manager" with the secret "mcp-secret-12345"
      When the agent runs "get-user"
      Then the agent fails, saying "user:read"
      But the same request succeeds without it

    @must @documented-agent/server-down
    Scenario Outline: The agent says that the <server> is down
      Given the <server> cannot be reached
      When the agent runs "list-tasks"
      Then the agent fails, saying "<message>"
      But the same request succeeds without it

      Examples:
        | server               | message              |
        | authorization server | authorization server |
        | protected resource   | resource server      |
