@authorization-server @needs:registration
Feature: Update of a registration
  A client replaces all of its metadata, and nothing that belongs to the server.

  @must @rfc7592-2.2/replaced @rfc7592-2.1/client-id-unchanged
  Scenario: An update replaces the metadata and keeps the id
    Given the client has registered
    When the client updates its registration with:
      | redirect_uris | http://127.0.0.1:8765/elsewhere |
    Then the response status is 200
    And the response is JSON with:
      | client_id     | (valid)                           |
      | redirect_uris | [http://127.0.0.1:8765/elsewhere] |

  @should @rfc7592-2.2/omitted
  Scenario: Metadata that an update omits is removed
    Given the client has registered with:
      | client_name | Task assistant |
    When the client updates its registration with:
      | client_name | (omitted) |
    Then the response status is 200
    And the response is JSON with:
      | client_name | (absent) |

  @must @rfc7592-2.2/replacements-returned
  Scenario: Invalid metadata in an update is refused or replaced
    Given the client has registered
    When the client updates its registration with:
      | token_endpoint_auth_method | (random) |
    Then "token_endpoint_auth_method" is refused or replaced

  Rule: An update changes only the client that sends it

    @should @rfc7592-2.2/client-id-identical
    Scenario Outline: An update with <client_id> is refused
      Given the client has registered
      When the client updates its registration with:
        | client_id | <value> |
      Then the request is refused

      Examples:
        | client_id         | value     |
        | no client_id      | (omitted) |
        | another client_id | (random)  |

    @must @rfc7592-2.2/secret-identical @rfc7592-2.2/no-chosen-secret
    Scenario: No client chooses its secret
      Given the client has registered
      When the client updates its registration with:
        | client_secret | (random) |
      Then the request is refused

    @must @rfc7592-2.2/management-fields-kept
    Scenario Outline: No client sets its <field>
      Given the client has registered
      When the client updates its registration with:
        | <field> | <value> |
      Then "<field>" is refused or replaced

      Examples:
        | field                     | value                       |
        | registration_access_token | (random)                    |
        | registration_client_uri   | https://client.example/mine |

    @may @rfc7592-5/token-rotated
    Scenario: Only the newest registration access token works
      Given the client has registered
      And the client has updated its registration
      When the client reads its registration with:
        | Authorization | Bearer (earlier) |
      Then the response status is 401
