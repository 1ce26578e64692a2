package playbook

import (
	"embed"
	"fmt"
)

//go:embed shipped/*.yaml
var shippedFiles embed.FS

// shippedKeys are the templates that come with the program, in the order in which
// they are offered.
var shippedKeys = []string{"employee-onboarding", "order-processing", "server-provisioning", "code-deployment", "product-launch", "mass-mailing"}

// Shipped is a template that comes with the program.
type Shipped struct {
	Key  string // the same in every language
	Text []byte // YAML
}

// ShippedIn returns the templates that come with the program in a language, in
// English if they are not there in it.
func ShippedIn(lang string) []Shipped {
	all := make([]Shipped, len(shippedKeys))
	for i, key := range shippedKeys {
		text, err := shippedFiles.ReadFile(fmt.Sprintf("shipped/%s.%s.yaml", key, lang))
		if err != nil {
			text, _ = shippedFiles.ReadFile(fmt.Sprintf("shipped/%s.en.yaml", key)) // it is compiled in
		}
		all[i] = Shipped{Key: key, Text: text}
	}
	return all
}
