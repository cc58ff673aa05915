@authorization-server @needs:openid @needs:authorization_code
Feature: ID token
  A client that requests the scope openid learns who the user is, from a token
  that is meant for it alone.

  Background:
    Given a confidential client
    And the resource owner approves
    And the client has obtained an authorization code with:
      | scope | (valid) openid |
      | nonce | (random)       |

  @must @oidc-core-3.1.3.3/id-token @oidc-discovery-3/openid-scope @profile:oidc
  Scenario: The scope openid yields an ID token
    When the client redeems the code
    Then the response is JSON with:
      | id_token | (present) |

  @must @oidc-core-2/required-claims @oidc-core-2/aud-client-id @oidc-core-2/times-are-numbers @oidc-discovery-3/issuer-is-iss @profile:oidc
  Scenario: The ID token names its issuer, subject, audience and lifetime
    When the client redeems the code
    Then the ID token is a JWT with:
      | iss | (valid)                |
      | sub | (present)              |
      | aud | (contains) (client_id) |
      | iat | (a JSON number)        |
      | exp | (a JSON number)        |

  @must @oidc-core-2/nonce-echoed @profile:oidc
  Scenario: The ID token repeats the nonce
    When the client redeems the code
    Then the ID token is a JWT with:
      | nonce | (valid) |

  @must @oidc-core-3.1.3.6/at-hash @oidc-core-2/azp-client-id @profile:oidc
  Scenario: The ID token has correct at_hash and azp values, if any
    When the client redeems the code
    Then the ID token is a JWT with:
      | at_hash | (hash of the access token) or (absent) |
      | azp     | (client_id) or (absent)                |

  Rule: The identifier of the user is stable

    @must @oidc-core-2/sub-length @profile:oidc
    Scenario: The sub has at most 255 characters
      When the client redeems the code
      Then the ID token is a JWT with:
        | sub | (at most 255 characters) |

    @must @oidc-core-2/sub-stable @profile:oidc
    Scenario: The sub of a user stays the same
      Given the client has redeemed the code
      And the client has obtained an authorization code with:
        | scope | (valid) openid |
      When the client redeems the code
      Then the ID token keeps its "sub"

  Rule: The signature can be verified

    @must @oidc-core-10.1/published-key @oidc-core-2/signed @oidc-core-2/no-alg-none @profile:oidc @needs:jwks
    Scenario: A published key verifies the ID token
      Given the client has redeemed the code
      When the client fetches the JSON Web Key Set
      Then a published key verifies the ID token

    @must @oidc-core-15.1/rs256 @oidc-core-10.1/supported-alg @profile:oidc
    Scenario: The ID token is signed with RS256
      Given a confidential client with:
        | (registered by itself) | yes |
      And the client has obtained an authorization code with:
        | scope | (valid) openid |
      When the client redeems the code
      Then the ID token is a JWT with:
        | alg | RS256 |

    @must @oidc-core-10.1/kid @profile:oidc
    Scenario: The ID token names the key that signed it
      When the client redeems the code
      Then the ID token is a JWT with:
        | kid | (present) |

    @should @oidc-core-2/no-key-headers @profile:oidc
    Scenario: The header of the ID token contains no key
      When the client redeems the code
      Then the ID token is a JWT with:
        | jku | (absent) |
        | jwk | (absent) |
        | x5u | (absent) |
        | x5c | (absent) |

  @must @oidc-core-10.1/no-symmetric-public @profile:oidc
  Scenario: The ID token of a public client has an asymmetric signature
    Given a public client
    And the client has obtained an authorization code with:
      | scope | (valid) openid |
    When the client redeems the code
    Then the ID token is a JWT with:
      | alg | (asymmetric) |
