@demo @needs:documented
Feature: Operation of the documented system
  Operators see the health of the servers and the list of clients.

  Background:
    Given the documented system

  @must @documented-operation/health
  Scenario Outline: The <server> is healthy
    When the client fetches "/health" from the <server>
    Then the response is JSON with:
      | status  | ok        |
      | service | <service> |

    Examples:
      | server               | service         |
      | authorization server | auth-server     |
      | protected resource   | resource-server |

  @must @documented-operation/clients-listed
  Scenario: The clients are listed and their secrets are not
    When the client fetches "/debug/clients" from the authorization server
    Then the response is JSON with:
      | clients.0.client_id     | ai-agent-assistant |
      | clients.0.client_secret | [redacted]         |
