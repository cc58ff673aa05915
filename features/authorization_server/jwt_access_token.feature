@authorization-server @needs:jwt_access_token @needs:client_credentials
Feature: JWT access tokens
  A JWT access token itself names its issuer, client, resource and expiry.

  Background:
    Given a confidential client

  @must @rfc9068-2.1/type @rfc9068-2.1/type-short
  Scenario: The header has the type at+jwt
    When the client requests a token
    Then the access token is a JWT with:
      | typ | at+jwt |

  @must @rfc9068-2.1/signed @rfc6749-10.3/unforgeable @rfc9068-2.1/asymmetric
  Scenario: The token is signed with an asymmetric key
    When the client requests a token
    Then the access token is a JWT with:
      | alg | (asymmetric) |
      | kid | (present)    |

  @must @rfc9068-2.2/claims @rfc6750-5.2/limited-lifetime @rfc6750-5.3/audience @rfc9700-2.3/audience-restricted @rfc9068-3/default-audience @rfc7519-4.1.4/numeric-date
  Scenario: The token has every claim that is required
    When the client requests a token
    Then the access token is a JWT with:
      | iss       | (valid)         |
      | aud       | (valid)         |
      | sub       | (present)       |
      | client_id | (valid)         |
      | iat       | (a JSON number) |
      | exp       | (a JSON number) |
      | jti       | (present)       |

  @should @rfc9068-2.2/subject-of-client
  Scenario: The token of a client names the client as its subject
    When the client requests a token
    Then the access token is a JWT with:
      | sub | (client_id) |

  @must @rfc7519-4.1.7/unique-identifier
  Scenario: No two tokens have the same identifier
    When the client requests a token 100 times at once
    Then no two access tokens have the same "jti"

  @should @rfc9068-2.2.3/scope
  Scenario: The token names its scope
    When the client requests a token with:
      | scope | (narrower scope) |
    Then the access token is a JWT with:
      | scope | (narrower scope) |

  @must @rfc9068-2.2/subject @needs:authorization_code @needs:control
  Scenario: The token of a resource owner names the resource owner
    Given the resource owner approves
    And the client has obtained an authorization code
    When the client redeems the code
    Then the access token is a JWT with:
      | sub | (valid) |
