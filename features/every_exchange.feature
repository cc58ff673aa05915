Feature: Every exchange
  These rules hold for every request and every answer of every scenario.

  Each rule is judged here over a conversation with every endpoint, and again
  over the exchanges of every other scenario.

  Background:
    Given a confidential client
    And the resource owner approves
    When the client uses every endpoint, rightly and wrongly

  Rule: Token responses are well formed

    @must @rfc6749-5.1/json
    Scenario: Tokens come as JSON
      Then every exchange keeps the rule "token-response-is-json"

    @must @rfc6749-5.1/no-store @oauth-2.1-token-endpoint-response/no-store @oidc-core-3.1.3.3/no-store
    Scenario: Token responses forbid storage
      Then every exchange keeps the rule "token-response-not-stored"

    @must @rfc6749-5.1/pragma
    Scenario: Token responses forbid storage by old caches
      Then every exchange keeps the rule "token-response-pragma"

    @must @rfc6749-3.2/response-once
    Scenario: Token responses name each member once
      Then every exchange keeps the rule "token-members-once"

    @should @oauth-2.1-json-serialization/no-null
    Scenario: JSON responses contain no null
      Then every exchange keeps the rule "no-null"

    @must @rfc6749-5.1/token-type @oidc-core-3.1.3.3/bearer
    Scenario: Token responses name the token type
      Then every exchange keeps the rule "token-type-named"

    @must @rfc6749-5.1/scope-stated
    Scenario: Token responses state a scope that differs from the requested one
      Then every exchange keeps the rule "scope-stated"

  Rule: Refusals are well formed

    @must @rfc6749-5.2/error-json
    Scenario: Refusals of the token endpoint are JSON with a registered code
      Then every exchange keeps the rule "token-error-code"

    @must @rfc6749-5.2/error-characters
    Scenario: Refusals of the token endpoint keep to the allowed characters
      Then every exchange keeps the rule "token-error-characters"

    @must @rfc6749-5.2/error-status @oidc-core-3.1.3.4/error-400
    Scenario: Refusals of the token endpoint have the status of their code
      Then every exchange keeps the rule "token-error-status"

    @must @rfc6749-5.2/error-uri
    Scenario: The error_uri of the token endpoint is a URI
      Then every exchange keeps the rule "token-error-uri"

    @must @rfc6749-4.1.2.1/error-code
    Scenario: Refusals of the authorization endpoint have a defined code
      Then every exchange keeps the rule "authorization-error-code"

    @must @rfc6749-4.1.2.1/error-characters
    Scenario: Refusals of the authorization endpoint keep to the allowed characters
      Then every exchange keeps the rule "authorization-error-characters"

    @must @rfc6749-4.1.2.1/error-uri
    Scenario: The error_uri of the authorization endpoint is a URI
      Then every exchange keeps the rule "authorization-error-uri"

    @must @rfc9110-11.6.1/challenge-with-401
    Scenario: A 401 response says how to authenticate
      Then every exchange keeps the rule "401-has-challenge"

    @must @rfc6749-4.1.2.1/no-server-error
    Scenario: Malformed requests cause no server error
      Then every exchange keeps the rule "no-server-error"

  Rule: Challenges are well formed

    @must @rfc6750-3/auth-param
    Scenario: A challenge has at least one parameter
      Then every exchange keeps the rule "challenge-parameter"

    @must @rfc6750-3/attributes-once
    Scenario: A challenge names each parameter once
      Then every exchange keeps the rule "challenge-attributes-once"

    @must @rfc6750-3/scope-characters
    Scenario: The scope of a challenge uses only allowed characters
      Then every exchange keeps the rule "challenge-scope-characters"

    @must @rfc6750-3/error-characters
    Scenario: The error of a challenge uses only allowed characters
      Then every exchange keeps the rule "challenge-error-characters"

    @must @rfc6750-3/error-uri
    Scenario: The error_uri of a challenge is a URI
      Then every exchange keeps the rule "challenge-error-uri"

  Rule: Nothing secret gets out

    @should @rfc6750-2.3/private
    Scenario: A response to a token in a URL is private
      Then every exchange keeps the rule "token-in-url-private"

    @must @rfc6749-2.3.1/not-in-uri
    Scenario: Redirects carry no secret
      Then every exchange keeps the rule "no-secret-in-redirect"

    @must @rfc6750-5.3/server-cookies
    Scenario: Cookies hold no token
      Then every exchange keeps the rule "no-token-in-cookie"

    @should @rfc9700-4.2.4/no-secret-echoed
    Scenario: Errors echo no secret
      Then every exchange keeps the rule "no-secret-echoed"

    @should @rfc9700-4.2.4/no-secret-echoed
    Scenario: No response holds a secret of another party
      Then every exchange keeps the rule "no-secret-of-others"

    @must @rfc6749-10.3/confidential @rfc9700-4.9.3/tokens-secret @needs:control
    Scenario: Server logs hold no secret
      Then every exchange keeps the rule "no-secret-in-log"

  Rule: Authorization responses are well formed

    @must @rfc9207-2/iss-in-response @needs:issuer_identification
    Scenario: Authorization responses name their issuer
      Then every exchange keeps the rule "authorization-response-issuer"

    @must @rfc6749-3.1/response-once
    Scenario: Authorization responses name each parameter once
      Then every exchange keeps the rule "authorization-parameters-once"
