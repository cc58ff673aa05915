@authorization-server @needs:resource_indicators
Feature: Resource indicators
  A client says for which protected resource it needs a token, and the token is
  of no use anywhere else.

  Background:
    Given a confidential client with:
      | grant_types | authorization_code client_credentials refresh_token |
    And the resource owner approves
    And a second protected resource

  @must @rfc9068-5/distinct-audiences @rfc8707-2/audience-restricted @rfc9068-3/resource-audience @needs:client_credentials
  Scenario: The token is for the resource that was asked for
    When the client requests a token with:
      | resource | (second resource) |
    Then the access token is for "(second resource)"

  @should @rfc9700-2.3/audience-restricted @rfc8707-2/default-audience @needs:client_credentials
  Scenario: A token requested without a resource is for one resource
    When the client requests a token
    Then the access token is for "(valid)"

  @must @rfc8707-2/absolute @needs:client_credentials
  Scenario Outline: A resource that is <flaw> is refused
    When the client requests a token with:
      | resource | <resource> |
    Then the request is refused with "invalid_target"

    Examples:
      | flaw                  | resource         |
      | a relative path       | /api             |
      | a URI with a fragment | (valid)#fragment |

  @should @rfc8707-2/unknown-resource @needs:client_credentials
  Scenario: An unknown resource is refused
    When the client requests a token with:
      | resource | https://nobody-knows.example/api |
    Then the request is refused with "invalid_target"

  @should @rfc8707-2/unknown-resource @needs:authorization_code
  Scenario: An unknown resource is refused before the resource owner is asked
    When the client sends an authorization request with:
      | resource | https://nobody-knows.example/api |
    Then the user agent returns to the client with:
      | error | invalid_target |
      | state | (valid)        |
      | code  | (absent)       |

  @should @mcp-2026-07-28-canonical-server-uri/upper-case-accepted @profile:mcp-2026-07-28 @needs:client_credentials @profile:mcp-2025-11-25
  Scenario: The scheme of a resource is case-insensitive
    When the client requests a token with:
      | resource | (scheme in upper case) |
    Then an access token is issued

  Rule: A token is only for granted resources

    @should @rfc8707-2/repeated @needs:authorization_code
    Scenario: A client asks for two resources at once
      When the client sends an authorization request with:
        | resource | (both resources) |
      Then the user agent returns to the client with:
        | code | (present) |

    @should @rfc8707-2/audience-restricted @needs:authorization_code
    Scenario: The client chooses one of two granted resources
      Given the client has obtained an authorization code with:
        | resource | (both resources) |
      When the client redeems the code with:
        | resource | (second resource) |
      Then the access token is for "(second resource)"

    @should @rfc8707-2/audience-restricted @needs:authorization_code
    Scenario: The token of a code is for the resource of the authorization request
      Given the client has obtained an authorization code with:
        | resource | (second resource) |
      When the client redeems the code
      Then the access token is for "(second resource)"

    @must @rfc8707-2.2/subset @rfc9068-3/no-ambiguity @needs:authorization_code
    Scenario: A code is refused for a resource that was not granted
      Given the client has obtained an authorization code with:
        | resource | (valid) |
      When the client redeems the code with:
        | resource | (second resource) |
      Then the request is refused with "invalid_target"

    @must @rfc8707-2.2/subset @needs:authorization_code
    Scenario: No near miss of the granted resource gets a token for a code
      Given the client has obtained an authorization code with:
        | resource | (valid) |
      When the client redeems the code with each near miss of "resource"
      Then the authorization server keeps the rule "granted-resource-alone"

    @must @rfc8707-2.2/refresh @needs:refresh_token
    Scenario: No near miss of the granted resource gets a token for a refresh token
      Given the client has obtained a refresh token with:
        | resource | (valid) |
      When the client refreshes the token with each near miss of "resource"
      Then the authorization server keeps the rule "granted-resource-alone"

    @must @rfc8707-2.2/subset @needs:authorization_code
    Scenario: An ungranted resource is refused beside a granted one
      Given the client has obtained an authorization code with:
        | resource | (valid) |
      When the client redeems the code with:
        | resource | (both resources) |
      Then the request is refused with "invalid_target"

    @must @rfc8707-2.2/refresh @rfc9700-4.14.2/bound-to-consent @needs:refresh_token
    Scenario: A refresh token is refused for a resource that was not granted
      Given the client has obtained a refresh token
      When the client refreshes the token with:
        | resource | (second resource) |
      Then the request is refused with "invalid_target"

    @must @rfc8707-2.2/refresh @needs:refresh_token
    Scenario: A refresh token for two resources brings a token for either
      Given the client has obtained a refresh token with:
        | resource | (both resources) |
      When the client refreshes the token with:
        | resource | (second resource) |
      Then the access token is for "(second resource)"

    @must @rfc8707-2.2/refresh @needs:refresh_token
    Scenario: A refresh token brings tokens for the granted resource
      Given the client has obtained a refresh token
      When the client refreshes the token with:
        | resource | (valid) |
      Then the access token is for "(valid)"
