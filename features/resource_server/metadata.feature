@resource-server @needs:protected_resource_metadata
Feature: Protected resource metadata
  A client that knows the resource finds the authorization server.

  @must @rfc9728-3.2/json:2 @rfc9728-3/path-inserted:1
  Scenario: The metadata of the resource is a JSON document
    When the client fetches the protected resource metadata
    Then the response status is 200
    And the response header "Content-Type" contains "application/json"

  @must @rfc9728-3.3/resource-identical
  Scenario: The metadata names exactly the resource that was asked
    When the client fetches the protected resource metadata
    Then the response is JSON with:
      | resource | (valid) |

  @must @rfc9728-2/no-fragment
  Scenario: The resource identifier has no fragment
    When the client fetches the protected resource metadata
    Then the response is JSON with:
      | resource | (without a fragment) |

  @must @rfc9728-3.2/no-empty-lists
  Scenario: The metadata of the resource has no empty lists
    When the client fetches the protected resource metadata
    Then no member of the response is an empty list

  @must @rfc9728-2/bearer-methods
  Scenario: The metadata names only defined bearer methods
    When the client fetches the protected resource metadata
    Then "bearer_methods_supported" lists nothing but "header, body, query"

  @should @rfc9728-2/scopes-listed
  Scenario: The metadata of the resource lists its scopes
    When the client fetches the protected resource metadata
    Then the response is JSON with:
      | scopes_supported | (present) |

  @should @rfc9728-2/name
  Scenario: The metadata of the resource has a name for people
    When the client fetches the protected resource metadata
    Then the response is JSON with:
      | resource_name | (present) |

  @may @rfc9728-2/authorization-servers
  Scenario: The metadata names the authorization server
    When the client fetches the protected resource metadata
    Then the response is JSON with:
      | authorization_servers.0 | (present) |

  @may @rfc9728-5.1/resource-metadata
  Scenario: The challenge says where the metadata is
    Given a confidential client
    When the client calls the protected resource with:
      | access_token | (omitted) |
    Then the response has a "Bearer" challenge with:
      | resource_metadata | (contains) /.well-known/oauth-protected-resource |
