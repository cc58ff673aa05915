@authorization-server @needs:authorization_code @needs:form_post
Feature: Response modes
  The client says how the answer comes back to it: in the query of its redirect
  URI, or as a form that posts itself.

  Background:
    Given a confidential client
    And the resource owner approves

  @must @form-post-2/form-values @form-post-2/action @form-post-2/method
  Scenario: A code comes as a form that posts to the client
    When the client sends an authorization request with:
      | response_mode | form_post |
    Then the response is a form that posts to the client:
      | code  | (present) |
      | state | (valid)   |
      | error | (absent)  |

  @must @rfc9207-2/iss-in-response @needs:issuer_identification
  Scenario: A form that posts to the client names the issuer
    When the client sends an authorization request with:
      | response_mode | form_post |
    Then the response is a form that posts to the client:
      | code | (present) |
      | iss  | (valid)   |

  @must @form-post-2/form-values
  Scenario: An error comes as a form that posts to the client
    When the client sends an authorization request with:
      | response_mode | form_post |
      | scope         | (random)  |
    Then the response is a form that posts to the client:
      | error | invalid_scope or access_denied |
      | state | (valid)                        |
      | code  | (absent)                       |

  @must @rfc6749-10.14/server-input
  Scenario: Script in the state stays text in the form
    When the client sends an authorization request with:
      | response_mode | form_post                   |
      | state         | "><script>alert(1)</script> |
    Then the page does not hold "<script>alert"

  @must @form-post-2/no-store
  Scenario: The form is never stored
    When the client sends an authorization request with:
      | response_mode | form_post |
    Then the response header "Cache-Control" contains "no-store"

  @must @form-post-2/form-values
  Scenario: An approval on the consent page leads to the form
    Given the resource owner signs in and approves
    When the client sends an authorization request with:
      | response_mode | form_post |
    Then the response is a form that posts to the client:
      | code | (present) |

  @must @rfc6749-4.1.2/code-and-state
  Scenario: The response mode query may be named
    When the client sends an authorization request with:
      | response_mode | query |
    Then the user agent returns to the client with:
      | code  | (present) |
      | state | (valid)   |

  @must @oidc-core-3.1.2.6/response-mode-unsupported
  Scenario: An unknown response mode is refused without a redirect
    When the client sends an authorization request with:
      | response_mode | (random) |
    Then the user agent is not redirected
    And the response status is 400
