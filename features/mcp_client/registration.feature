@mcp-client @needs:control
Feature: Registration by an MCP client
  A client prefers the credentials that it was given, registers itself where it
  has none, and keeps each server's credentials for that server.

  @should @mcp-2026-07-28-client-registration/priority @mcp-2026-07-28-pre-registration/static-credentials
  Scenario: A client that was registered beforehand does not register
    Given an MCP client with:
      | client_id | (registered beforehand) |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent 0 registration requests

  @must @mcp-2026-07-28-application-type/sent @mcp-2026-07-28-client-registration/client-id-first @mcp-2026-07-28-overview/registration-client
  Scenario: A client that registers says which kind of application it is
    Given an MCP client
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent a registration request with:
      | application_type | (present) |

  @should @mcp-2026-07-28-application-type/native
  Scenario: A client on a person's machine registers as native
    Given an MCP client
    When the agent connects to the MCP server
    Then the agent sent a registration request with:
      | application_type | native |

  @should @mcp-2026-07-28-refresh-tokens/grant-type-listed
  Scenario: A client registers for the refresh token grant
    Given an MCP client
    When the agent connects to the MCP server
    Then the agent sent a registration request with:
      | grant_types | (contains) refresh_token |

  @must @mcp-2026-07-28-authorization-server-binding/not-reused @mcp-2026-07-28-authorization-server-binding/keyed-by-issuer @mcp-2026-07-28-authorization-server-location/no-shared-credentials
  Scenario: The credentials of another authorization server are not shown
    Given an MCP client with:
      | client_id | (of another authorization server) |
    When the agent connects to the MCP server
    Then the agent keeps the rule "credentials-withheld"
    But the same request succeeds given an MCP client with:
      | client_id | (registered beforehand) |

  @must @mcp-2026-07-28-communication-security/redirect-uris @oauth-2.1-communication-security/client-https @rfc7591-2/redirect-uris-sent @rfc7591-5/redirect-uri-kinds-sent @rfc6749-3.1.2/client-absolute-uri
  Scenario: A client registers redirect URIs on its own machine or with https
    Given an MCP client
    When the agent connects to the MCP server
    Then the agent sent a registration request with:
      | redirect_uris | (by TLS alone) |

  @should @rfc8252-8.3/no-localhost
  Scenario: A client on a person's machine registers a loopback redirect URI
    Given an MCP client
    When the agent connects to the MCP server
    Then the agent sent a registration request with:
      | redirect_uris | (contains) http://127.0.0.1 |

  @must @mcp-2026-07-28-open-redirection/registered-redirect
  Scenario: A client sends its registered redirect URI
    Given an MCP client
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent an authorization request with:
      | redirect_uri | (by TLS alone) |

  @should @rfc7591-2/client-name-sent
  Scenario: A client registers with a client_name
    Given an MCP client
    When the agent connects to the MCP server
    Then the agent sent a registration request with:
      | client_name | (present) |

  @should @rfc7591-2/client-uri-sent
  Scenario: A client registers with a client_uri
    Given an MCP client
    When the agent connects to the MCP server
    Then the agent sent a registration request with:
      | client_uri | (present) |

  @may @mcp-2026-07-28-step-up/own-behalf
  Scenario: A client that acts for itself needs no person
    Given an MCP client with:
      | client_id   | (registered beforehand) |
      | grant_types | client_credentials      |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent a token request with:
      | grant_type | client_credentials |
      | resource   | (valid)            |

  @must @mcp-2026-07-28-resource-parameter-implementation/in-both-requests @mcp-2026-07-28-canonical-server-uri/always-sent
  Scenario: A client that acts for itself names the resource too
    Given an MCP client with:
      | client_id   | (registered beforehand) |
      | grant_types | client_credentials      |
    When the agent connects to the MCP server
    Then the agent succeeds
    And the agent sent a token request with:
      | resource | (valid) |
