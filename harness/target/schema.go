package target

import _ "embed"

// The JSON Schemas of the files that people write.
var (
	//go:embed target.schema.json
	TargetSchema []byte
	//go:embed baseline.schema.json
	BaselineSchema []byte
)
