package playbook

import (
	_ "embed" // for the schema
)

// Schema is the JSON Schema (2020-12) of a definition as YAML: editors complete
// and check with it as one writes. What it refuses, Parse refuses too.
//
//go:embed schema.json
var Schema []byte
