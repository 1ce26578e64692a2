package models

import "testing"

// BigLog writes n entries of a team over a year, for benchmarks outside the package.
func BigLog(tb testing.TB, n int) (*Store, Actor, string) {
	s, who, team, _ := bigLog(tb, n)
	return s, who, team
}
