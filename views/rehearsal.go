package views

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/playbook"
	"relevo/models/rehearse"
	"relevo/views/say"
)

// RehearsalURL is where a template is rehearsed.
func RehearsalURL(template string) templ.SafeURL { return TemplateURL(template) + "/rehearsal" }

// rehearsalWith is the address of the same rehearsal with another seed.
func rehearsalWith(v models.RehearsalView, seed uint64) templ.SafeURL {
	in, q := v.Input, url.Values{}
	q.Set("seed", strconv.FormatUint(seed, 10))
	q.Set("rounds", in.Rounds)
	q.Set("from", in.From)
	q.Set("hands", handsOf(v))
	q.Set("dates", waitsOf(v))
	if in.Until != "" {
		q.Set("until", in.Until)
	}
	for _, f := range v.Inputs {
		q.Set(models.AnswerField(f.ID), in.Answers[f.ID])
	}
	for _, r := range v.Roles {
		if r.Who != playbook.FromInput {
			q.Set(models.RoleField(r.ID), in.Cast[r.ID])
		}
	}
	for name, typed := range in.Chances {
		q.Set(models.ChanceField(name), typed)
	}
	return RehearsalURL(v.Template.ID) + "?" + templ.SafeURL(q.Encode())
}

func handsOf(v models.RehearsalView) string {
	if v.Input.Plenty {
		return "plenty"
	}
	return "one"
}

func waitsOf(v models.RehearsalView) string {
	if v.Input.Soon {
		return "soon"
	}
	return "keep"
}

func roundOptions() (all []Option) {
	for _, n := range models.RoundChoices {
		all = append(all, Option{strconv.Itoa(n), strconv.Itoa(n)})
	}
	return all
}

// shareOf says a part of 1 in per cent; what is not none is at least 1, and what is not
// all at most 99.
func shareOf(part float64) string {
	percent := int(math.Round(part * 100))
	if percent == 0 && part > 0 {
		return "<\u00a01\u00a0%"
	}
	if percent == 100 && part < 1 {
		return ">\u00a099\u00a0%"
	}
	return strconv.Itoa(percent) + "\u00a0%"
}

// workTime says minutes of work: in quarters of an hour where there are many.
func workTime(w *say.Words, minutes float64) string {
	if minutes >= 120 {
		return w.When.Minutes(int(math.Round(minutes/15)) * 15)
	}
	return w.When.Minutes(max(1, int(math.Round(minutes))))
}

// basisOf says what a step's duration is made of.
func basisOf(w say.Rehearse, b models.StepBasis) string {
	if b.By == models.ByHistory {
		return w.AsBefore(b.Times)
	}
	return w.Bases[int(b.By)]
}

// finishBar is a bar of the histogram.
type finishBar struct {
	x, y, wide, high int
	name             string
}

// finishMark is a line through it, with what it says at its top.
type finishMark struct {
	x, y   int
	text   string
	kind   string
	anchor string
}

// finishes is the histogram of the days on which rounds were over.
type finishes struct {
	plot
	bars  []finishBar
	lines []finishMark
}

// mostBars is how many bars the histogram has at most: beyond that, each is of several days.
const mostBars = 40

func finishesOf(w *say.Words, o rehearse.Outcome) finishes {
	days := o.Days()
	first, last := days[0].Day, days[len(days)-1].Day
	all := int(last.Sub(first).Hours()/24) + 1
	each := (all + mostBars - 1) / mostBars
	n := (all + each - 1) / each
	counts, most := make([]int, n), 0
	at := func(day time.Time) float64 { return day.Sub(first).Hours() / 24 / float64(each) }
	for _, d := range days {
		i := int(at(d.Day))
		counts[i] += d.Rounds
		most = max(most, counts[i])
	}
	f := finishes{plot: plot{label: w.Rehearse.Finish}.counted(most)}
	room := float64(plotWide) / float64(max(n, 3))
	x := func(place float64) int { return chartLeft + int(math.Round(place*room)) }
	marks := max(1, (n+5)/6)
	for i, c := range counts {
		day := first.AddDate(0, 0, i*each)
		if i%marks == 0 {
			f.marks = append(f.marks, notch{x(float64(i) + .5), axisDay(w, day, all)})
		}
		if c > 0 {
			f.bars = append(f.bars, finishBar{x(float64(i) + .1), f.y(float64(c)), max(2, int(room*.8)), f.y(0) - f.y(float64(c)), w.When.Date(day) + ": " + strconv.Itoa(c)})
		}
	}
	for i, percent := range []int{50, 90} {
		place := x(math.Floor(at(dayIn(o.By(percent)))) + .5)
		anchor := "start"
		if place > chartWide-chartRight-60 {
			anchor = "end"
		}
		f.lines = append(f.lines, finishMark{place, chartTop + 10 + 15*i, strconv.Itoa(percent) + " %", strconv.Itoa(percent), anchor})
	}
	return f
}

