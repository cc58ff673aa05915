@authorization-server @needs:authorization_code
Feature: Near misses of an https redirect URI
  An attacker has hosts and paths that look like those of the client. A redirect
  URI is compared character by character, and the port of an https URI is no
  exception.

  Background:
    Given a confidential client with:
      | redirect_uris | https://app.example.com/callback?tenant=one |
    And the resource owner approves

  @must @rfc6749-3.1.2.3/simple-comparison @rfc9700-4.1.3/exact-redirect-uri
  Scenario Outline: An https redirect URI with <difference> is refused
    When the client sends an authorization request with:
      | redirect_uri | <redirect_uri> |
    Then the user agent is not redirected

    Examples:
      | difference                     | redirect_uri                                                 |
      | another port                   | https://app.example.com:8443/callback?tenant=one             |
      | its default port               | https://app.example.com:443/callback?tenant=one              |
      | its scheme in capitals         | HTTPS://app.example.com/callback?tenant=one                  |
      | its host in capitals           | https://APP.example.com/callback?tenant=one                  |
      | a subdomain                    | https://evil.app.example.com/callback?tenant=one             |
      | the parent domain              | https://example.com/callback?tenant=one                      |
      | a longer host                  | https://app.example.com.attacker.example/callback?tenant=one |
      | its host as user info          | https://app.example.com@attacker.example/callback?tenant=one |
      | a backslash before its path    | https://app.example.com/\\callback?tenant=one                |
      | a full stop after its host     | https://app.example.com./callback?tenant=one                 |
      | an encoded slash               | https://app.example.com/%2Fcallback?tenant=one               |
      | encoded dot segments           | https://app.example.com/x/%2e%2e/callback?tenant=one         |
      | two slashes                    | https://app.example.com//callback?tenant=one                 |
      | parameters in its path         | https://app.example.com/callback;x=y?tenant=one              |
      | its query omitted              | https://app.example.com/callback                             |
      | another value in its query     | https://app.example.com/callback?tenant=two                  |
      | a parameter added to its query | https://app.example.com/callback?tenant=one&next=elsewhere   |
      | http instead of https          | http://app.example.com/callback?tenant=one                   |
      | a trailing space               | https://app.example.com/callback?tenant=one%20               |

  @must @rfc6749-3.1.2/query-kept
  Scenario: The query of a registered https redirect URI is kept
    When the client sends an authorization request
    Then the user agent returns to the client with:
      | tenant | one       |
      | code   | (present) |
