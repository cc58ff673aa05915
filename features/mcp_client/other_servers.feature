@mcp-client @needs:control
Feature: A client with several authorization servers
  A client identifies itself as each authorization server requires, and shows
  the credentials of one to no other.

  @should @mcp-2026-07-28-authorization-server-binding/mismatch-surfaced
  Scenario: A client whose credentials are for another authorization server says so
    Given an MCP client with:
      | client_id | (registered beforehand) |
    And the MCP server has moved to another authorization server
    When the agent connects to the MCP server
    Then the agent fails, saying "the credentials are for"
    But the same request succeeds without it

  @must @mcp-2026-07-28-authorization-server-metadata/root-issuer-locations
  Scenario: The client asks for both kinds of metadata of an issuer without a path
    Given an MCP client
    And the MCP server names an authorization server without metadata
    When the agent connects to the MCP server
    Then the agent asked that authorization server for:
      | first  | /.well-known/oauth-authorization-server |
      | second | /.well-known/openid-configuration       |

  Rule: A client ID metadata document may replace a registration

    Background:
      Given an MCP client with:
        | client_id | (client ID metadata document) |

    @should @mcp-2026-07-28-overview/cimd-client @mcp-2026-07-28-client-registration/priority @cimd-client-identifier/no-query
    Scenario: A client with a document does not register
      When the agent connects to the MCP server
      Then the agent succeeds
      And the agent sent 0 registration requests
      And the agent sent an authorization request with:
        | client_id | https://conformance-test.local/client-metadata.json |

    @needs:client_document @must @mcp-2026-07-28-client-id-metadata-documents/https-with-path @cimd-client-identifier/own-url
    Scenario: The client_id of a document is an https URL with a path
      When the agent connects to the MCP server
      Then the agent sent an authorization request with:
        | client_id | (contains) https://conformance-test.local/ |

    @needs:step_up @needs:client_document @should @cimd-client-identifier/stable
    Scenario: A client sends the same document URL in every request
      When the agent calls the MCP tool "get_user"
      Then the agent sent 2 authorization requests
      And the agent sent only authorization requests with:
        | client_id | https://conformance-test.local/client-metadata.json |

    @must @mcp-2026-07-28-client-id-metadata-documents/required-members @mcp-2026-07-28-client-id-metadata-documents/client-id-identical @cimd-client-metadata-document/own-client-id @cimd-client-metadata-document/served-with-200 @cimd-client-metadata-document/no-secret-published
    Scenario: The document of a client has the required members and no secret
      When the agent connects to the MCP server
      Then the metadata document of the agent has:
        | client_id                  | https://conformance-test.local/client-metadata.json |
        | client_name                | (present)                                           |
        | redirect_uris              | (present)                                           |
        | token_endpoint_auth_method | none or private_key_jwt                             |
        | client_secret              | (absent)                                            |
        | client_secret_expires_at   | (absent)                                            |

    @needs:client_document @must @cimd-client-authentication/sent @mcp-2026-07-28-client-id-metadata-documents/private-key-jwt
    Scenario: A client whose document has a key authenticates with it
      Given an MCP client with:
        | client_id                  | (client ID metadata document) |
        | token_endpoint_auth_method | private_key_jwt               |
      When the agent connects to the MCP server
      Then the agent sent only token requests with:
        | client_assertion      | (present)                                              |
        | client_assertion_type | urn:ietf:params:oauth:client-assertion-type:jwt-bearer |

    @should @mcp-2026-07-28-client-id-metadata-documents/support-checked @mcp-2026-07-28-client-id-metadata-documents/fallback
    Scenario: A client with a document registers where documents are not supported
      Given the authorization server metadata have:
        | client_id_metadata_document_supported | (omitted) |
      When the agent connects to the MCP server
      Then the agent succeeds
      And the agent sent 1 registration requests
