@authorization-server @needs:registration @needs:authorization_code
Feature: Registered client
  A client that has registered itself may do what it has registered for, at
  once, and nothing else.

  @must @rfc7591-2/redirect-uris-supported
  Scenario: A registered client gets a code
    Given the client has registered
    And the resource owner approves
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | code | (present) |

  @must @rfc7591-2/redirect-uris-supported
  Scenario: The redirect URI of another registration is refused
    Given the client has registered
    And another client has registered with:
      | application_type | web                              |
      | redirect_uris    | https://another.example/callback |
    And the resource owner approves
    When the client sends an authorization request with:
      | redirect_uri | https://another.example/callback |
    Then the user agent is not redirected

  @must @rfc7591-2/grant-types @needs:client_credentials
  Scenario: A grant that the client has not registered for is refused
    Given the client has registered with:
      | grant_types | authorization_code |
    When the client requests a token
    Then no access token is issued
    But the same request succeeds given the client has registered with:
      | grant_types    | client_credentials |
      | response_types | []                 |

  @must @rfc7591-2/response-types @needs:client_credentials
  Scenario: A client that has registered for no response type gets no code
    Given the resource owner approves
    And the client has registered with:
      | grant_types    | client_credentials |
      | response_types | []                 |
    When the client sends an authorization request
    Then no authorization code is issued
    But the same request succeeds given the client has registered

  @must @rfc6749-2.2/id-not-authentication @needs:client_credentials
  Scenario: A registered client with a secret has to send it
    Given the client has registered with:
      | grant_types    | client_credentials |
      | response_types | []                 |
    When the client requests a token with:
      | client_secret | (omitted) |
    Then no access token is issued
