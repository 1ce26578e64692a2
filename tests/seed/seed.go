// Package seed gives the property tests of the package that imports it the seed that
// RELEVO_TEST_SEED names; without one they explore at random. The Makefile names the
// commit: what passed once passes again, and each commit tries other cases.
package seed

import (
	"flag"
	"os"

	_ "pgregory.net/rapid" // brings the flag
)

func init() {
	if seed := os.Getenv("RELEVO_TEST_SEED"); seed != "" {
		if err := flag.Set("rapid.seed", seed); err != nil {
			panic("RELEVO_TEST_SEED: " + err.Error())
		}
	}
}
