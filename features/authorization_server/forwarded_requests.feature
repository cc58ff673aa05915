@authorization-server
Feature: Headers that anyone can send
  The authorization server knows its own address. No header of a request says
  what it is called, or who asks.

  @must @rfc8414-3.3/issuer-identical @needs:metadata
  Scenario Outline: The <header> header does not change the metadata
    When the client fetches the authorization server metadata with:
      | <header> | <value> |
    Then the response is JSON with:
      | issuer | (valid) |

    Examples:
      | header           | value                       |
      | X-Forwarded-Host | attacker.example            |
      | Forwarded        | host="attacker.example"     |
