Feature: Every exchange
  What holds for every request and every answer, whatever a scenario is about.

  Each rule is judged here over a conversation with every endpoint, and again
  over the exchanges of every other scenario.

  Background:
    Given a confidential client
    And the resource owner approves
    When the client uses every endpoint, rightly and wrongly

  Rule: Answers with a token

    @must @rfc6749-5.1/json
    Scenario: Tokens come as JSON
      Then every response with a token is JSON

    @must @rfc6749-5.1/no-store @oauth-2.1-token-endpoint-response/no-store @oidc-core-3.1.3.3/no-store
    Scenario: Tokens are never stored
      Then every response with a token forbids its storage

    @must @rfc6749-5.1/pragma
    Scenario: Tokens are not kept by old caches either
      Then every response with a token says Pragma: no-cache

    @must @rfc6749-3.2/response-once
    Scenario: Token responses say everything once
      Then every token response names each member once

    @should @oauth-2.1-json-serialization/no-null
    Scenario: What has no value is left out
      Then no JSON of the authorization server has a null

    @must @rfc6749-5.1/token-type @oidc-core-3.1.3.3/bearer
    Scenario: Tokens say of which type they are
      Then every token response names the type of its token

    @must @rfc6749-5.1/scope-stated
    Scenario: A scope that was not asked for is stated
      Then every token response states a scope that differs from the requested one

  Rule: Refusals

    @must @rfc6749-5.2/error-json
    Scenario: Refusals of the token endpoint are JSON with a registered code
      Then every error of the token endpoint is JSON with a registered code

    @must @rfc6749-5.2/error-characters
    Scenario: Refusals of the token endpoint keep to the allowed characters
      Then every error of the token endpoint is written in the allowed characters

    @must @rfc6749-5.2/error-status @oidc-core-3.1.3.4/error-400
    Scenario: Refusals of the token endpoint have the status of their code
      Then every error of the token endpoint has status 400, or 401 for invalid_client

    @must @rfc6749-5.2/error-uri
    Scenario: Refusals of the token endpoint link to a URI
      Then every error_uri of the token endpoint is a URI

    @must @rfc6749-4.1.2.1/error-code
    Scenario: Refusals of the authorization endpoint have a defined code
      Then every authorization error is a defined code

    @must @rfc6749-4.1.2.1/error-characters
    Scenario: Refusals of the authorization endpoint keep to the allowed characters
      Then every authorization error is written in the allowed characters

    @must @rfc6749-4.1.2.1/error-uri
    Scenario: Refusals of the authorization endpoint link to a URI
      Then every error_uri of the authorization endpoint is a URI

    @must @rfc9110-11.6.1/challenge-with-401
    Scenario: Who must authenticate is told how
      Then every response with status 401 has a challenge

    @must @rfc6749-4.1.2.1/no-server-error
    Scenario: Malformed requests are the client's mistake
      Then no request is answered with a server error

  Rule: Challenges are well formed

    @must @rfc6750-3/auth-param
    Scenario: Challenges say more than their scheme
      Then every Bearer challenge has a parameter

    @must @rfc6750-3/attributes-once
    Scenario: Challenges say everything once
      Then every Bearer challenge gives an attribute once

    @must @rfc6750-3/scope-characters
    Scenario: Challenges write scopes in the allowed characters
      Then every scope of a Bearer challenge is written in the allowed characters

    @must @rfc6750-3/error-characters
    Scenario: Challenges write errors in the allowed characters
      Then every error of a Bearer challenge is written in the allowed characters

    @must @rfc6750-3/error-uri
    Scenario: Challenges link to a URI
      Then every error_uri of a Bearer challenge is a URI

  Rule: Nothing secret gets out

    @should @rfc6750-2.3/private
    Scenario: What a token in a URL opened is kept by no shared cache
      Then every answer to a token in a URL is private

    @must @rfc6749-2.3.1/not-in-uri
    Scenario: Redirects carry no secret
      Then no redirect carries a secret

    @must @rfc6750-5.3/server-cookies
    Scenario: Cookies hold no token
      Then no cookie holds a token

    @should @rfc9700-4.2.4/no-secret-echoed
    Scenario: Errors echo no secret
      Then no error echoes a secret

    @should @rfc9700-4.2.4/no-secret-echoed
    Scenario: Nobody is told the secrets of others
      Then no answer holds a secret that is none of the asker's business

    @must @rfc6749-10.3/confidential @rfc9700-4.9.3/tokens-secret @needs:control
    Scenario: Server logs hold no secret
      Then no server log holds a secret

  Rule: Answers name who gave them

    @must @rfc9207-2/iss-in-response @needs:issuer_identification
    Scenario: Authorization responses name their issuer
      Then every authorization response names its issuer

    @must @rfc6749-3.1/response-once
    Scenario: Authorization responses say everything once
      Then every authorization response names each parameter once
