@authorization-server @needs:metadata @needs:authorization_code
Feature: Advertised and enforced
  What the metadata lists works, and what it does not list is refused. A client
  that reads the metadata is neither led astray nor let in by a back door.

  Background:
    Given a confidential client
    And the resource owner approves

  @must @rfc8414-2/lists-are-true
  Scenario Outline: The server does exactly the <things> that it lists
    When the client tries every value of "<member>"
    Then the authorization server keeps the rule "advertised-exactly"

    Examples:
      | things                  | member                                |
      | grants                  | grant_types_supported                 |
      | authentication methods  | token_endpoint_auth_methods_supported |
      | response types          | response_types_supported              |
      | response modes          | response_modes_supported              |
      | scopes                  | scopes_supported                      |

  @must @rfc8414-2/lists-are-true @needs:client_credentials @needs:private_key_jwt
  Scenario Outline: The server verifies JWTs of clients at the <endpoint> endpoint by exactly the algorithms that it lists
    When the client tries every value of "<endpoint>_endpoint_auth_signing_alg_values_supported"
    Then the authorization server keeps the rule "advertised-exactly"

    Examples:
      | endpoint |
      | token    |

    @needs:introspection
    Examples:
      | endpoint      |
      | introspection |

    @needs:revocation
    Examples:
      | endpoint   |
      | revocation |

  @must @rfc8414-2/lists-are-true @needs:pkce
  Scenario: The server does exactly the transformations that it lists
    When the client tries every value of "code_challenge_methods_supported"
    Then the authorization server keeps the rule "advertised-exactly"

  @must @rfc8414-2/lists-are-true @needs:introspection
  Scenario: The server introspects for exactly the authentication methods that it lists
    When the client tries every value of "introspection_endpoint_auth_methods_supported"
    Then the authorization server keeps the rule "advertised-exactly"

  @must @rfc8414-2/lists-are-true @needs:revocation
  Scenario: The server revokes for exactly the authentication methods that it lists
    When the client tries every value of "revocation_endpoint_auth_methods_supported"
    Then the authorization server keeps the rule "advertised-exactly"
