package playbook_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
)

// review reads a definition in which there is no error.
func review(t require.TestingT, text string) playbook.Definition {
	d, findings := playbook.Review([]byte(text))
	for _, f := range findings {
		require.NotEqual(t, playbook.Error, f.Severity, "%d:%d %s %s %v", f.At.Line, f.At.Column, f.At, f.Code, f.Args)
	}
	return d
}

func day(t require.TestingT, text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	require.NoError(t, err)
	return d
}

const hiring = `
name: A new colleague
inputs:
  - {id: person, label: Name, required: true}
  - {id: first_day, label: First day, type: date, required: true}
  - {id: remote, label: Works from home, type: yes/no}
roles:
  - {id: hr, name: HR}
  - {id: it, name: IT}
steps:
  - id: contract
    title: Send the contract to {{person}}
    role: hr
    due: 2 working days after start
    fields:
      - {id: signed, label: Signed, type: yes/no, required: true}
  - id: laptop
    title: Send {{ person }} a laptop
    role: it
    due: 5 working days before first_day
    needs: [contract]
    when: remote and contract.signed
  - id: desk
    title: Clear a desk
    role: it
    due: on first_day
    needs: [contract]
    when: not remote
  - id: welcome
    title: Welcome {{person}}
    description: "Signed: {{contract.signed}}. *{{person}}* is here."
    role: hr
    needs: {all: [laptop, desk], lag: 1 working day}
    due: 1 day after needs
`

func TestAPlanSaysWhatARunWouldMake(t *testing.T) {
	d := review(t, hiring)
	sheet, err := playbook.Plan(d, playbook.Launch{
		Answers: playbook.Answers{"person": "Ana *the* Great", "first_day": "2026-03-16", "remote": "no"},
		Cast:    map[string][]string{"hr": {"u1"}},
		From:    day(t, "2026-03-06"), // a Friday
		Calendar: flow.Calendar{
			Off: [7]bool{time.Saturday: true, time.Sunday: true}, Holidays: map[string]bool{"2026-03-17": true},
		},
	})
	require.NoError(t, err)
	require.Equal(t, []string{"it"}, sheet.Uncast)
	type line struct{ title, begins, due, pushed, owner, condition string }
	var got []line
	for _, p := range sheet.Tasks {
		owner := ""
		if len(p.Owners) > 0 {
			owner = p.Owners[0]
		}
		got = append(got, line{p.Title, p.Begins, p.Due, p.Pushed, owner, string(p.Condition)})
	}
	require.Equal(t, []line{
		{"Send the contract to Ana *the* Great", "2026-03-06", "2026-03-10", "", "u1", "holds"},
		{"Send Ana *the* Great a laptop", "2026-03-10", "2026-03-10", "2026-03-09", "", "falls"},
		{"Clear a desk", "2026-03-10", "2026-03-16", "", "", "holds"},
		{"Welcome Ana *the* Great", "2026-03-18", "2026-03-19", "", "u1", "holds"},
	}, got)
	require.Equal(t, []string{"contract.signed"}, sheet.Tasks[3].Open)
	require.Equal(t, `Signed: {{contract.signed}}. *Ana \*the\* Great* is here.`, sheet.Tasks[3].Description)
}

func TestAPlanAsksForWhatIsMissing(t *testing.T) {
	d := review(t, hiring)
	_, err := playbook.Plan(d, playbook.Launch{Answers: playbook.Answers{"first_day": "2026-02-30"}, From: day(t, "2026-03-06")})
	require.Equal(t, fault.Needed, fault.From(err).For("person").Code)
	require.Equal(t, fault.NotADate, fault.From(err).For("first_day").Code)
	d.Steps[0].Due = playbook.Due{From: playbook.End, Amount: -1, Unit: flow.Days}
	_, err = playbook.Plan(d, playbook.Launch{Answers: playbook.Answers{"person": "Ana", "first_day": "2026-03-01"}, From: day(t, "2026-03-06")})
	require.Equal(t, fault.Needed, fault.From(err).For("end").Code)
}

// drawLaunch draws answers to all the inputs, and dates.
func drawLaunch(t *rapid.T, d playbook.Definition) playbook.Launch {
	from := day(t, "2027-12-20").AddDate(0, 0, rapid.IntRange(0, 500).Draw(t, "from"))
	l := playbook.Launch{
		Answers: playbook.Answers{}, From: from, Until: from.AddDate(0, 0, rapid.IntRange(0, 200).Draw(t, "until")),
		Calendar: flow.Weekdays(place(t, rapid.SampledFrom(zones).Draw(t, "zone"))),
	}
	l.Calendar.Holidays = map[string]bool{}
	for range rapid.IntRange(0, 10).Draw(t, "holidays") {
		l.Calendar.Holidays[from.AddDate(0, 0, rapid.IntRange(-100, 300).Draw(t, "holiday")).Format(time.DateOnly)] = true
	}
	for _, f := range d.Inputs {
		l.Answers[f.ID] = drawAnswer(t, f)
	}
	return l
}

