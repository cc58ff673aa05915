@resource-server
Feature: Status of access tokens
  The protected resource refuses a token that was revoked, has expired or cannot be
  judged.

  Background:
    Given a confidential client

  @should @rfc6750-3.1/revoked-token @needs:revocation @needs:control
  Scenario: A revoked token is refused
    Given the protected resource learns of revocations
    And the client has obtained an access token
    And the client has revoked the token
    When the client calls the protected resource
    Then the request is refused with "invalid_token"
    And the response status is 401
    But the same request succeeds without it

  @must @rfc7662-4/cache-until-expiry @needs:introspection @needs:control
  Scenario: A token that was active is refused once its time has passed
    Given the protected resource is configured with:
      | verify | introspection |
    And the client has obtained an access token
    And the client has called the protected resource
    And 3601 seconds have passed
    When the client calls the protected resource
    Then the request is refused
    But the same request succeeds without it

  Rule: A token that cannot be judged is refused

    @must @rfc7662-4/fails-closed @needs:introspection @needs:control
    Scenario: A token is refused while introspection is unavailable
      Given the protected resource is configured with:
        | verify | introspection |
      And the client has obtained an access token
      And the authorization server exhibits "introspection-unavailable"
      When the client calls the protected resource
      Then the protected resource keeps the rule "access-refused"
      But the same request succeeds without it

    @must @rfc7662-4/inactive-only @needs:introspection @needs:control
    Scenario: A token is refused when introspection does not call it active
      Given the protected resource is configured with:
        | verify | introspection |
      And the client has obtained an access token
      And the authorization server exhibits "active-missing"
      When the client calls the protected resource
      Then the protected resource keeps the rule "access-refused"
      But the same request succeeds without it

    @must @rfc7662-4/inactive-only @needs:introspection @needs:control
    Scenario: A token is refused when only a member in another case calls it active
      Given the protected resource is configured with:
        | verify | introspection |
      And the client has obtained an access token
      And the authorization server exhibits "active-in-another-case"
      When the client calls the protected resource
      Then the protected resource keeps the rule "access-refused"
      But the same request succeeds without it
