// Package token makes and checks tokens: the JWT access tokens of RFC 9068,
// the documented HS256 shape, and the random secrets that are stored as
// hashes only.
//
// It does not decide who may have a token, nor what a token allows.
package token
