package rehearse_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/models/rehearse"
)

// found are the findings about a text that are not Check's, as "severity place code".
func found(t require.TestingT, text string, crew rehearse.Crew) (all []string) {
	known, checked := playbook.Review([]byte(text))
	require.False(t, playbook.Broken(checked), "%v", checked)
	for _, f := range rehearse.Lint(known, crew) {
		said := append([]any{int(f.Severity), f.At, f.Code}, f.Args...)
		all = append(all, strings.TrimSuffix(fmt.Sprintln(said...), "\n"))
	}
	return all
}

func lines(text string) string { return "name: Way\n" + text }

func TestNothingIsSaidOfTheShippedTemplates(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		for _, s := range playbook.ShippedIn(lang) {
			d, findings := rehearse.Review(s.Text, rehearse.Crew{})
			require.Empty(t, findings, "%s %s", lang, s.Key)
			require.NotEmpty(t, d.Steps)
		}
	}
}

func TestWhatIsProbablyNotMeantIsFoundInItsPlace(t *testing.T) {
	team := rehearse.Crew{Members: []playbook.Member{{Email: "ana@example.org", Manager: true}, {Email: "bo@example.org"}, {Email: "cy@example.org", Viewer: true}}}
	for name, c := range map[string]struct {
		text string
		crew rehearse.Crew
		want []string
	}{
		"a step after two that exclude each other": {text: `
roles: [{id: us, name: Us}]
steps:
  - {id: ask, title: Ask, role: us, estimate: 1h, fields: [{id: go, label: Go, type: yes/no, required: true}]}
  - {id: build, title: Build, role: us, needs: [ask], when: ask.go, estimate: 1h}
  - {id: drop, title: Drop, role: us, needs: [ask], when: not ask.go, estimate: 1h}
  - {id: both, title: Both, role: us, needs: [build, drop], when: build.done and drop.done, estimate: 1h}
  - {id: over, title: Over, role: us, needs: [both], estimate: 1h}
`, want: []string{"2 steps.both.when step-never"}},
		"an answer that no step takes up": {text: `
roles: [{id: us, name: Us}]
steps:
  - {id: ask, title: Ask, role: us, estimate: 1h, fields: [{id: colour, label: Colour, type: choice, options: [red, green, blue], required: true}]}
  - {id: red, title: Red, role: us, needs: [ask], when: 'ask.colour == "red"', estimate: 1h}
  - {id: green, title: Green, role: us, needs: [ask], when: 'ask.colour == "green"', estimate: 1h}
`, want: []string{"3  ends-nowhere ask.colour = blue"}},
		"a step and a section by themselves": {text: `
roles: [{id: us, name: Us}]
sections: [{id: main, name: Main}, {id: more, name: More}, {id: side, name: Side}]
steps:
  - {id: a, title: A, role: us, section: main, estimate: 4h}
  - {id: b, title: B, role: us, section: more, needs: [a], estimate: 4h}
  - {id: c, title: C, role: us, section: side, estimate: 1h}
  - {id: d, title: D, role: us, section: side, needs: [c], estimate: 1h}
  - {id: alone, title: Alone, role: us, section: more, estimate: 1h}
`, want: []string{"3 steps.alone.needs stands-alone", "3 sections.side section-loose Side"}},
		"roles that nobody of the team plays": {crew: team, text: `
roles:
  - {id: gone, name: Gone, who: dee@example.org}
  - {id: reads, name: Reads, who: cy@example.org}
  - {id: part, name: Part, who: least loaded, from: [bo@example.org, dee@example.org]}
  - {id: none, name: None, who: round robin, from: [dee@example.org]}
  - {id: fine, name: Fine, who: ANA@example.org}
steps:
  - {id: a, title: A, role: gone, estimate: 1h}
  - {id: b, title: B, role: reads, needs: [a], estimate: 1h}
  - {id: c, title: C, role: part, needs: [b], estimate: 1h}
  - {id: d, title: D, role: none, needs: [c], estimate: 1h}
  - {id: e, title: E, role: fine, needs: [d], estimate: 1h}
`, want: []string{"2 roles.gone.who role-person-gone dee@example.org", "2 roles.reads.who role-only-reads cy@example.org",
			"3 roles.part.from role-pool-gone dee@example.org", "2 roles.none.from role-pool-empty"}},
		"what may be left empty": {text: `
inputs: [{id: buddy, label: Buddy, type: person}, {id: guest, label: Guest, type: person}, {id: city, label: City}]
roles: [{id: b, name: B, who: input buddy}, {id: g, name: G, who: input guest}]
steps:
  - {id: lunch, title: 'Lunch in {{city}}', role: b, estimate: 1h}
  - {id: visit, title: 'Visit {{city}}', role: g, needs: [lunch], when: 'guest != "" and city != ""', estimate: 1h}
  - {id: fin, title: Fin, role: b, needs: [visit], estimate: 1h}
`, want: []string{"3 roles.b.who role-may-lack Buddy Lunch in {{city}}", "3 steps.lunch.title title-may-lack City"}},
		"a critical path of one role, part of it without an estimate": {text: `
roles: [{id: us, name: Us}, {id: them, name: Them}]
steps:
  - {id: a, title: A, role: us, estimate: 2d}
  - {id: b, title: B, role: us, needs: [a]}
  - {id: c, title: C, role: us, needs: [b], estimate: 1d}
  - {id: side, title: Side, role: them, needs: [a], estimate: 1h}
`, want: []string{"3 steps.b.estimate estimate-lacks", "3 steps.a.role one-person-decides Us 3"}},
		"nothing estimated": {text: `
roles: [{id: us, name: Us}]
steps: [{id: a, title: A, role: us}]
`, want: []string{"3  no-estimates"}},
		"dates before the work can be done": {text: `
inputs: [{id: day, label: Day, type: date, required: true}]
roles: [{id: us, name: Us}, {id: them, name: Them}]
steps:
  - {id: a, title: A, role: us, estimate: 2d, due: 1 working day after start}
  - {id: b, title: B, role: them, needs: [a], estimate: 1d, due: 2 working days after start}
  - {id: c, title: C, role: us, needs: [b], estimate: 1d, due: 2 days after start}
  - {id: d, title: D, role: us, needs: [c], estimate: 1h, due: 5 working days before day}
  - {id: e, title: E, role: them, needs: [d], estimate: 3d, due: 4 working days before day}
`, want: []string{"2 steps.c.due due-unreachable 2 days after start 4d", "3 steps.e.due due-tight 3d D 5 working days before day 4 working days before day"}},
		"an approval by the one who does it": {text: `
roles: [{id: maker, name: Maker, who: ana@example.org}, {id: judge, name: Judge, who: Ana@example.org}, {id: other, name: Other}]
steps:
  - {id: a, title: A, role: maker, approval: judge, estimate: 1h}
  - {id: b, title: B, role: other, needs: [a], approval: {any: [judge, other]}, estimate: 1h}
  - {id: c, title: C, role: judge, needs: [b], approval: ana@example.org, estimate: 1h}
`, want: []string{"2 steps.a.approval approver-does Judge Maker", "2 steps.c.approval approver-does ana@example.org Judge"}},
	} {
		t.Run(name, func(t *testing.T) { require.Equal(t, c.want, found(t, lines(c.text), c.crew)) })
	}
}