func drawAnswer(t *rapid.T, f playbook.Field) string {
	if !f.Required && rapid.Bool().Draw(t, "left empty") {
		return ""
	}
	switch f.Type {
	case playbook.Number:
		if f.Min != "" {
			return f.Min
		}
		return rapid.SampledFrom([]string{"0", "1", "12.5"}).Draw(t, "number")
	case playbook.Date:
		return day(t, "2028-01-01").AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "date")).Format(time.DateOnly)
	case playbook.Choice:
		return rapid.SampledFrom(f.Options).Draw(t, "choice")
	case playbook.YesNo:
		return rapid.SampledFrom([]string{playbook.Yes, playbook.No}).Draw(t, "yes or no")
	case playbook.URL:
		return "https://example.com"
	case playbook.Person:
		return "user"
	case playbook.Text:
	}
	return "a"
}

var zones = []string{"UTC", "Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "America/Havana", "Africa/Cairo", "Asia/Kolkata", "Pacific/Apia"}

func place(t require.TestingT, name string) *time.Location {
	zone, err := time.LoadLocation(name)
	require.NoError(t, err)
	return zone
}

func TestNoTaskIsDueBeforeWhatItWaitsFor(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDefinition(t)
		require.NoError(t, playbook.Refuse(playbook.Check(d)), "%s", playbook.Print(d))
		launch := drawLaunch(t, d)
		sheet, err := playbook.Plan(d, launch)
		require.NoError(t, err)
		again, err := playbook.Plan(d, launch)
		require.NoError(t, err)
		require.Equal(t, sheet, again, "the same start gives the same plan")

		require.Len(t, sheet.Tasks, len(d.Steps))
		at := map[string]playbook.Planned{}
		for _, task := range sheet.Tasks { // steps are drawn in an order without cycles
			earliest := ""
			for _, n := range task.Needs {
				p, there := at[n.Step]
				require.True(t, there, "no orphan: %s needs %s", task.Step, n.Step)
				end := p.Due
				if end == "" || p.Condition == playbook.Falls {
					end = p.Begins
				}
				if task.Join == flow.All && task.Due != "" {
					require.GreaterOrEqual(t, task.Due, end, "%s\n%+v\n%+v", playbook.Print(d), task, p)
				}
				if earliest == "" || end < earliest {
					earliest = end
				}
			}
			if task.Due != "" {
				require.GreaterOrEqual(t, task.Due, earliest)
			}
			at[task.Step] = task
		}
	})
}

func TestACycleIsNeverPlanned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDefinition(t)
		i := rapid.IntRange(0, len(d.Steps)-1).Draw(t, "from")
		j := rapid.IntRange(i, len(d.Steps)-1).Draw(t, "to")
		for k := i; k < j; k++ { // a way from one to the other, and back
			d.Steps[k+1].Needs, d.Steps[k+1].Join = []playbook.Need{playbook.Requires(d.Steps[k].ID)}, flow.All
		}
		d.Steps[i].Needs, d.Steps[i].Join = []playbook.Need{playbook.Requires(d.Steps[j].ID)}, flow.All
		_, err := playbook.Plan(d, drawLaunch(t, d))
		require.Error(t, err)
		f := fault.From(err)
		require.True(t, slices.ContainsFunc(append(f.Also, f), func(f *fault.Fault) bool { return f.Code == fault.StepCycle || f.Code == fault.NeedsOwn }), "%v", err)
	})
}

// Whatever is answered, and in whatever order the steps are done, a run comes to
// its end: a step that is skipped holds nobody up who does not say so.
func TestNoSkippedBranchStrandsWhatFollows(t *testing.T) {
	skipped := 0
	rapid.Check(t, func(t *rapid.T) {
		d := drawDefinition(t)
		for i := range d.Steps {
			for k := range d.Steps[i].Needs {
				d.Steps[i].Needs[k].OnCancel = flow.Skip
			}
		}
		p := start(t, d, drawLaunch(t, d).Answers)
		for {
			ready := p.ready(t)
			if len(ready) == 0 {
				break
			}
			s, _ := d.Step(rapid.SampledFrom(ready).Draw(t, "next"))
			answers := map[string]string{}
			for _, f := range s.Fields {
				answers[f.ID] = drawAnswer(t, f)
			}
			p.finish(t, s.ID, answers)
		}
		for id, task := range p.tasks {
			require.False(t, task.State.Open(), "%s is stranded\n%s", id, playbook.Print(d))
			if task.Skipped {
				skipped++
			}
		}
	})
	require.Positive(t, skipped)
}
