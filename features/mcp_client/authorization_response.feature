@mcp-client @needs:control
Feature: A client accepts only the response of the server that it asked
  The browser delivers the response, and anyone may have written it: state ties
  it to the request, and iss names its sender.

  Background:
    Given an MCP client

  @should @mcp-2026-07-28-open-redirection/state-verified @rfc8252-8.9/state-checked
  Scenario Outline: The client discards an answer whose state is <what>
    Given the authorization response has:
      | state | <state> |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no token request
    But the same request succeeds without it

    Examples:
      | what    | state     |
      | another | forged    |
      | missing | (omitted) |

  @must @mcp-2026-07-28-authorization-response-validation/iss-compared @mcp-2026-07-28-authorization-response-validation/iss-not-normalized @mcp-2026-07-28-authorization-response-validation/iss-before-token @rfc9207-2.4/mismatch-rejected @rfc9207-2.4/simple-comparison @rfc9207-2.4/compared-with-metadata @rfc9700-4.4.2.1/issuer-compared @rfc9700-2.1/mix-up @rfc9700-2.1/mix-up-by-issuer @oauth-2.1-preventing-mix-up-attacks/same-issuer @mcp-security-mix-up-attacks/bound-to-issuer
  Scenario Outline: An answer from <whom> is rejected
    Given the authorization response has:
      | iss | <iss> |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no token request
    But the same request succeeds without it

    Examples:
      | whom                             | iss                   |
      | another issuer                   | https://other.example |
      | the issuer with a slash appended | (issuer)/             |

  @must @rfc9207-4/contradicting-issuers
  Scenario: An answer with two issuers is rejected
    Given the authorization response has:
      | iss | ["(issuer)", "https://other.example"] |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no token request
    But the same request succeeds without it

  @must @rfc9207-2.4/iss-decoded
  Scenario: A percent-encoded iss is accepted
    Given the authorization response has:
      | iss | (issuer) |
    When the agent connects to the MCP server
    Then the agent succeeds

  @must @rfc6749-4.1.2/client-ignores-unknown
  Scenario: The client ignores an unknown parameter of the answer
    Given the authorization response has:
      | (unknown) unknown_member | of later versions |
    When the agent connects to the MCP server
    Then the agent succeeds

  @must @mcp-2026-07-28-authorization-response-validation/iss-missing @rfc9207-2.4/missing-rejected
  Scenario: An answer without the advertised iss is rejected
    Given the authorization response has:
      | iss | (omitted) |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no token request
    But the same request succeeds without it

  @must @mcp-2026-07-28-authorization-response-validation/iss-unadvertised @rfc9207-2.4/iss-extracted
  Scenario: An iss that is not advertised is compared all the same
    Given the authorization server metadata have:
      | authorization_response_iss_parameter_supported | (omitted) |
    And the authorization response has:
      | iss | https://other.example |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent sent no token request
    But the same request succeeds without it

  @must @mcp-2026-07-28-authorization-response-validation/no-iss-proceeds
  Scenario: The client proceeds when iss is neither advertised nor sent
    Given the authorization server metadata have:
      | authorization_response_iss_parameter_supported | (omitted) |
    And the authorization response has:
      | iss | (omitted) |
    When the agent connects to the MCP server
    Then the agent succeeds

  @must @mcp-2026-07-28-authorization-response-validation/iss-in-error-checked @rfc9207-2.4/error-not-trusted
  Scenario: The error of another issuer is not shown
    Given the authorization response has:
      | code              | (omitted)             |
      | error             | access_denied         |
      | error_description | call 0900 for a token |
      | iss               | https://other.example |
    When the agent connects to the MCP server
    Then the agent gives up
    And the agent does not say "0900"
    But the same request succeeds without it
