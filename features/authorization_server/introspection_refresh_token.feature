@authorization-server @needs:introspection @needs:authorization_code @needs:refresh_token
Feature: Introspection of refresh tokens
  Only the client of a refresh token may ask whether it still works.

  Background:
    Given a confidential client with:
      | grant_types | authorization_code refresh_token |
    And the resource owner approves
    And the client has obtained a refresh token

  @may @rfc7662-2.1/refresh-tokens
  Scenario: A fresh refresh token is active
    When the client introspects the token with:
      | token | (refresh_token) |
    Then the response is JSON with:
      | active     | true            |
      | client_id  | (valid)         |
      | iss        | (valid)         |
      | scope      | (present)       |
      | exp        | (a JSON number) |
      | token_type | (absent)        |

  @must @rfc7662-4/checks-complete
  Scenario: A used refresh token is inactive
    Given the client has exchanged its refresh token for another
    And 180 seconds have passed
    When the client introspects the token with:
      | token | (used refresh_token) |
    Then the authorization server keeps the rule "no-more-active-than-accepted"

  @must @rfc7662-4/checks-complete @needs:revocation
  Scenario: A revoked refresh token is inactive
    Given the client has revoked the token with:
      | token | (refresh_token) |
    When the client introspects the token with:
      | token | (refresh_token) |
    Then the response is JSON with:
      | active | false |

  @must @rfc7662-4/checks-complete
  Scenario: A refresh token that was unused for a year is inactive
    Given 31536000 seconds have passed
    When the client introspects the token with:
      | token | (refresh_token) |
    Then the response is JSON with:
      | active | false |

  Rule: A refresh token is a secret between its client and the server

    @should @rfc7662-4/own-tokens-only
    Scenario: A protected resource learns nothing about a refresh token
      Given the protected resource has credentials of its own
      When the protected resource introspects the token with:
        | token | (refresh_token) |
      Then the response is JSON with:
        | active    | false    |
        | client_id | (absent) |

    @should @rfc7662-4/own-tokens-only
    Scenario: A client learns nothing about the refresh token of another client
      Given another confidential client intercepts the refresh token
      When the other client introspects the token with:
        | token | (refresh_token) |
      Then the response is JSON with:
        | active    | false    |
        | client_id | (absent) |
