@mcp-server @needs:documented
Feature: Task tools of the MCP server
  An AI assistant starts the MCP server and calls its tools over standard
  streams. The MCP server is itself a client of the task API, with credentials
  from its environment.

  Background:
    Given the documented system
    And the documented client "mcp-task-manager" with the secret "mcp-secret-12345"

  @must @documented-mcp/tools
  Scenario: The four tools are listed
    When the client lists the MCP tools
    Then the tools are "create_task get_task list_tasks update_task"

  @must @documented-mcp/tool-schemas
  Scenario: Every tool describes its input and output
    When the client lists the MCP tools
    Then the MCP server keeps the rule "tools-described"

  @must @documented-mcp/list-tasks
  Scenario: The tool list_tasks lists the demo tasks
    When the client calls the MCP tool "list_tasks"
    Then the tool succeeds with:
      | total      | 2      |
      | tasks.0.id | task-1 |

  @must @documented-mcp/create-task
  Scenario: The tool create_task creates a task
    When the client calls the MCP tool "create_task" with:
      | title       | Write the report |
      | description | Three pages      |
    Then the tool succeeds with:
      | title  | Write the report |
      | status | pending          |

  @must @documented-mcp/get-task
  Scenario: The tool get_task shows a task
    When the client calls the MCP tool "get_task" with:
      | task_id | task-1 |
    Then the tool succeeds with:
      | title | Learn OAuth 2.0 |

  @must @documented-mcp/update-task
  Scenario: The tool update_task changes the status
    When the client calls the MCP tool "update_task" with:
      | task_id | task-1    |
      | status  | completed |
    Then the tool succeeds with:
      | id     | task-1    |
      | status | completed |

  Rule: A failing call is a tool error that says what to do

    @must @documented-mcp/tool-errors
    Scenario Outline: The tool <tool> reports <flaw>
      When the client calls the MCP tool "<tool>" with:
        | task_id | <task_id> |
        | status  | <status>  |
        | title   | <title>   |
      Then the tool fails, saying "<message>"
      And the MCP server keeps the rule "no-secret-in-answer"
      But the same request succeeds with:
        | task_id | <good_id>     |
        | status  | <good_status> |
        | title   | <good_title>  |

      Examples:
        | tool        | flaw              | task_id   | status    | title     | message | good_id   | good_status | good_title |
        | get_task    | an unknown task   | task-99   | (omitted) | (omitted) | task-99 | task-1    | (omitted)   | (omitted)  |
        | update_task | an unknown task   | task-99   | completed | (omitted) | task-99 | task-1    | completed   | (omitted)  |
        | update_task | an unknown status | task-1    | done      | (omitted) | status  | task-1    | completed   | (omitted)  |
        | create_task | a missing title   | (omitted) | (omitted) | (omitted) | title   | (omitted) | (omitted)   | Report     |

    @must @documented-mcp/no-secret
    Scenario: A tool reports an unreachable authorization server and reveals no secret
      Given the authorization server cannot be reached
      When the client calls the MCP tool "list_tasks"
      Then the tool fails, saying "cannot be reached"
      And the MCP server keeps the rule "no-secret-in-answer"
      But the same request succeeds without it

    @must @documented-mcp/no-secret
    Scenario: A tool reports a wrong client secret and reveals no secret
      Given the documented client "mcp-task-manager" with the secret "wrong-secret-12345"
      When the client calls the MCP tool "list_tasks"
      Then the tool fails, saying "invalid_client"
      And the MCP server keeps the rule "no-secret-in-answer"
      But the same request succeeds without it