// dayIn is the day that a moment shows, for counting.
func dayIn(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// decisive are the steps that decide most often when all is over, in their order.
func decisive(v models.RehearsalView) (steps []rehearse.StepOutcome) {
	for _, s := range v.Outcome.Steps {
		if s.Critical >= .5 {
			steps = append(steps, s)
		}
	}
	return steps
}

// playerOf names who does a step.
func playerOf(w *say.Words, v models.RehearsalView, s playbook.Step) string {
	if p := v.Named(v.Input.Cast[s.Role]); s.Role != "" && p.Name != "" {
		return p.Name
	}
	return roleName(v.Definition, s.Role, w.Runs.Nobody)
}

// handName names one of the hands: somebody of the team, or a role that nobody plays yet.
func handName(w *say.Words, v models.RehearsalView, hand string) string {
	if p := v.Named(hand); p.Name != "" {
		return p.Name
	}
	return w.Rehearse.Somebody(roleName(v.Definition, strings.TrimPrefix(hand, models.RoleField("")), hand))
}

func stepOf(v models.RehearsalView, id string) playbook.Step {
	s, _ := v.Step(id)
	return s
}

// overloaded reports whether more is wanted of somebody in a week than they can do.
func overloaded(wants float64, week rehearse.Week) bool { return wants > week.Works+30 }

// weighed says how likely the answers to a question are.
func weighed(w *say.Words, v models.RehearsalView, q models.OpenQuestion) string {
	sum := 0.0
	for _, x := range q.Weights {
		sum += x
	}
	var all []string
	for i, a := range q.Answers {
		share := 1 / float64(len(q.Answers))
		if sum > 0 {
			share = q.Weights[i] / sum
		}
		all = append(all, answerWord(w, v, q, a)+" "+shareOf(share))
	}
	const most = 6
	if len(all) > most {
		all = append(all[:most], "…")
	}
	return strings.Join(all, " · ")
}

// answerWord says an answer as people read it.
func answerWord(w *say.Words, v models.RehearsalView, q models.OpenQuestion, answer string) string {
	switch {
	case answer == playbook.Yes && q.Field.Type == playbook.YesNo:
		return w.Runs.YesWord
	case answer == playbook.No && q.Field.Type == playbook.YesNo:
		return w.Runs.NoWord
	case strings.TrimSpace(strings.Trim(answer, "\x00")) == "":
		return w.Rehearse.AnAnswer
	case q.Field.Type == playbook.Person:
		if p := v.Named(answer); p.Name != "" {
			return p.Name
		}
	}
	return answer
}

// questionBasis says what the weights of a question are made of.
func questionBasis(w say.Rehearse, q models.OpenQuestion) string {
	if q.By == models.ByHistory {
		return w.AnsweredBefore(q.Times)
	}
	return w.QuestionBases[int(q.By)]
}

// chanceOptions are the answers to choose from, or chance.
func chanceOptions(w *say.Words, q models.OpenQuestion) []Option {
	options := []Option{{"", w.Rehearse.ByChance}}
	for _, a := range q.Field.Options {
		options = append(options, Option{a, a})
	}
	return options
}

// asksChance reports whether somebody can say how likely the answers to a question are.
func asksChance(q models.OpenQuestion) bool {
	return q.Step.ID != "" && slices.Contains([]playbook.Type{playbook.YesNo, playbook.Choice}, q.Field.Type)
}

// gainOf says what a change is.
func gainOf(w *say.Words, v models.RehearsalView, g rehearse.Gain) string {
	if g.Role != "" {
		return w.Rehearse.OneMore(roleName(v.Definition, g.Role, g.Role))
	}
	return w.Rehearse.Shorter(stepName(stepOf(v, g.Step)))
}

// sourceCounts says how many steps are known by what.
func sourceCounts(v models.RehearsalView) (history, estimate, assumed int) {
	for _, b := range v.Bases {
		switch b.By {
		case models.ByHistory:
			history++
		case models.ByEstimate:
			estimate++
		case models.ByAssuming, models.ByWord:
			assumed++
		}
	}
	return history, estimate, assumed
}

// hasChances reports whether the form asks how likely anything is.
func hasChances(v models.RehearsalView) bool { return slices.ContainsFunc(v.Open, asksChance) }

func roleNames(roles []playbook.Role) string {
	var names []string
	for _, r := range roles {
		names = append(names, r.Name)
	}
	return strings.Join(names, ", ")
}

// mayRehearse reports whether a template is there to be rehearsed for who looks at it.
func mayRehearse(v models.TemplateView) bool {
	ready := v.Template.Published > 0 || access.Can(v.Team.Role, access.EditTemplate) && !playbook.Broken(v.Findings)
	return ready && access.Can(v.Team.Role, access.StartRun)
}

// aheadSteps are the steps of a run that decide when it is finished.
func aheadSteps(v models.RunView) (steps []models.RunStep) {
	for _, s := range v.Steps {
		if s.Open() && slices.Contains(v.Ahead.Decisive, s.ID) {
			steps = append(steps, s)
		}
	}
	return steps
}
