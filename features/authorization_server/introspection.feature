@authorization-server @needs:introspection
Feature: Token introspection
  A protected resource asks the authorization server whether a token is active,
  and what it was issued for.

  Background:
    Given a confidential client
    And the client has obtained an access token

  @must @rfc7662-2.2/active
  Scenario: A valid token is active
    When the protected resource introspects the token
    Then the response status is 200
    And the response is JSON with:
      | active | true |

  @may @rfc7662-2.2/described
  Scenario: Introspection describes a valid token
    When the protected resource introspects the token
    Then the response is JSON with:
      | client_id  | (valid)         |
      | iss        | (valid)         |
      | aud        | (valid)         |
      | sub        | (present)       |
      | scope      | (valid)         |
      | token_type | Bearer          |
      | exp        | (a JSON number) |

  @must @rfc7662-2.2/inactive
  Scenario Outline: <token> is inactive
    When the protected resource introspects the token with:
      | token | <value> |
    Then the response status is 200
    And the response is JSON with:
      | active | false |

    Examples:
      | token            | value          |
      | An unknown token | (random)       |
      | A changed token  | (valid)changed |

  @should @rfc7662-2.2/nothing-about-inactive
  Scenario Outline: Introspection does not describe <token>
    When the protected resource introspects the token with:
      | token | <value> |
    Then the authorization server keeps the rule "inactive-and-nothing-else"

    Examples:
      | token            | value          |
      | an unknown token | (random)       |
      | a changed token  | (valid)changed |

  @must @rfc7662-2.2/inactive
  Scenario: An expired token is inactive
    Given the access token has expired
    When the protected resource introspects the token
    Then the response is JSON with:
      | active | false |
    But the same request succeeds without it

  @must @rfc7519-7.2/no-additional-characters @needs:jwt_access_token
  Scenario Outline: A JWT <spelling> is inactive
    When the protected resource introspects the token with:
      | token | (<spelling>) |
    Then the response is JSON with:
      | active | false |

    Examples:
      | spelling                |
      | padded                  |
      | with a line break in it |
      | after a line break      |
      | followed by a blank     |

  @must @rfc7662-2.1/unknown-hint-ignored
  Scenario Outline: The hint <hint> does not hide an access token
    When the protected resource introspects the token with:
      | token_type_hint | <hint> |
    Then the response is JSON with:
      | active | true |

    Examples:
      | hint              |
      | refresh_token     |
      | type-of-elsewhere |

  @must @rfc7662-4/checks-complete @needs:control
  Scenario: A token that is not valid yet is inactive
    Given an access token with:
      | client_id | (valid)       |
      | nbf       | (in a minute) |
    When the protected resource introspects the token
    Then the response is JSON with:
      | active | false |
    But the same request succeeds without it

  @may @rfc7662-2.1/get-refused
  Scenario: A token in a URL is not introspected
    When the protected resource introspects the token with:
      | (method) | GET |
      | (query)  | all |
    Then the authorization server keeps the rule "nothing-about-the-token"
