@authorization-server @needs:metadata @needs:authorization_code
Feature: Advertised and enforced
  The authorization server supports the values that its metadata lists and
  refuses all others. A client can rely on the lists.

  Background:
    Given a confidential client
    And the resource owner approves

  @must @rfc8414-2/lists-are-true
  Scenario Outline: The server supports exactly the <things> that it lists
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
  Scenario Outline: The <endpoint> endpoint verifies client assertions with exactly the listed algorithms
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
  Scenario: The server supports exactly the transformations that it lists
    When the client tries every value of "code_challenge_methods_supported"
    Then the authorization server keeps the rule "advertised-exactly"

  @must @rfc8414-2/lists-are-true @needs:introspection
  Scenario: The introspection endpoint supports exactly the listed authentication methods
    When the client tries every value of "introspection_endpoint_auth_methods_supported"
    Then the authorization server keeps the rule "advertised-exactly"

  @must @rfc8414-2/lists-are-true @needs:revocation
  Scenario: The revocation endpoint supports exactly the listed authentication methods
    When the client tries every value of "revocation_endpoint_auth_methods_supported"
    Then the authorization server keeps the rule "advertised-exactly"