func TestWhoPlaysWhichRoleTellsMore(t *testing.T) {
	text := lines(`
roles: [{id: maker, name: Maker}, {id: judge, name: Judge}, {id: other, name: Other}]
steps:
  - {id: a, title: A, role: maker, approval: judge, estimate: 1d}
  - {id: b, title: B, role: judge, needs: [a], approval: ana@example.org, estimate: 1d}
  - {id: c, title: C, role: maker, needs: [b], estimate: 1d}
  - {id: side, title: Side, role: other, needs: [a], estimate: 1h}
`)
	team := []playbook.Member{{ID: "ana", Email: "Ana@example.org"}, {ID: "bo", Email: "bo@example.org"}}
	require.Empty(t, found(t, text, rehearse.Crew{Members: team}))
	require.Empty(t, found(t, text, rehearse.Crew{Members: team, Cast: map[string]string{"maker": "ana", "judge": "bo", "other": "ana"}}))
	require.Equal(t, []string{"3 steps.a.role one-person-decides Maker 3", "2 steps.a.approval approver-does Judge Maker", "2 steps.b.approval approver-does ana@example.org Judge"},
		found(t, text, rehearse.Crew{Members: team, Cast: map[string]string{"maker": "ana", "judge": "ana", "other": "bo"}}))
}

