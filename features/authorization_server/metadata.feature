@authorization-server
Feature: Authorization server metadata
  A client that knows the issuer finds everything else in the metadata.

  @must @mcp-2026-07-28-overview/metadata-offered @profile:mcp-2026-07-28 @profile:mcp-2025-11-25
  Scenario: Clients of MCP servers find the metadata
    When the client fetches the authorization server metadata
    Then the response status is 200

  @should @rfc9700-2.6/metadata-published @profile:bcp
  Scenario: Clients find the metadata
    When the client fetches the authorization server metadata
    Then the response status is 200

  @must @rfc8414-3/path-inserted @needs:oauth_metadata
  Scenario: The well-known string precedes the issuer's path in the metadata URL
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | issuer | (valid) |

  @must @rfc8414-3.2/json @needs:metadata
  Scenario: The metadata is a JSON document
    When the client fetches the authorization server metadata
    Then the response status is 200
    And the response header "Content-Type" contains "application/json"

  @must @rfc8414-3.3/issuer-identical @needs:metadata
  Scenario: The metadata names exactly the issuer that was asked
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | issuer | (valid) |

  @must @rfc8414-2/required-members @needs:metadata
  Scenario: The metadata names the token endpoint and the response types
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | token_endpoint           | (present) |
      | response_types_supported | (present) |

  @must @rfc8414-2/authorization-endpoint @needs:authorization_code @needs:metadata
  Scenario: The metadata names the authorization endpoint and the response type code
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | authorization_endpoint   | (present)       |
      | response_types_supported | (contains) code |

  @must @rfc6749-3.2/tls-required @needs:metadata
  Scenario: The token endpoint requires TLS
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | token_endpoint | (by TLS alone) |

  @must @rfc6749-3.1/tls-required @rfc6749-10.11/pages-tls @needs:authorization_code @needs:metadata
  Scenario: The authorization endpoint requires TLS
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | authorization_endpoint | (by TLS alone) |

  @must @rfc8414-2/issuer-plain @needs:metadata
  Scenario: The issuer is a URL without query and fragment
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | issuer | (without query and fragment) |

  @must @rfc8414-3.2/no-empty-lists @needs:metadata
  Scenario: The metadata has no empty lists
    When the client fetches the authorization server metadata
    Then no member of the response is an empty list

  @should @rfc8414-2/scopes-listed @needs:metadata
  Scenario: The metadata lists the scopes
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | scopes_supported | (present) |

  @should @rfc9068-4/keys-published @needs:jwt_access_token @needs:metadata
  Scenario: The metadata says where the keys are
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | jwks_uri | (present) |

  @may @rfc9728-4/protected-resources @needs:metadata
  Scenario: The metadata lists the protected resource
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | protected_resources | (contains) (resource) |

  @must @rfc8414-2.1/signed-metadata @needs:metadata
  Scenario: Signed metadata is signed by its issuer
    Given the authorization server is configured with:
      | signed_metadata | true |
    When the client fetches the authorization server metadata
    Then the authorization server keeps the rule "metadata-signed-by-issuer"

  @must @rfc6749-3.1/no-fragment @needs:authorization_code @needs:metadata
  Scenario: The URL of the authorization endpoint has no fragment
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | authorization_endpoint | (without a fragment) |

  @must @rfc6749-3.2/no-fragment @needs:metadata
  Scenario: The URL of the token endpoint has no fragment
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | token_endpoint | (without a fragment) |

  @must @rfc9207-2.3/advertised @mcp-2026-07-28-authorization-response-validation/iss-advertised @needs:issuer_identification @needs:metadata
  Scenario: The metadata says that responses name their issuer
    When the client fetches the authorization server metadata
    Then the response is JSON with:
      | authorization_response_iss_parameter_supported | true |

  @must @rfc7517-8.5.1/media-type @needs:jwks
  Scenario: The key set is JSON
    When the client fetches the JSON Web Key Set
    Then the response header "Content-Type" contains "json"

  @must @rfc7517-5/keys @oidc-discovery-3/no-private-keys @needs:jwks
  Scenario: The key set holds only public keys
    When the client fetches the JSON Web Key Set
    Then every key is public
