@authorization-server @needs:registration @needs:control
Feature: Software statements
  A publisher that the authorization server trusts signs what a client is. Its
  statement overrides what the client says about itself.

  Unless its table says otherwise, a client registers with a valid software
  statement beside its metadata.

  Background:
    Given the authorization server trusts a publisher of software statements

  @must @rfc7591-3.2.1/statement-returned
  Scenario: The software statement comes back as it was sent
    When the client registers
    Then the response status is 201
    And the response is JSON with:
      | software_statement | (valid) |

  @must @rfc7591-2/statement-precedence
  Scenario Outline: The <member> of the software statement takes precedence over that of the client
    When the client registers with:
      | <member>           | <plain>  |
      | statement <member> | <stated> |
    Then the response is JSON with:
      | <member> | <stated> |

    Examples:
      | member                     | plain              | stated             |
      | client_name                | The client itself  | What others say    |
      | software_version           | 1.0                | 2.1                |
      | token_endpoint_auth_method | client_secret_post | none               |

  @must @rfc7591-3.2.1/statement-values-returned
  Scenario: The response contains the values of the software statement
    When the client registers with:
      | statement software_version | 3.0 |
    Then the response is JSON with:
      | software_version | 3.0                 |
      | software_id      | examined-software   |

  Rule: Only the statement of a trusted issuer counts

    @must @rfc7591-2.3/statement-signed
    Scenario: An unsigned software statement is refused
      When the client registers with:
        | statement signed_by | nobody |
      Then the request is refused with "invalid_software_statement"

    @must @rfc7591-2.3/statement-issuer
    Scenario: A software statement without an issuer is refused
      When the client registers with:
        | statement iss | (omitted) |
      Then the request is refused with "invalid_software_statement"

    @must @rfc7591-3.2.2/invalid-software-statement
    Scenario Outline: A software statement <flaw> is refused
      When the client registers with:
        | <row> | <value> |
      Then the request is refused with "invalid_software_statement"

      Examples:
        | flaw                                           | row                   | value          |
        | that is not a JWT                              | software_statement    | not-a-jwt      |
        | that was changed                               | software_statement    | (changed)      |
        | signed by a stranger in the name of its issuer | statement signed_by   | stranger       |
        | with a MAC of the public key                   | statement signed_by   | public_key     |
        | that has expired                               | statement exp         | (expired)      |
        | for another authorization server               | statement aud         | (other issuer) |
        | whose client_name is a number                  | statement client_name | (in 8 seconds) |

    @must @rfc7591-3.2.2/unapproved-software-statement
    Scenario: A software statement of an unknown issuer is refused
      When the client registers with:
        | statement iss       | https://stranger.example |
        | statement signed_by | stranger                 |
      Then the request is refused with "unapproved_software_statement"

  Rule: An update is held to the same rules

    @must @rfc7591-3.2.2/invalid-software-statement
    Scenario: An update with an invalid software statement is refused
      Given the client has registered
      When the client updates its registration with:
        | software_statement | not-a-jwt |
      Then the request is refused with "invalid_software_statement"
