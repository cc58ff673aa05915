@authorization-server
Feature: Token request
  These rules hold for every request to the token endpoint, whatever its grant.

  Background:
    Given a confidential client

  @must @rfc6749-3.2/unrecognized-ignored
  Scenario: An unrecognized parameter is ignored
    When the client requests a token with:
      | (unknown) colour | blue |
    Then an access token is issued

  @must @rfc6749-3.2/empty-omitted
  Scenario: An empty parameter in a token request is treated as omitted
    When the client requests a token with:
      | resource | (empty) |
    Then an access token is issued

  @must @rfc6749-5.2/invalid-request
  Scenario Outline: A token request with <flaw> is refused
    When the client requests a token with:
      | grant_type | <grant_type> |
    Then the request is refused with "invalid_request"

    Examples:
      | flaw                | grant_type |
      | no grant type       | (omitted)  |
      | an empty grant type | (empty)    |

  @must @rfc6749-5.2/unsupported-grant-type
  Scenario Outline: The grant type <grant_type> is refused
    When the client requests a token with:
      | grant_type | <grant_type> |
    Then the request is refused with "unsupported_grant_type"

    Examples:
      | grant_type       |
      | (random)         |
      | urn:example:nope |

  @must @rfc9700-2.4/no-password-grant @oauth-2.1-differences-from-oauth-2.0/no-password-grant
  Scenario: The password grant is refused
    When the client requests a token with:
      | grant_type | password |
      | username   | owner    |
      | password   | (random) |
    Then no access token is issued

  @must @rfc6749-5.2/unauthorized-client @needs:client_credentials
  Scenario: A grant that the client is not registered for is refused
    Given a confidential client with:
      | (without the grant) | client_credentials |
    When the client requests a token
    Then the request is refused with "unauthorized_client"
    But the same request succeeds given a confidential client with:
      | grant_types | client_credentials |

  Rule: No parameter is given twice

    @must @rfc6749-3.2/parameters-once @oauth-2.1-token-endpoint/parameters-once
    Scenario Outline: A token request with two <parameter> parameters is refused
      When the client requests a token with:
        | <parameter> | (twice) |
      Then the request is refused with "invalid_request"

      Examples:
        | parameter  |
        | grant_type |
        | scope      |

  Rule: The parameters are a form in the body

    @should @rfc6749-4.4.2/other-encodings-refused
    Scenario Outline: A token request as <media_type> is refused
      When the client requests a token with:
        | Content-Type | <media_type> |
      Then no access token is issued

      Examples:
        | media_type                               |
        | application/json                         |
        | text/plain                               |
        | application/x-www-form-urlencoded-longer |

    @must @rfc6749-4.4.2/form-encoded
    Scenario: A token request with a charset is understood
      When the client requests a token with:
        | Content-Type | application/x-www-form-urlencoded; charset=UTF-8 |
      Then an access token is issued

    @must @rfc9112-7.1/chunked-decoded
    Scenario: A token request in chunks is understood
      When the client requests a token with:
        | (transfer) | chunked |
      Then an access token is issued

    @should @rfc6749-4.4.2/other-encodings-refused
    Scenario: A token request in the URL is refused
      When the client requests a token with:
        | (query) | all |
      Then no access token is issued

    @should @rfc6749-3.2/post
    Scenario Outline: A token request by <method> is refused
      When the client requests a token with:
        | (method) | <method> |
        | (query)  | <query>  |
      Then no access token is issued

      Examples:
        | method | query |
        | GET    | all   |
        | PUT    | none  |
        | DELETE | none  |
