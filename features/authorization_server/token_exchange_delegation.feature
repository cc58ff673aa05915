@authorization-server @needs:token_exchange @needs:authorization_code @needs:jwt_access_token
Feature: Delegation by token exchange
  An exchanged token names the resource owner and the party that acts for them,
  so that a resource can distinguish the two.

  Background:
    Given a confidential client that serves a protected resource
    And the client has received an access token of the resource owner

  @should @rfc8693-4.1/actor
  Scenario: The exchanged token names the resource owner and the client that acts
    When the client exchanges the token
    Then the access token is a JWT with:
      | sub     | (subject)   |
      | act.sub | (client_id) |
      | act.act | (absent)    |

  @must @rfc8693-4.1/identity-alone
  Scenario: The actor claim identifies the actor and says nothing else
    When the client exchanges the token
    Then the access token is a JWT with:
      | act.sub | (present) |
      | act.exp | (absent)  |
      | act.nbf | (absent)  |
      | act.aud | (absent)  |

  @must @rfc8693-4.3/client-id
  Scenario: The exchanged token was issued to the client that exchanged it
    When the client exchanges the token
    Then the access token is a JWT with:
      | client_id | (client_id) |

  @should @rfc8693-4.1/actor @needs:client_credentials
  Scenario: An actor token names another actor
    Given the client has received an actor token of an agent
    When the client exchanges the token
    Then the access token is a JWT with:
      | sub     | (subject) |
      | act.sub | (agent)   |

  @should @rfc8693-4.1/actor @needs:client_credentials
  Scenario: An agent that acts for itself is the subject of the exchanged token
    Given the client has received an access token of an agent
    When the client exchanges the token
    Then the access token is a JWT with:
      | sub     | (agent)     |
      | act.sub | (client_id) |

  @should @rfc8693-4.1/introspected @needs:introspection
  Scenario: Introspection names the actor
    Given the client has exchanged the token
    When the protected resource introspects the token
    Then the response is JSON with:
      | active  | true        |
      | sub     | (subject)   |
      | act.sub | (client_id) |

  Rule: The most recent actor is outermost in the chain

    @should @rfc8693-4.1/actor
    Scenario: A token that is exchanged again names both actors
      Given the client has passed the token on to another one
      When the client exchanges the token
      Then the access token is a JWT with:
        | sub         | (subject)        |
        | act.sub     | (client_id)      |
        | act.act.sub | (earlier client) |

    @should @rfc8693-4.1/actor
    Scenario: The earlier actors follow the current one after three exchanges
      Given the client has passed the token on to another one
      And the client has passed the token on to another one
      When the client exchanges the token
      Then the access token is a JWT with:
        | act.sub         | (client_id)      |
        | act.act.sub     | (earlier client) |
        | act.act.act.sub | (present)        |

    @may @rfc8693-2.2.2/chain-limited
    Scenario: A long chain of actors is refused
      Given the received token has other claims:
        | act | {"sub":"a","act":{"sub":"b","act":{"sub":"a","act":{"sub":"b"}}}} |
      When the client exchanges the token
      Then the request is refused with "invalid_request"
      But the same request succeeds without it

  Rule: The subject token decides who may act

    @should @rfc8693-4.4/may-act
    Scenario: A client that may_act names exchanges the token
      Given the received token has other claims:
        | may_act | {"sub":"(client_id)"} |
      When the client exchanges the token
      Then an access token is issued

    @should @rfc8693-4.4/may-act
    Scenario: A client that may_act does not name is refused
      Given the received token has other claims:
        | may_act | {"sub":"somebody-else"} |
      When the client exchanges the token
      Then the request is refused with "invalid_request"
      But the same request succeeds without it
