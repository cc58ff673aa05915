@authorization-server @needs:private_key_jwt
Feature: The signature of a client assertion
  Only the holder of the private key makes a JWT that authenticates the client,
  and only a JWT that was made for that.

  Background:
    Given the client authenticates with "private_key_jwt"

  @must @rfc7523-2.2/client-assertion @profile:oauth-2.1
  Scenario: A JWT that says that it authenticates a client is accepted
    When the client requests a token with:
      | assertion typ | client-authentication+jwt |
    Then an access token is issued

  Rule: The client signed it

    @must @rfc7523-3/signed @rfc7523-3.2/invalid-client
    Scenario: A client assertion that nobody signed is refused
      When the client requests a token with:
        | assertion signed_by | nobody |
      Then the request is refused with "invalid_client"

    @must @rfc7523-3/signature @rfc7523-3.2/invalid-client
    Scenario: A client assertion that somebody else signed is refused
      When the client requests a token with:
        | assertion signed_by | stranger |
      Then the request is refused with "invalid_client"

    @must @rfc7523-3/signature
    Scenario: A client assertion that was changed after it was signed is refused
      When the client requests a token with:
        | client_assertion | (changed) |
      Then the request is refused with "invalid_client"

    @must @rfc7523-3/signature
    Scenario: A client assertion that somebody else signed with a key of their own name is refused
      When the client requests a token with:
        | assertion signed_by | stranger |
        | assertion kid       | (random) |
      Then the request is refused with "invalid_client"

    @must @rfc8725-3.1/key-with-one-algorithm
    Scenario: A MAC with the public key of the client is refused
      When the client requests a token with:
        | assertion signed_by | public_key |
      Then the request is refused with "invalid_client"

  Rule: It is a JWT, and one of this kind

    @must @rfc7523-3/valid-jwt @rfc7523-3.2/invalid-client
    Scenario: A client assertion that is no JWT is refused
      When the client requests a token with:
        | client_assertion | (random) |
      Then the request is refused with "invalid_client or invalid_request"

    @must @rfc7523-3/valid-jwt
    Scenario: A client assertion with a critical extension that nobody knows is refused
      When the client requests a token with:
        | assertion crit | colour |
      Then the request is refused with "invalid_client"

    @must @rfc8725-3.12/kinds-told-apart
    Scenario Outline: A JWT of the type <typ> is no client assertion
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
    Scenario: A key that the client withdrew works no more
      Given a confidential client with:
        | token_endpoint_auth_method | private_key_jwt |
        | jwks_uri                   | (published)     |
      And the client has obtained an access token
      And the client has changed its key
      And 3600 seconds have passed
      When the client requests a token with:
        | assertion signed_by | earlier_key |
      Then the request is refused with "invalid_client"
