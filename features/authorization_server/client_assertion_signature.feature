@authorization-server @needs:private_key_jwt
Feature: The signature of a client assertion
  Only a JWT that was signed with the client's private key, and for this
  purpose, authenticates the client.

  Background:
    Given the client authenticates with "private_key_jwt"

  @must @rfc7523-2.2/client-assertion @profile:oauth-2.1
  Scenario: A JWT of the type client-authentication+jwt is accepted
    When the client requests a token with:
      | assertion typ | client-authentication+jwt |
    Then an access token is issued

  Rule: The client signs its assertion

    @must @rfc7523-3/signed @rfc7523-3.2/invalid-client
    Scenario: An unsigned client assertion is refused
      When the client requests a token with:
        | assertion signed_by | nobody |
      Then the request is refused with "invalid_client"

    @must @rfc7523-3/signature @rfc7523-3.2/invalid-client
    Scenario: A client assertion signed by a stranger is refused
      When the client requests a token with:
        | assertion signed_by | stranger |
      Then the request is refused with "invalid_client"

    @must @rfc7523-3/signature
    Scenario: A client assertion that was changed after it was signed is refused
      When the client requests a token with:
        | client_assertion | (changed) |
      Then the request is refused with "invalid_client"

    @must @rfc7523-3/signature
    Scenario: A client assertion signed by a stranger with an unknown kid is refused
      When the client requests a token with:
        | assertion signed_by | stranger |
        | assertion kid       | (random) |
      Then the request is refused with "invalid_client"

    @must @rfc8725-3.1/key-with-one-algorithm
    Scenario: A client assertion with a MAC of the client's public key is refused
      When the client requests a token with:
        | assertion signed_by | public_key |
      Then the request is refused with "invalid_client"

  Rule: The assertion is a JWT of the right type

    @must @rfc7523-3/valid-jwt @rfc7523-3.2/invalid-client
    Scenario: A client assertion that is not a JWT is refused
      When the client requests a token with:
        | client_assertion | (random) |
      Then the request is refused with "invalid_client or invalid_request"

    @must @rfc7523-3/valid-jwt
    Scenario: A client assertion with an unknown critical extension is refused
      When the client requests a token with:
        | assertion crit | colour |
      Then the request is refused with "invalid_client"

    @should @rfc8725-3.12/kinds-told-apart
    Scenario Outline: A JWT of the type <typ> is refused as a client assertion
      When the client requests a token with:
        | assertion typ | <typ> |
      Then the request is refused with "invalid_client"

      Examples:
        | typ                 |
        | at+jwt              |
        | dpop+jwt            |
        | oauth-authz-req+jwt |
        | logout+jwt          |

  Rule: The keys of a client change

    @should @oidc-core-10.1.1/refetched-by-server @needs:client_publications
    Scenario: A new key is found at the jwks_uri of the client
      Given a confidential client with:
        | token_endpoint_auth_method | private_key_jwt |
        | jwks_uri                   | (published)     |
      And the client has obtained an access token
      And the client has changed its key
      When the client requests a token
      Then an access token is issued

    @must @rfc7523-3/signature @needs:control
    Scenario: A key that the client withdrew is refused
      Given a confidential client with:
        | token_endpoint_auth_method | private_key_jwt |
        | jwks_uri                   | (published)     |
      And the client has obtained an access token
      And the client has changed its key
      And 3600 seconds have passed
      When the client requests a token with:
        | assertion signed_by | earlier_key |
      Then the request is refused with "invalid_client"
