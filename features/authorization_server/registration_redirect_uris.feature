@authorization-server @needs:registration
Feature: Redirect URIs of a registration
  A client registers the complete redirect URIs that its users return to, each
  under its own control.

  @must @rfc7591-5/redirect-uri-kinds
  Scenario Outline: A redirect URI with <kind> is registered
    When the client registers with:
      | application_type | <type>         |
      | redirect_uris    | <redirect_uri> |
    Then the response status is 201
    And the response is JSON with:
      | redirect_uris.0 | <redirect_uri> |

    Examples:
      | kind                   | type   | redirect_uri                    |
      | https                  | web    | https://client.example/callback |
      | http on IPv4 loopback  | native | http://127.0.0.1/callback       |
      | http on IPv6 loopback  | native | http://[::1]/callback           |
      | http on localhost      | native | http://localhost:8765/callback  |
      | a private-use scheme   | native | com.example.app:/callback       |

  @must @rfc7591-5/redirect-uris-required @rfc6749-3.1.2.2/public-registered @rfc6749-3.1.2.2/all-registered
  Scenario Outline: A registration with <redirect_uris> is refused
    When the client registers with:
      | token_endpoint_auth_method | none    |
      | redirect_uris              | <value> |
    Then the request is refused with "invalid_redirect_uri or invalid_client_metadata"

    Examples:
      | redirect_uris                  | value     |
      | no redirect URIs               | (omitted) |
      | an empty list of redirect URIs | []        |

  @must @rfc7591-5/redirect-uris-required
  Scenario Outline: A registration for <grants> is refused without a redirect URI
    When the client registers with:
      | grant_types   | <grant_types> |
      | redirect_uris | (omitted)     |
    Then the request is refused with "invalid_redirect_uri or invalid_client_metadata"

    Examples:
      | grants                               | grant_types                      |
      | the default grant type               | (omitted)                        |
      | refresh_token and authorization_code | refresh_token authorization_code |

  @must @rfc7591-3.2.2/invalid-redirect-uri
  Scenario Outline: <flaw> is refused as a redirect URI
    When the client registers with:
      | redirect_uris | <redirect_uri> |
    Then the request is refused with "invalid_redirect_uri"

    @rfc6749-3.1.2/no-fragment
    Examples:
      | flaw                  | redirect_uri                      |
      | A URI with a fragment | https://client.example/callback#a |

    @rfc6749-3.1.2/no-fragment
    Examples:
      | flaw                                    | redirect_uri                                                   |
      | A URI with a fragment after another URI | https://client.example/callback https://client.example/other#a |

    @rfc6749-3.1.2/absolute-uri
    Examples:
      | flaw                 | redirect_uri |
      | A path               | /callback    |

  Rule: Only the client receives the response

    @must @rfc7591-5/redirect-uri-kinds
    Scenario Outline: A redirect URI with the scheme <scheme> is refused
      When the client registers with:
        | redirect_uris | <redirect_uri> |
      Then the request is refused with "invalid_redirect_uri or invalid_client_metadata"

      Examples:
        | scheme     | redirect_uri                     |
        | javascript | javascript:alert(1)              |
        | data       | data:text/html,hello             |
        | file       | file:///callback                 |

    @must @rfc9700-2.6/no-http-redirect @mcp-2026-07-28-communication-security/redirect-uris-server @rfc7591-5/redirect-uri-kinds
    Scenario Outline: A redirect URI with http on <host> is refused
      When the client registers with:
        | redirect_uris | <redirect_uri> |
      Then the request is refused with "invalid_redirect_uri or invalid_client_metadata"

      Examples:
        | host                                       | redirect_uri                             |
        | a remote host                              | http://client.example/callback           |
        | a host that begins with a loopback address | http://127.0.0.1.client.example/callback |
        | all interfaces                             | http://0.0.0.0/callback                  |

    @must @oauth-2.1-registration-requirements/complete-redirect-uri @rfc8252-8.4/complete-uri @rfc6749-3.1.2.2/complete-uri @profile:oauth-2.1
    Scenario: A redirect URI without a path is refused
      When the client registers with:
        | application_type | web                    |
        | redirect_uris    | https://client.example |
      Then the request is refused with "invalid_redirect_uri or invalid_client_metadata"

    @should @rfc8252-8.4/scheme-with-period
    Scenario: A private-use scheme without a period is refused
      When the client registers with:
        | redirect_uris | myapp:/callback |
      Then the request is refused with "invalid_redirect_uri or invalid_client_metadata"

    @should @rfc7591-5/uris-same-host
    Scenario Outline: A <member> on another host than the redirect URI is refused
      When the client registers with:
        | application_type | web                             |
        | redirect_uris    | https://client.example/callback |
        | <member>         | https://another.example/page    |
      Then the request is refused with "invalid_client_metadata"

      Examples:
        | member     |
        | client_uri |
        | logo_uri   |
        | tos_uri    |
        | policy_uri |
