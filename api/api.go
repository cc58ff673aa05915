// Package api holds the contracts: the OpenAPI specifications from which the
// packages below generated/ are made. It owns the texts and nothing else.
package api

import "embed"

// Specs are the OpenAPI documents, one file for each.
//
//go:embed *.yaml
var Specs embed.FS
