package views

import (
	"math"
	"strconv"
	"time"

	"relevo/models/playbook"
	"relevo/models/report"
	"relevo/views/say"
)

func (r Report) runFigures(w say.Report) []figure {
	v := r.Runs
	figures := []figure{{w.RunsDone, strconv.Itoa(v.Outcomes[report.RunDone]), "", "#rp-runs"}}
	if v.Duration.N > 0 {
		figures = append(figures, figure{w.HalfWithin, w.Span(v.Duration.P50), w.Runs, "#rp-runs"}, figure{w.MostWithin, w.Span(v.Duration.P85), w.Runs, "#rp-runs"})
	}
	deviations := 0
	for _, n := range v.Deviations {
		deviations += n
	}
	return append(figures, figure{w.Outcomes[report.Going], strconv.Itoa(v.Outcomes[report.Going]), "", "#rp-runs"},
		figure{w.Deviations, strconv.Itoa(deviations), "", "#rp-deviations"}, figure{w.Overdue, strconv.Itoa(r.Flow.Promise.Overdue), "", r.tasks(report.PickOverdue, "")})
}

// stepRow is a step with how it flowed, and what is drawn of it.
type stepRow struct {
	playbook.Step
	report.StepFlow
	wait, turn int // how wide its bars are, of stepWide
}

// stepWide is how wide the longest bars of a step are together.
const stepWide = 160

// stepRows are the steps in the order of the template; those in which nothing was
// done and nobody has the turn are left out.
func (r Report) stepRows() (rows []stepRow) {
	flows := map[string]report.StepFlow{}
	var most time.Duration
	for _, s := range r.Runs.Steps {
		flows[s.Step] = s
		most = max(most, s.Wait.P50+s.Turn.P50)
	}
	for _, s := range r.Steps {
		f, there := flows[s.ID]
		if !there || f.Turn.N+f.Now.N == 0 {
			continue
		}
		wide := func(d time.Duration) int { return int(math.Round(float64(d) / float64(max(1, most)) * stepWide)) }
		rows = append(rows, stepRow{s, f, wide(f.Wait.P50), wide(f.Turn.P50)})
	}
	return rows
}

// durations draws how long the runs took that were done, by when they ended.
func (r Report) durations(w *say.Words) cloud {
	var most time.Duration
	for _, run := range r.Runs.Runs {
		if run.Outcome == report.RunDone {
			most = max(most, run.Lasted(r.Flow.End))
		}
	}
	c := cloud{plot: plot{label: w.Report.Runs}.lasting(w.Report, most), n: r.Runs.Duration.N}
	placed, x := c.timed(w, r.Flow)
	c.plot = placed
	for _, run := range r.Runs.Runs {
		if run.Outcome == report.RunDone {
			d := run.Lasted(r.Flow.End)
			c.dots = append(c.dots, dot{x(run.Ended), c.y(float64(d)), run.Name + ": " + w.Report.Span(d), RunURL(run.ID)})
		}
	}
	c.percentiles(w.Report, r.Runs.Duration)
	return c.merged()
}

// deviationsOf says the deviations of a run.
func deviationsOf(w say.Report, run report.Run) (said string) {
	for _, d := range report.Deviations {
		if n := run.Deviations[d]; n > 0 {
			if said != "" {
				said += ", "
			}
			said += w.Deviation[d]
			if n > 1 {
				said += " × " + strconv.Itoa(n)
			}
		}
	}
	return said
}

func (r Report) runCSV(w *say.Words, part string, hours func(time.Duration) string, at func(time.Time) string) [][]string {
	p := w.Report
	if r.Runs == nil {
		return [][]string{{p.None}}
	}
	if part == "steps" {
		rows := [][]string{{p.Step, p.Finished, p.Waits + " (h)", p.Usual + " (h)", p.Most + " (h)", p.Work + " (h)", p.Now + " (h)", p.Tasks, p.Time + " (h)", p.Bottleneck}}
		for _, s := range r.stepRows() {
			rows = append(rows, []string{stepName(s.Step), strconv.Itoa(s.StepFlow.Turn.N), hours(s.Wait.P50), hours(s.Turn.P50), hours(s.Turn.P85), hours(s.Work.P50),
				hours(s.Now.P50), strconv.Itoa(s.Now.N), hours(s.Sum), flag(s.ID == r.Runs.Bottleneck)})
		}
		return rows
	}
	rows := [][]string{{p.Run, p.Started, p.Finished, p.Outcome, p.Duration + " (h)", p.Tasks, p.Deviations}}
	for _, run := range r.Runs.Runs {
		rows = append(rows, []string{run.Name, at(run.Made), at(run.Ended), p.Outcomes[run.Outcome], hours(run.Lasted(r.Flow.End)), w.Report.OfN(run.Closed, run.Tasks), deviationsOf(p, run)})
	}
	return rows
}
