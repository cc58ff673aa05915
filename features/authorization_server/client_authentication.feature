@authorization-server
Feature: Client authentication
  A confidential client proves who it is at the token endpoint, in exactly one
  way.

  Background:
    Given a confidential client

  @must @rfc6749-2.3.1/basic-supported @oauth-2.1-client-secret/basic-optional
  Scenario: The client authenticates in the Authorization header
    Given the client authenticates with "client_secret_basic"
    When the client requests a token
    Then an access token is issued

  @must @rfc6749-2.3.1/encoded-credentials
  Scenario: A secret with reserved characters is decoded from the header
    Given a confidential client with:
      | client_secret | a:b+c%d e&f="g"/and-so-on |
    When the client requests a token
    Then an access token is issued

  @must @rfc9110-11.1/scheme-case-insensitive @needs:client_secret_basic
  Scenario: The Basic scheme is case-insensitive
    Given the client authenticates with "client_secret_basic"
    When the client requests a token with:
      | Authorization | basic (valid) |
    Then an access token is issued

  @may @rfc6749-2.3.1/body-supported @oauth-2.1-client-secret/body-supported
  Scenario: The client authenticates in the body
    Given the client authenticates with "client_secret_post"
    When the client requests a token
    Then an access token is issued

  Rule: The client proves who it is

    @must @rfc6749-2.2/id-not-authentication @rfc6749-4.4.2/client-authenticated @rfc9700-2.5/client-authentication
    Scenario Outline: A client with <credentials> gets nothing
      When the client requests a token with:
        | client_secret | <client_secret> |
      Then no access token is issued

      Examples:
        | credentials     | client_secret |
        | another secret  | (random)      |
        | an empty secret | (empty)       |
        | no secret       | (omitted)     |

    @must @rfc6749-5.2/invalid-client
    Scenario Outline: A client with <credentials> is refused
      When the client requests a token with:
        | client_id     | <client_id>     |
        | client_secret | <client_secret> |
      Then the request is refused with "invalid_client"

      Examples:
        | credentials            | client_id | client_secret |
        | an unknown id          | (random)  | (valid)       |
        | a wrong secret         | (valid)   | (random)      |
        | an empty secret        | (valid)   | (empty)       |
        | no secret              | (valid)   | (omitted)     |

    @must @rfc6749-2.2/id-not-authentication @rfc6749-5.2/invalid-client
    Scenario Outline: No near miss of a <credential> gets a token
      When the client requests a token with each near miss of "<credential>"
      Then no access token is issued

      Examples:
        | credential    |
        | client_id     |
        | client_secret |

    @must @rfc6749-5.2/invalid-client
    Scenario: A client with a wrong secret in the body is refused
      Given the client authenticates with "client_secret_post"
      When the client requests a token with:
        | client_secret | (random) |
      Then the request is refused with "invalid_client"

    @must @rfc6749-5.2/basic-challenge @needs:client_secret_basic
    Scenario: A failed Basic login is answered with a Basic challenge
      Given the client authenticates with "client_secret_basic"
      When the client requests a token with:
        | client_secret | (random) |
      Then the request is refused with "invalid_client"
      And the response status is 401
      And the response has a "Basic" challenge

    @must @rfc6749-5.2/invalid-client @needs:client_secret_basic
    Scenario Outline: An Authorization header with <flaw> is refused
      Given the client authenticates with "client_secret_basic"
      When the client requests a token with:
        | Authorization | <header> |
      Then the request is refused with "invalid_client or invalid_request"

      Examples:
        | flaw             | header               |
        | broken base64    | Basic %%%            |
        | no colon         | Basic bm8tY29sb24=   |
        | another scheme   | Digest username="me" |

  Rule: A client uses one authentication method at a time

    @must @rfc6749-5.2/one-authentication-method @needs:client_secret_basic
    Scenario: Two authentication methods at once are refused
      Given the client authenticates with "client_secret_basic"
      When the client requests a token with:
        | client_id     | (valid) |
        | client_secret | (valid) |
      Then the request is refused with "invalid_request"

    @should @rfc6749-2.3/same-client
    Scenario: A client_id that differs from the credentials is refused
      When the client requests a token with:
        | client_id (in the body) | (random) |
      Then no access token is issued

    @must @rfc6749-2.3/public-not-identified @oauth-2.1-client-types/one-type @needs:client_credentials
    Scenario: A secret does not make a public client confidential
      Given a public client with:
        | grant_types | client_credentials |
      And the client presents a secret that nobody gave it
      When the client requests a token
      Then no access token is issued
      But the same request succeeds given a confidential client

    @should @rfc7591-2/auth-method-enforced
    Scenario Outline: A client that is registered for <registered> and uses <used> is refused
      Given the client authenticates with "<registered>"
      When the client requests a token with:
        | (authentication) | <used> |
      Then the request is refused with "invalid_client or unauthorized_client or invalid_request"

      Examples:
        | registered          | used                |
        | client_secret_basic | client_secret_post  |
        | client_secret_post  | client_secret_basic |

    @should @rfc6749-2.3.1/uri-credentials-refused
    Scenario: Credentials in the URL are refused
      Given the client authenticates with "client_secret_post"
      When the client requests a token with:
        | (query) | client_id client_secret |
      Then no access token is issued
