@authorization-server @needs:client_id_metadata_document @needs:authorization_code @needs:pkce
Feature: Metadata documents on the consent page
  A metadata document can claim anything. The consent page shows which host it
  comes from, and the browser fetches nothing that the document names.

  @should @cimd-oauth-phishing-attacks/hostname-shown @needs:client_publications
  Scenario: The page names the host of the document
    Given a client with a metadata document
    And the resource owner has signed in
    When the client sends an authorization request
    Then the user agent is asked to consent
    And the page says "(client_id host)"

  @should @oauth-2.1-client-identifier/foreign-identifiers @needs:client_publications @needs:jwt_access_token
  Scenario: The access token names the resource owner in sub and the document's URL in client_id
    Given a client with a metadata document
    And the resource owner approves
    And the client has obtained an authorization code
    When the client redeems the code
    Then the access token is a JWT with:
      | sub       | (valid)     |
      | client_id | (client_id) |

  Rule: Only the authorization server fetches a logo

    @should @cimd-displaying-logos/prefetched @needs:client_publications
    Scenario: A logo is fetched once and is part of the page
      Given the authorization server is configured with:
        | client_pages_on_loopback | true |
      And a client with a metadata document with:
        | logo_uri      | (a picture)  |
        | Cache-Control | max-age=3600 |
      And the resource owner has signed in
      When the client sends an authorization request
      Then the page shows the logo
      And the page depends on no other host
      And the logo was fetched 1 time

    @must @cimd-ssrf-attacks/urls-in-document @needs:control
    Scenario: A logo on the server's own machine is not fetched
      Given the authorization server is configured with:
        | client_pages_on_loopback | false |
      And a client with a metadata document with:
        | logo_uri | (a picture) |
      And the resource owner has signed in
      When the client sends an authorization request
      Then the logo is not fetched

  Rule: The authorization server chooses whose documents it accepts

    @may @mcp-2026-07-28-trust-policies/by-domain @mcp-security-cimd-trust-policies/by-domain @needs:control
    Scenario: A document from an untrusted host is refused
      Given a client with a metadata document
      And the resource owner approves
      And the authorization server is configured with:
        | client_document_hosts | ["app.example.com"] |
      When the client sends an authorization request
      Then the user agent is not redirected
      But the same request succeeds without it
