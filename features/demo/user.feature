@demo @needs:documented
Feature: The user of the documented system
  A token of the user, or of a client that acts for the user, opens the user's
  profile.

  Background:
    Given the documented system

  @must @documented-user/get
  Scenario: A client that acts for the user reads the profile
    Given the documented client "ai-agent-assistant" with the secret "agent-secret-67890"
    And the client has obtained an access token
    When the client sends "GET /api/user"
    Then the response is JSON with:
      | id       | user-123         |
      | username | demo-user        |
      | email    | demo@example.com |

  @must @documented-user/update-email
  Scenario: The email address is changed
    Given an access token of the user for the scope "user:write"
    When the client sends "PUT /api/user" with:
      | email | new@example.com |
    Then the response is JSON with:
      | email    | new@example.com |
      | username | demo-user       |

  @must @documented-user/update-preferences
  Scenario: The preferences are changed
    Given an access token of the user for the scope "user:write"
    When the client sends "PUT /api/user" with:
      | preferences | {"theme":"dark"} |
    Then the response is JSON with:
      | preferences.theme | dark |

  @must @documented-user/invalid-email
  Scenario: An invalid email address is refused
    Given an access token of the user for the scope "user:write"
    When the client sends "PUT /api/user" with:
      | email | nonsense |
    Then the request is refused with "invalid_request"
    But the same request succeeds with:
      | email | new@example.com |
