@authorization-server @needs:token_exchange @needs:authorization_code
Feature: Token exchange
  A client that serves a protected resource, such as an MCP server, has received
  an access token of a resource owner there. It exchanges it for a token for
  another resource and acts with that for the same person.

  Background:
    Given a confidential client that serves a protected resource
    And the client has received an access token of the resource owner

  @must @rfc8693-2.2.1/response
  Scenario: A received access token is exchanged for another one
    When the client exchanges the token
    Then the response is JSON with:
      | access_token      | (present)                                                                             |
      | issued_token_type | urn:ietf:params:oauth:token-type:access_token or urn:ietf:params:oauth:token-type:jwt |
      | token_type        | Bearer or bearer                                                                      |

  @must @rfc8693-2.2.1/response
  Scenario: The client says which type of token it wants
    When the client exchanges the token with:
      | requested_token_type | urn:ietf:params:oauth:token-type:access_token |
    Then the response is JSON with:
      | issued_token_type | urn:ietf:params:oauth:token-type:access_token |

  @must @rfc8693-2.2.1/response
  Scenario: The exchanged token opens the other resource
    When the client exchanges the token
    Then the access token is accepted

  @must @rfc8693-2.1/inputs-untouched
  Scenario: The token that was exchanged can be exchanged again
    Given the client has exchanged the token
    When the client exchanges the token
    Then an access token is issued

  @must @rfc8693-2.2.1/scope
  Scenario: The response states a scope that was not asked for
    When the client exchanges the token with:
      | scope | (omitted) |
    Then the response is JSON with:
      | scope | (present) |

  @should @rfc8693-2.2.1/expires-in
  Scenario: The response says how long the exchanged token lives
    When the client exchanges the token
    Then the response is JSON with:
      | expires_in | (more than) 0 |

  @should @rfc8693-2.2.1/no-refresh-token
  Scenario: No refresh token comes with an exchanged token
    When the client exchanges the token
    Then no refresh token is issued

  Rule: A request that lacks something is refused

    @must @rfc8693-2.1/required-parameters
    Scenario Outline: A token exchange without <parameter> is refused
      When the client exchanges the token with:
        | <parameter> | (omitted) |
      Then the request is refused with "invalid_request"

      Examples:
        | parameter          |
        | subject_token      |
        | subject_token_type |

    @should @rfc8693-2.1/in-the-body
    Scenario: A subject token in the query is not read
      When the client exchanges the token with:
        | (query) | subject_token |
      Then the request is refused with "invalid_request"

  Rule: A type that the server does not issue is never replaced by another one

    @should @rfc8693-2.2.1/requested-type
    Scenario Outline: An access token is not exchanged for <kind>
      When the client exchanges the token with:
        | requested_token_type | <type> |
      Then the request is refused with "invalid_request"

      Examples:
        | kind             | type                                   |
        | a SAML assertion | urn:ietf:params:oauth:token-type:saml2 |
        | an unknown type  | urn:example:nobody-knows-this-type     |

    @must @rfc8693-2.2.1/not-applicable
    Scenario: An ID token is refused or not issued as a Bearer token
      When the client exchanges the token with:
        | requested_token_type | urn:ietf:params:oauth:token-type:id_token |
      Then the authorization server keeps the rule "id-token-is-no-bearer-token"
