@authorization-server
Feature: Repeated parameters
  Two programs may read a repeated parameter differently, so the server refuses
  every request that repeats one.

  Background:
    Given a confidential client with:
      | grant_types                | authorization_code client_credentials refresh_token |
      | token_endpoint_auth_method | client_secret_post                                  |
    And the resource owner approves

  @must @rfc6749-3.1/parameters-once @oauth-2.1-authorization-endpoint/parameters-once @needs:authorization_code
  Scenario Outline: An authorization request with two <parameter> parameters gets no code
    When the client sends an authorization request with:
      | <parameter> | (twice) |
    Then no authorization code is issued

    Examples:
      | parameter     |
      | client_id     |
      | redirect_uri  |
      | response_type |

    @needs:pkce
    Examples:
      | parameter             |
      | code_challenge_method |

  @must @rfc6749-3.2/parameters-once @oauth-2.1-token-endpoint/parameters-once
  Scenario Outline: A client that authenticates with two <parameter> parameters is refused
    When the client requests a token with:
      | <parameter> | (twice) |
    Then the request is refused with "invalid_request"

    Examples:
      | parameter     |
      | client_id     |
      | client_secret |

  @must @rfc6749-3.2/parameters-once @oauth-2.1-token-endpoint/parameters-once @needs:authorization_code
  Scenario Outline: A redemption with two <parameter> parameters is refused
    Given the client has obtained an authorization code
    When the client redeems the code with:
      | <parameter> | (twice) |
    Then the request is refused with "invalid_request"

    Examples:
      | parameter    |
      | code         |
      | redirect_uri |

    @needs:pkce
    Examples:
      | parameter     |
      | code_verifier |

  @must @rfc6749-3.2/parameters-once @oauth-2.1-token-endpoint/parameters-once @needs:authorization_code @needs:refresh_token
  Scenario: A refresh with two refresh tokens is refused
    Given the client has obtained a refresh token
    When the client refreshes the token with:
      | refresh_token | (twice) |
    Then the request is refused with "invalid_request"
