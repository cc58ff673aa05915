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

    @must @rfc6749-5.1/no-store
    Scenario: Tokens are never stored
      Then every response with a token forbids its storage

    @must @rfc6749-5.1/token-type
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

    @must @rfc6749-5.2/error-status
    Scenario: Refusals of the token endpoint have the status of their code
      Then every error of the token endpoint has status 400, or 401 for invalid_client

    @must @rfc9110-11.6.1/challenge-with-401
    Scenario: Who must authenticate is told how
      Then every response with status 401 has a challenge

    @must @rfc6749-4.1.2.1/no-server-error
    Scenario: Malformed requests are the client's mistake
      Then no request is answered with a server error

  Rule: Nothing secret gets out

    @must @rfc6749-2.3.1/not-in-uri
    Scenario: Redirects carry no secret
      Then no redirect carries a secret

    @should @rfc9700-4.2.4/no-secret-echoed
    Scenario: Errors echo no secret
      Then no error echoes a secret

    @should @rfc9700-4.2.4/no-secret-echoed
    Scenario: Nobody is told the secrets of others
      Then no answer holds a secret that is none of the asker's business

    @must @rfc6749-10.3/confidential @needs:control
    Scenario: Server logs hold no secret
      Then no server log holds a secret

  Rule: Answers name who gave them

    @must @rfc9207-2/iss-in-response @needs:issuer_identification
    Scenario: Authorization responses name their issuer
      Then every authorization response names its issuer
