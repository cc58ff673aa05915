@authorization-server @needs:authorization_code @needs:registration
Feature: Client information
  A client says of itself who it is. The resource owner sees it before they
  decide, and sees that nobody but the client says so.

  @should @rfc7591-2/client-uri-shown @rfc7591-2/tos-shown @rfc7591-2/policy-shown
  Scenario Outline: The page links to the <page> of the client
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

  @must @rfc7591-5/self-asserted
  Scenario: The page warns of what a client only says of itself
    Given the client has registered with:
      | application_type | web                              |
      | redirect_uris    | https://app.example.com/callback |
      | client_name      | Task assistant                   |
    And the resource owner has signed in
    When the client sends an authorization request
    Then the user agent is asked to consent
    And the page warns the resource owner

  @must @rfc7591-5/impersonation
  Scenario: The page warns of a client with the name of another one
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
  Scenario Outline: A client whose <member> leads nowhere is not registered
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

  Rule: Texts are in the language that the client says

    @must @rfc7591-2.2/untagged-as-is
    Scenario: A name without a language is shown as it is
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
    Scenario Outline: A name whose tag has <letters> is found for a reader of de-CH
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
        | letters             | tag   |
        | the usual case      | de-CH |
        | another case        | DE-ch |
        | no region, and case | De    |

  Rule: No client chooses an identifier that says more than it knows

    @should @cimd-supporting-both/generated-ids @needs:client_id_metadata_document
    Scenario: The id of a registered client does not look like the URL of a document
      When the client registers
      Then the response is JSON with:
        | client_id | (no https URL) |
