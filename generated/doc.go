// Package generated is the root of the code that oapi-codegen makes from the
// specifications in api/. Only this file is written by hand.
package generated

//go:generate mkdir -p oauth authserver resourceserver mcpserver control report
//go:generate go tool oapi-codegen -config ../api/oauth.cfg.yaml ../api/oauth.yaml
//go:generate go tool oapi-codegen -config ../api/authserver.cfg.yaml ../api/authserver.yaml
//go:generate go tool oapi-codegen -config ../api/resourceserver.cfg.yaml ../api/resourceserver.yaml
//go:generate go tool oapi-codegen -config ../api/mcpserver.cfg.yaml ../api/mcpserver.yaml
//go:generate go tool oapi-codegen -config ../api/control.cfg.yaml ../api/control.yaml
//go:generate go tool oapi-codegen -config ../api/report.cfg.yaml ../api/report.yaml
