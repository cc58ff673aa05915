@authorization-server @needs:token_exchange @needs:authorization_code
Feature: Tokens that can be exchanged
  A server exchanges only a token that it has verified, for a client that the
  token was meant for. It refuses others with invalid_request, not with
  invalid_grant.

  Background:
    Given a confidential client that serves a protected resource
    And the client has received an access token of the resource owner

  @must @rfc8693-2.2.2/subject-token-invalid @rfc8693-2.1/validated
  Scenario Outline: A subject token that is <flaw> is refused
    When the client exchanges the token with:
      | subject_token | <value> |
    Then the request is refused with "invalid_request"

    Examples:
      | flaw      | value                |
      | unknown   | (random)             |
      | changed   | (one letter changed) |
      | truncated | (cut off)            |

  @must @rfc8693-2.2.2/subject-token-invalid @rfc8693-2.1/validated
  Scenario: An expired subject token is refused
    Given 3600 seconds have passed
    When the client exchanges the token
    Then the request is refused with "invalid_request"
    But the same request succeeds without it

  @must @rfc8693-2.2.2/subject-token-invalid @rfc8693-2.1/validated @needs:revocation
  Scenario: A revoked subject token is refused
    Given the application has revoked its access token
    When the client exchanges the token
    Then the request is refused with "invalid_request"
    But the same request succeeds without it

  @must @rfc8693-2.2.2/subject-token-invalid @rfc8693-2.1/validated @needs:refresh_token @needs:revocation @needs:introspection
  Scenario: A subject token whose grant was revoked is refused
    Given the client has received an access token of an application with offline access
    And the application has revoked its refresh token
    When the client exchanges the token
    Then the request is refused with "invalid_request"
    But the same request succeeds without it

  @must @rfc8693-2.1/validated @rfc8693-2.2.2/subject-token-invalid @needs:refresh_token
  Scenario: A refresh token does not pass for an access token
    When the client exchanges the token with:
      | subject_token | (refresh_token) |
    Then the request is refused with "invalid_request"

  @may @rfc8693-3/refresh-token-subject @needs:refresh_token
  Scenario: A refresh token is refused as a subject token
    When the client exchanges the token with:
      | subject_token      | (refresh_token)                                |
      | subject_token_type | urn:ietf:params:oauth:token-type:refresh_token |
    Then the request is refused with "invalid_request"

  @should @rfc8693-2.1/entitled-client
  Scenario: A subject token that was meant for another resource is refused
    Given a confidential client that serves a protected resource
    When the client exchanges the token
    Then the request is refused with "invalid_request"
    But the same request succeeds without it

  Rule: An actor token is checked as strictly as a subject token

    @must @rfc8693-2.1/actor-token-type @needs:client_credentials
    Scenario: An actor token without its type is refused
      Given the client has received an actor token of an agent
      When the client exchanges the token with:
        | actor_token_type | (omitted) |
      Then the request is refused with "invalid_request"

    @must @rfc8693-2.1/actor-token-type
    Scenario: An actor_token_type without an actor token is refused
      When the client exchanges the token with:
        | actor_token_type | (valid) |
      Then the request is refused with "invalid_request"

    @must @rfc8693-2.2.2/actor-token-invalid @rfc8693-2.1/validated @needs:client_credentials
    Scenario Outline: An actor token that is <flaw> is refused
      Given the client has received an actor token of an agent
      When the client exchanges the token with:
        | actor_token | <value> |
      Then the request is refused with "invalid_request"

      Examples:
        | flaw      | value     |
        | unknown   | (random)  |
        | truncated | (cut off) |

    @should @rfc8693-2.1/entitled-client @needs:client_credentials @needs:control
    Scenario: An actor token that was meant for another resource is refused
      Given the client has received an actor token of an agent with:
        | resource | (aud) |
      When the client exchanges the token
      Then the request is refused with "invalid_request"
      But the same request succeeds without it
