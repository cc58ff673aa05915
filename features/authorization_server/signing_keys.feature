@authorization-server @needs:jwks
Feature: Signing keys
  The published keys verify what the authorization server signs, even while it
  changes from one key to the next.

  @should @rfc7517-4.5/key-ids
  Scenario: Each published key has a unique identifier
    When the client fetches the JSON Web Key Set
    Then no two keys have the same "kid"

  @must @oidc-discovery-3/key-use
  Scenario: Keys for signing and for encryption are told apart
    When the client fetches the JSON Web Key Set
    Then every key has a use, where one is for encryption

  @must @oidc-discovery-3/bare-keys
  Scenario: A key matches the certificate that it comes with
    When the client fetches the JSON Web Key Set
    Then every key is that of its certificate

  Rule: Published keys verify access tokens

    Background:
      Given a confidential client

    @should @rfc9068-4/keys-published @needs:jwt_access_token @needs:client_credentials
    Scenario: A published key verifies a fresh access token
      Given the client has obtained an access token
      When the client fetches the JSON Web Key Set
      Then a published key verifies the access token

    @must @rfc9068-2.1/rs256 @needs:control
    Scenario: The authorization server can sign with RS256
      Given the authorization server is configured with:
        | signing_algorithm | RS256 |
      And the client has obtained an access token
      When the client fetches the JSON Web Key Set
      Then a published key verifies the access token
      And the access token is a JWT with:
        | alg | RS256 |

    @should @oidc-core-10.1.1/old-keys-kept @needs:control
    Scenario: A key that was replaced verifies the tokens that it signed
      Given the client has obtained an access token
      And the authorization server has changed its key
      When the client fetches the JSON Web Key Set
      Then a published key verifies the access token

    @may @oidc-core-10.1.1/new-kid-used @needs:control
    Scenario: The new key verifies the tokens after the change
      Given the authorization server has changed its key
      And the client has obtained an access token
      When the client fetches the JSON Web Key Set
      Then a published key verifies the access token
