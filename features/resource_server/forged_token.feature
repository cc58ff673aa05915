@resource-server @needs:jwt_access_token
Feature: Forged access tokens
  The protected resource believes the keys of its issuer: neither the header of a
  token nor a claim of another type makes a forgery valid.

  Background:
    Given a confidential client

  Rule: The header of a token proves nothing

    @must @rfc9068-4/signature @rfc9068-4/keys-of-issuer
    Scenario Outline: A token <forged> is refused
      Given the client has obtained an access token
      When the client calls the protected resource with:
        | access_token | (<forged>) |
      Then the request is refused

      Examples:
        | forged                                  |
        | signed by the key in its header         |
        | signed by the certificate in its header |
        | signed with an empty secret             |
        | without its signature                   |
        | with a signature of zeros               |

    @must @rfc9068-4/no-alg-none
    Scenario Outline: An unsigned token whose alg is none in <letters> is refused
      Given the client has obtained an access token
      When the client calls the protected resource with:
        | access_token | (<forged>) |
      Then the request is refused

      Examples:
        | letters       | forged            |
        | mixed letters | with the alg nOnE |
        | capitals      | with the alg NONE |

  Rule: A claim of another type proves nothing

    @must @rfc9068-4/issuer @needs:control
    Scenario: A token whose iss is a list is refused
      Given an access token with:
        | iss | (valid) and https://other.example |
      When the client calls the protected resource
      Then the request is refused
      But the same request succeeds without it

    @must @rfc9068-4/audience @needs:control
    Scenario: A token whose aud lists another resource alone is refused
      Given an access token with:
        | aud | ["https://other.example"] |
      When the client calls the protected resource
      Then the request is refused
      But the same request succeeds without it

    @should @rfc9068-4/claims-used @needs:control
    Scenario: A token that names neither a client nor the scope is refused
      Given an access token with:
        | client_id | (omitted) |
        | scope     | unrelated |
      When the client calls the protected resource
      Then the request is refused
      But the same request succeeds without it
