@authorization-server @needs:private_key_jwt
Feature: The claims of a client assertion
  A client assertion names the client as issuer and subject, this server as
  audience, and the time for which it is valid.

  Background:
    Given the client authenticates with "private_key_jwt"

  @must @oidc-core-9/unknown-claims-ignored
  Scenario: An unknown claim in a client assertion is ignored
    When the client requests a token with:
      | (unknown) assertion colour | blue |
    Then an access token is issued

  @may @rfc7523-3/clock-skew
  Scenario: A client assertion from a clock that is ahead by seconds is accepted
    When the client requests a token with:
      | assertion nbf | (in 8 seconds) |
      | assertion iat | (in 8 seconds) |
    Then an access token is issued

  @must @rfc7523-3/subject-is-client @oidc-core-9/assertion-claims
  Scenario: A client assertion with another subject is refused
    When the client requests a token with:
      | assertion sub | (random) |
    Then the request is refused with "invalid_client or invalid_request"

  @must
  Scenario Outline: A client assertion with <flaw> is refused
    When the client requests a token with:
      | assertion <claim> | <value> |
    Then the request is refused with "invalid_client"

    @rfc7523-3/issuer @rfc7523-3.2/invalid-client
    Examples:
      | flaw   | claim | value     |
      | no iss | iss   | (omitted) |

    @rfc7523-3/issuer-is-client @rfc7523-3/issuer-compared @oidc-core-9/assertion-claims
    Examples:
      | flaw                            | claim | value    |
      | another issuer                  | iss   | (random) |
      | a character appended to its iss | iss   | (valid)x |

    @rfc7523-3/subject @rfc7523-3.2/invalid-client
    Examples:
      | flaw   | claim | value     |
      | no sub | sub   | (omitted) |

    @rfc7523-3/audience @rfc7523-3.2/invalid-client
    Examples:
      | flaw   | claim | value     |
      | no aud | aud   | (omitted) |

    @rfc7523-3/audience-self @rfc7523-3/audience-compared @oidc-core-9/assertion-audience
    Examples:
      | flaw                     | claim | value          |
      | another audience         | aud   | (other issuer) |
      | an audience with a query | aud   | (valid)?a=b    |
      | an audience in capitals  | aud   | (upper case)   |

    @rfc7523-3/expiry @rfc7523-3.2/invalid-client
    Examples:
      | flaw   | claim | value     |
      | no exp | exp   | (omitted) |

    @rfc7523-3/expired @oidc-core-9/assertion-expiry
    Examples:
      | flaw                  | claim | value              |
      | a past exp            | exp   | (expired)          |
      | an exp of an hour ago | exp   | (3600 seconds ago) |

    @rfc7523-3/not-before
    Examples:
      | flaw         | claim | value            |
      | a future nbf | nbf   | (in 600 seconds) |

  @must @oidc-core-9/assertion-claims @profile:oidc
  Scenario: A client assertion without a jti is refused
    When the client requests a token with:
      | assertion jti | (omitted) |
    Then the request is refused with "invalid_client"

  @may @rfc7523-3/old-issued-at
  Scenario: A client assertion that was issued a day ago is refused
    When the client requests a token with:
      | assertion iat | (86400 seconds ago) |
    Then the request is refused with "invalid_client"
