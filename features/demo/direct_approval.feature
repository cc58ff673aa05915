@demo @needs:documented
Feature: Direct approval
  For demos and tests, the documented system issues an authorization code
  without a person, to the demo clients, on the machine that it runs on.

  Background:
    Given the documented system
    And the documented client "web-app" with the secret "webapp-secret-abcdef"

  @must @documented-authorize/direct-approval
  Scenario: The demo client gets a code with a JSON request
    When the client posts to "/oauth/authorize":
      | client_id    | web-app                        |
      | redirect_uri | http://localhost:3000/callback |
      | scope        | tasks:read user:read           |
      | user_id      | user-123                       |
    Then the response is JSON with:
      | code         | (present)                      |
      | redirect_uri | http://localhost:3000/callback |

  @must @documented-authorize/token-of-the-user
  Scenario: The code of direct approval becomes a token of the user
    Given an access token of the user for the scope "tasks:read user:read"
    When the client sends "GET /api/user"
    Then the response is JSON with:
      | id | user-123 |
    And the access token is a JWT with:
      | sub       | user-123             |
      | client_id | web-app              |
      | scope     | tasks:read user:read |

  @must @documented-authorize/refusals
  Scenario Outline: Direct approval with <flaw> is refused
    When the client posts to "/oauth/authorize":
      | client_id    | <client_id>    |
      | redirect_uri | <redirect_uri> |
      | scope        | tasks:read     |
      | user_id      | <user_id>      |
    Then the request is refused with "<error>"
    But the same request succeeds with:
      | client_id    | web-app                        |
      | redirect_uri | http://localhost:3000/callback |
      | scope        | tasks:read                     |
      | user_id      | user-123                       |

    Examples:
      | flaw                 | client_id | redirect_uri                   | user_id  | error           |
      | an unknown client    | stranger  | http://localhost:3000/callback | user-123 | invalid_request |
      | another redirect URI | web-app   | http://localhost:3000/other    | user-123 | invalid_request |
      | an unknown user      | web-app   | http://localhost:3000/callback | user-999 | invalid_request |
