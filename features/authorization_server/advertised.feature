@authorization-server @needs:metadata @needs:authorization_code
Feature: Advertised and enforced
  The authorization server supports the values that its metadata lists, and lists
  all that it supports. A client can rely on the lists.

  Background:
    Given a confidential client
    And the resource owner approves

  Rule: A listed value works

    @must @rfc8414-2/lists-are-true
    Scenario Outline: The server supports the <things> that it lists
      When the client tries every value of "<member>"
      Then the authorization server keeps the rule "advertised-works"

      Examples:
        | things                 | member                                |
        | grants                 | grant_types_supported                 |
        | authentication methods | token_endpoint_auth_methods_supported |
        | response types         | response_types_supported              |
        | response modes         | response_modes_supported              |
        | scopes                 | scopes_supported                      |

      @needs:client_credentials @needs:private_key_jwt
      Examples:
        | things                           | member                                           |
        | algorithms for client assertions | token_endpoint_auth_signing_alg_values_supported |

      @needs:pkce
      Examples:
        | things          | member                           |
        | transformations | code_challenge_methods_supported |

      @needs:introspection
      Examples:
        | things                                   | member                                        |
        | authentication methods for introspection | introspection_endpoint_auth_methods_supported |

      @needs:introspection @needs:client_credentials @needs:private_key_jwt
      Examples:
        | things                                        | member                                                   |
        | client assertion algorithms for introspection | introspection_endpoint_auth_signing_alg_values_supported |

      @needs:revocation
      Examples:
        | things                                | member                                     |
        | authentication methods for revocation | revocation_endpoint_auth_methods_supported |

      @needs:revocation @needs:client_credentials @needs:private_key_jwt
      Examples:
        | things                                     | member                                                |
        | client assertion algorithms for revocation | revocation_endpoint_auth_signing_alg_values_supported |

  Rule: A value that is not listed does not work

    @should @rfc8414-2/lists-are-complete
    Scenario Outline: The server lists all <things> that it supports
      When the client tries every value of "<member>"
      Then the authorization server keeps the rule "advertised-complete"

      Examples:
        | things                 | member                                |
        | grants                 | grant_types_supported                 |
        | authentication methods | token_endpoint_auth_methods_supported |
        | response types         | response_types_supported              |
        | response modes         | response_modes_supported              |
        | scopes                 | scopes_supported                      |

      @needs:client_credentials @needs:private_key_jwt
      Examples:
        | things                           | member                                           |
        | algorithms for client assertions | token_endpoint_auth_signing_alg_values_supported |

      @needs:pkce
      Examples:
        | things          | member                           |
        | transformations | code_challenge_methods_supported |

      @needs:introspection
      Examples:
        | things                                   | member                                        |
        | authentication methods for introspection | introspection_endpoint_auth_methods_supported |

      @needs:introspection @needs:client_credentials @needs:private_key_jwt
      Examples:
        | things                                        | member                                                   |
        | client assertion algorithms for introspection | introspection_endpoint_auth_signing_alg_values_supported |

      @needs:revocation
      Examples:
        | things                                | member                                     |
        | authentication methods for revocation | revocation_endpoint_auth_methods_supported |

      @needs:revocation @needs:client_credentials @needs:private_key_jwt
      Examples:
        | things                                     | member                                                |
        | client assertion algorithms for revocation | revocation_endpoint_auth_signing_alg_values_supported |
