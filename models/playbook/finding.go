package playbook

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"relevo/models/fault"
)

// Finding is something about a definition that is wrong, or that somebody should
// look at.
type Finding struct {
	Severity Severity
	Code     fault.Code
	Args     []any
	At       Where
}

// Severity says whether a definition may be published in spite of a finding.
type Severity int

const (
	Error   Severity = iota + 1 // not before it is mended
	Warning                     // it works, but probably not as meant
	Hint                        // it works, and could be better
)

// Where is the place of a finding, in the definition and, if it comes from a
// text, there.
type Where struct {
	In     Part
	ID     string // of the input, role, section or step; empty if it has none
	Index  int    // among its kind, from 0, for IDs may be missing or double
	Field  string // as in YAML: "due", "needs.1", "fields.0.label"; empty: all of it
	Line   int    // from 1; 0: not from a text
	Column int    // from 1, in characters

	within int // characters into the text of the field
}

// Part is a list of a definition.
type Part string

const (
	Whole     Part = "" // the definition itself
	InInput   Part = "inputs"
	InRole    Part = "roles"
	InSection Part = "sections"
	InStep    Part = "steps"
)

// String is the path to the place: "steps.contract.due".
func (w Where) String() string {
	var path []string
	if w.In != Whole {
		path = append(path, string(w.In), cmp.Or(w.ID, fmt.Sprint(w.Index+1)))
	}
	if w.Field != "" {
		path = append(path, w.Field)
	}
	return strings.Join(path, ".")
}

// Fault is the finding for those who take faults; its Field is the place, with
// line and column before it where they are known.
func (f Finding) Fault() *fault.Fault {
	field := f.At.String()
	if f.At.Line > 0 {
		field = strings.TrimSpace(fmt.Sprintf("%d:%d %s", f.At.Line, f.At.Column, field))
	}
	return fault.On(field, f.Code, f.Args...)
}

// Refuse returns the errors among findings as one fault; nil if there is none.
func Refuse(findings []Finding) error {
	var faults []*fault.Fault
	for _, f := range findings {
		if f.Severity == Error {
			faults = append(faults, f.Fault())
		}
	}
	return fault.All(faults...)
}

// Broken reports whether there is an error among findings.
func Broken(findings []Finding) bool {
	return slices.ContainsFunc(findings, func(f Finding) bool { return f.Severity == Error })
}

// inOrder sorts findings by their place in the text, or else as they are.
func inOrder(findings []Finding) []Finding {
	slices.SortStableFunc(findings, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.At.Line, b.At.Line), cmp.Compare(a.At.Column, b.At.Column))
	})
	return findings
}

// nearest returns the candidate that somebody may have meant by a word; empty if
// none is near.
func nearest(word string, candidates []string) string {
	best, least := "", 3
	if len(word) <= 3 {
		least = 2
	}
	for _, c := range candidates {
		if d := distance(word, c, least); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance is how many letters have to be changed, added or left out, or more
// than enough of them.
func distance(a, b string, enough int) int {
	if len(a) > 2*MaxID || max(len(a)-len(b), len(b)-len(a)) >= enough {
		return enough
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