func TestWhatNobodyCanTellIsNotTold(t *testing.T) {
	var many strings.Builder
	many.WriteString("roles: [{id: us, name: Us}]\nsteps:\n")
	var all []string
	for i := range 20 { // a million ways
		fmt.Fprintf(&many, "  - {id: s%d, title: S, role: us, estimate: 1h, fields: [{id: go, label: Go, type: yes/no, required: true}]}\n", i)
		all = append(all, fmt.Sprintf("s%d.go", i))
	}
	fmt.Fprintf(&many, "  - {id: last, title: Last, role: us, estimate: 1h, needs: [%s], when: '%s and not s0.go'}\n", strings.ReplaceAll(strings.Join(all, ", "), ".go", ""), strings.Join(all, " and "))
	for _, f := range found(t, lines(many.String()), rehearse.Crew{}) {
		require.NotContains(t, f, "step-never")
		require.NotContains(t, f, "ends-nowhere")
	}

	// A comparison of two answers has no cases that stand for all.
	require.Empty(t, found(t, lines(`
roles: [{id: us, name: Us}]
steps:
  - {id: a, title: A, role: us, estimate: 1h, fields: [{id: n, label: N, type: number, required: true}, {id: m, label: M, type: number, required: true}]}
  - {id: b, title: B, role: us, estimate: 1h, needs: [a], when: a.n > a.m}
`), rehearse.Crew{}))
}

func TestADateThatTheCalendarReachesOnSomeDayIsNoFinding(t *testing.T) {
	// A lag over days counts no work: begun on a Thursday, it is over on Saturday.
	text := `
roles: [{id: us, name: Us}, {id: them, name: Them}]
steps:
  - {id: a, title: A, role: us, estimate: 1d}
  - {id: b, title: B, role: them, needs: [{step: a, lag: 2 days}], estimate: 1d, due: 2 working days after start}
`
	require.Empty(t, found(t, lines(text), rehearse.Crew{}))
	require.Equal(t, []string{"2 steps.b.due due-unreachable 2 working days after start 4d"},
		found(t, lines(text), rehearse.Crew{Days: flow.Calendar{Zone: time.UTC}}), "where every day is worked, none is free")
}

// Each finding that says "never" or "nowhere" is held against playing the workflow.
func TestAStepThatIsSaidNeverToBeDoneIsDoneOnNoWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		conditions := []string{"true == x", "a.go", "not a.go", "a.done and x", "b.done", "not b.done and a.go", "b.done and c.done", "c.done or x"}
		var text strings.Builder
		text.WriteString("inputs: [{id: x, label: X, type: yes/no, default: no}]\nroles: [{id: us, name: Us}]\nsteps:\n")
		text.WriteString("  - {id: a, title: A, role: us, estimate: 1h, fields: [{id: go, label: Go, type: yes/no, required: true}]}\n")
		pick := func(label string, n int) string { return rapid.SampledFrom(conditions[:n]).Draw(t, label) }
		whens := []string{pick("b", 4), pick("c", 6), pick("d", 8)}
		fmt.Fprintf(&text, "  - {id: b, title: B, role: us, estimate: 1h, needs: [a], when: %s}\n", whens[0])
		fmt.Fprintf(&text, "  - {id: c, title: C, role: us, estimate: 1h, needs: [b], when: %s}\n", whens[1])
		fmt.Fprintf(&text, "  - {id: d, title: D, role: us, estimate: 1h, needs: [c], when: %s}\n", whens[2])
		d, checked := playbook.Review([]byte(lines(text.String())))
		if playbook.Broken(checked) {
			t.Skip("a condition that alone never holds")
		}
		never := map[string]bool{}
		for _, f := range rehearse.Lint(d, rehearse.Crew{}) {
			if f.Code == "step-never" {
				never[f.At.ID] = true
			}
		}
		held := map[string]bool{}
		branching := d.Branching()
		for try := range 32 {
			bit := func(i int) string {
				if try>>i&1 == 1 {
					return playbook.Yes
				}
				return playbook.No
			}
			known, ended := playbook.Answers{"x": bit(0), "a.go": bit(1)}, map[string]bool{"a": true}
			for i, id := range []string{"b", "c", "d"} {
				if branching.Standings(known, ended)[id] == playbook.Holds {
					held[id] = true
					ended[id] = id == "d" || bit(2+i) == playbook.Yes // or cancelled by somebody
				} else {
					ended[id] = false
				}
			}
		}
		for _, id := range []string{"b", "c", "d"} {
			require.Equal(t, !held[id], never[id], "%s: %v", id, whens)
		}
	})
}
