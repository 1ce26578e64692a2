// Package seed gives the property tests of the package that imports it the seed that
// RELEVO_TEST_SEED names; without one they explore at random. The Makefile names the
// commit: what passed once passes again, and each commit tries other cases. Over
// PostgreSQL, where each check takes a database of its own that is slow to make, they
// try fewer of the cases that they try over SQLite.
package seed

import (
	"flag"
	"os"

	_ "pgregory.net/rapid" // brings the flags
)

func init() {
	set := func(name, value string) {
		if err := flag.Set(name, value); err != nil {
			panic(name + "=" + value + ": " + err.Error())
		}
	}
	if seed := os.Getenv("RELEVO_TEST_SEED"); seed != "" {
		set("rapid.seed", seed)
	}
	if os.Getenv("RELEVO_TEST_POSTGRES") != "" {
		set("rapid.checks", "40") // a flag of the command's own still counts more
	}
}
