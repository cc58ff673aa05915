@authorization-server @needs:authorization_code @needs:registration
Feature: Client information
  The consent page shows what a client says about itself, and warns that these
  claims are unverified.

  @should @rfc7591-2/client-uri-shown @rfc7591-2/tos-shown @rfc7591-2/policy-shown
  Scenario Outline: The page links to the client's <member>
    Given the client has registered with:
      | application_type | web                              |
      | redirect_uris    | https://app.example.com/callback |
      | <member>         | https://app.example.com/<page>   |
    And the resource owner has signed in
    When the client sends an authorization request
    Then the user agent is asked to consent
    And the page links to "(<member>)"

    Examples:
      | page    | member     |
      | start   | client_uri |
      | terms   | tos_uri    |
      | privacy | policy_uri |

  @should @rfc7591-2/logo-shown @needs:client_publications
  Scenario: The page shows the logo of the client
    Given the authorization server is configured with:
      | client_pages_on_loopback | true |
    And the client has registered with:
      | logo_uri | (a picture) |
    And the resource owner has signed in
    When the client sends an authorization request
    Then the user agent is asked to consent
    And the page shows the logo

  @should @oauth-2.1-consent-phishing/unknown-clients
  Scenario: The page warns that a client's information is self-asserted
    Given the client has registered with:
      | application_type | web                              |
      | redirect_uris    | https://app.example.com/callback |
      | client_name      | Task assistant                   |
    And the resource owner has signed in
    When the client sends an authorization request
    Then the user agent is asked to consent
    And the page warns the resource owner

  @should @oauth-2.1-consent-phishing/unknown-clients
  Scenario: The page warns of a client with the name of another client
    Given a confidential client with:
      | client_name | Photo printer |
    And the client has registered with:
      | application_type | web                              |
      | redirect_uris    | https://app.example.com/callback |
      | client_name      | photo  printer                   |
    And the resource owner has signed in
    When the client sends an authorization request
    Then the user agent is asked to consent
    And the page warns the resource owner

  @should @rfc7591-5/uris-resolve @needs:client_publications
  Scenario Outline: A registration whose <member> leads to a missing page is refused
    Given the authorization server is configured with:
      | client_pages_on_loopback | true |
      | check_client_pages       | true |
    When the client registers with:
      | <member> | (a missing page) |
    Then the request is refused with "invalid_client_metadata"

    Examples:
      | member     |
      | client_uri |
      | logo_uri   |
      | tos_uri    |
      | policy_uri |

  Rule: The page chooses the client's name by language

    @must @rfc7591-2.2/untagged-as-is
    Scenario: A name without a language tag is shown unchanged
      Given the client has registered with:
        | application_type | web                              |
        | redirect_uris    | https://app.example.com/callback |
        | client_name      | Große Aufgaben タスク مهام        |
      And the resource owner has signed in
      When the client sends an authorization request
      Then the user agent is asked to consent
      And the page shows something of "(client_name)"
      And the page says "(client_name)"

    @should @rfc7591-2.2/language-tag-case @needs:control
    Scenario Outline: A name with a language tag <letters> is shown to a reader of de-CH
      Given the client has registered with:
        | application_type  | web                              |
        | redirect_uris     | https://app.example.com/callback |
        | client_name       | Task assistant                   |
        | client_name#<tag> | Aufgabenhelfer                   |
      And the resource owner reads "de-CH"
      And the resource owner has signed in
      When the client sends an authorization request
      Then the user agent is asked to consent
      And the page says "Aufgabenhelfer"

      Examples:
        | letters                          | tag   |
        | in the usual case                | de-CH |
        | in another case                  | DE-ch |
        | in another case without a region | De    |

  Rule: A registered client_id cannot be mistaken for a document URL

    @should @cimd-supporting-both/generated-ids @needs:client_id_metadata_document
    Scenario: The client_id of a registered client is not an https URL
      When the client registers
      Then the response is JSON with:
        | client_id | (no https URL) |
