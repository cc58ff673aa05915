// Package wire owns what every HTTP exchange obeys before a role sees it:
// limits, the strict reading of forms and JSON, errors as JSON whatever went
// wrong, and the bounded log of requests that the examiner may read.
//
// It does not own what a request means: that is the role's decision.
package wire
