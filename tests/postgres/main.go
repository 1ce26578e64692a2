// Postgres runs a command with a throwaway PostgreSQL to test on:
//
//	go run ./tests/postgres go test ./...
//
// The cluster's URL is in RELEVO_TEST_POSTGRES, unless that gives one already.
// Where no PostgreSQL is installed, the command is skipped, with a word about it;
// where CI is set, that is an error.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"

	"relevo/tests/testdb"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

func run(args []string) (code int, err error) {
	if len(args) == 0 {
		return 2, errors.New("say which command to run")
	}
	if given := os.Getenv(testdb.Variable); given == "" || given == "1" {
		address, stop, err := testdb.StartPostgres()
		if errors.Is(err, testdb.ErrNoPostgres) && os.Getenv("CI") == "" {
			return 0, fmt.Errorf("SKIPPED on PostgreSQL: %w", err)
		}
		if err != nil {
			return 1, err
		}
		defer stop()
		if err := os.Setenv(testdb.Variable, address); err != nil {
			return 1, err
		}
	}
	c := exec.Command(args[0], args[1:]...) // #nosec G204 -- the command is what we are for
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	var exit *exec.ExitError
	if err := c.Run(); errors.As(err, &exit) {
		return exit.ExitCode(), nil
	} else if err != nil {
		return 1, err
	}
	return 0, nil
}
