package views

import (
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models/report"
	"relevo/views/say"
)

// What a chart measures, in pixels of its picture.
const (
	chartWide  = 680
	chartHigh  = 250
	chartLeft  = 52
	chartRight = 44
	chartTop   = 12
	chartFoot  = 30
	plotWide   = chartWide - chartLeft - chartRight
	plotHigh   = chartHigh - chartTop - chartFoot
)

// plot is a picture with its axes. Values go up from 0 to top.
type plot struct {
	label string
	top   float64
	ticks []notch // of the upright axis
	marks []notch // of the level one
}

// notch is a value at an axis, with its place in the picture.
type notch struct {
	at   int
	text string
}

func (c plot) y(value float64) int {
	return chartTop + plotHigh - int(math.Round(value/c.top*plotHigh))
}

// counted gives a chart an axis for numbers up to most.
func (c plot) counted(most int) plot {
	step := niceStep(float64(most)/4, 1)
	c.top = math.Max(step, math.Ceil(float64(most)/step)*step)
	for v := 0.0; v <= c.top; v += step {
		c.ticks = append(c.ticks, notch{c.y(v), strconv.Itoa(int(v))})
	}
	return c
}

// lasting gives a chart an axis for durations up to most.
func (c plot) lasting(w say.Report, most time.Duration) plot {
	unit := time.Minute
	switch {
	case most > 72*time.Hour:
		unit = 24 * time.Hour
	case most > 3*time.Hour:
		unit = time.Hour
	}
	step := niceStep(float64(most)/4/float64(unit), 1) * float64(unit)
	c.top = math.Max(step, math.Ceil(float64(most)/step)*step)
	for v := 0.0; v <= c.top; v += step {
		c.ticks = append(c.ticks, notch{c.y(v), w.Tick(time.Duration(v))})
	}
	return c
}

// niceStep is the least of 1, 2, 5, 10, 20 … that is not less than about.
func niceStep(about, least float64) float64 {
	step := least
	for {
		for _, by := range []float64{1, 2, 5} {
			if step*by >= about {
				return step * by
			}
		}
		step *= 10
	}
}

// timed gives a chart an axis for a period's days, and says where a moment is on it.
func (c plot) timed(w *say.Words, f report.Flow) (plot, func(time.Time) int) {
	whole := f.End.Sub(f.From)
	x := func(t time.Time) int {
		return chartLeft + int(math.Round(float64(t.Sub(f.From))/math.Max(1, float64(whole))*plotWide))
	}
	days := f.Days()
	step := (days + 4) / 5
	for n := 0; n < days; n += max(1, step) {
		day := f.From.AddDate(0, 0, n)
		c.marks = append(c.marks, notch{x(day), axisDay(w, day, days)})
	}
	return c, x
}

// axisDay names a day at an axis; its year too, where there are several.
func axisDay(w *say.Words, day time.Time, days int) string {
	if days > 300 {
		return day.Format("01/2006")
	}
	return w.When.DayMonth(day)
}

// dot is a task in a picture.
type dot struct {
	x, y int
	name string
	to   templ.SafeURL
}

// line is a level line through a picture, with what it says at its right.
type line struct {
	y    int
	text string
	kind string
}

// cloud is a picture of many tasks, each with a time.
type cloud struct {
	plot
	dots  []dot
	merge string // instead of the dots, where they are too many: one path
	lines []line
	n     int
}

// mostDots is how many tasks are drawn each by itself.
const mostDots = 400

// scatter draws durations of finished tasks by when they were finished.
func (r Report) scatter(w *say.Words, label string, of func(report.Finished) time.Duration, s report.Spread) cloud {
	var most time.Duration
	for _, x := range r.Flow.Finished {
		most = max(most, of(x))
	}
	c := cloud{plot: plot{label: label}.lasting(w.Report, most), n: s.N}
	placed, x := c.timed(w, r.Flow)
	c.plot = placed
	for _, f := range r.Flow.Finished {
		if d := of(f); d > 0 {
			c.dots = append(c.dots, dot{x(f.Done), c.y(float64(d)), f.Name + ": " + w.Report.Span(d), reportTask(f.Task)})
		}
	}
	c.percentiles(w.Report, s)
	return c.merged()
}

// ages draws the work in progress by how long ago it began, a column for each stage.
func (r Report) ages(w *say.Words) cloud {
	doing, most := r.Flow.Doing(), r.Flow.Cycle.P95
	for _, o := range doing {
		most = max(most, o.Age(r.Flow.End))
	}
	c := cloud{plot: plot{label: w.Report.Doing}.lasting(w.Report, most), n: len(doing)}
	stages := []report.Stage{report.InProgress, report.InReview, report.Blocked}
	wide := plotWide / len(stages)
	taken := map[int]int{}
	for i, s := range stages {
		middle := chartLeft + wide*i + wide/2
		c.marks = append(c.marks, notch{middle, w.Report.Stages[s]})
		for _, o := range doing {
			if o.Stage != s {
				continue
			}
			y := c.y(float64(o.Age(r.Flow.End)))
			key := i<<20 | y/9
			n := taken[key]
			taken[key]++
			shift := (n + 1) / 2 * 11
			if n%2 == 1 {
				shift = -shift
			}
			x := middle + max(-wide/2+8, min(wide/2-8, shift))
			c.dots = append(c.dots, dot{x, y, o.Name + ": " + w.Report.Span(o.Age(r.Flow.End)), reportTask(o.Task)})
		}
	}
	c.percentiles(w.Report, r.Flow.Cycle)
	return c.merged()
}

// percentiles draws the lines, and keeps what they say apart.
func (c *cloud) percentiles(w say.Report, s report.Spread) {
	if s.N == 0 {
		return
	}
	for _, p := range []struct {
		n int
		d time.Duration
	}{{50, s.P50}, {85, s.P85}, {95, s.P95}} {
		y := c.y(float64(p.d))
		c.lines = append(c.lines, line{y, w.Percentile(p.n), strconv.Itoa(p.n)})
	}
}

// apart are the places of what the lines say: at the lines, but not over each other.
func (c cloud) apart() []int {
	places, above := make([]int, len(c.lines)), math.MaxInt
	for i, l := range c.lines {
		places[i] = min(l.y+4, above)
		above = places[i] - 13
	}
	return places
}

// merged draws too many dots as one path, those in the same place once.
func (c cloud) merged() cloud {
	if len(c.dots) <= mostDots {
		return c
	}
	seen := map[[2]int]bool{}
	var d strings.Builder
	for _, dot := range c.dots {
		at := [2]int{dot.x / 2 * 2, dot.y / 2 * 2}
		if !seen[at] {
			seen[at] = true
			d.WriteString("M" + strconv.Itoa(at[0]) + " " + strconv.Itoa(at[1]) + "h0")
		}
	}
	c.merge, c.dots = d.String(), nil
	return c
}

// bar is one of a row of bars, in up to two parts, the lower first.
type bar struct {
	x, wide int
	parts   []barPart
	text    string // over it
	top     int
}

type barPart struct {
	y, high int
	kind    string
	name    string
	to      templ.SafeURL
}

// bars is a picture with a bar for each week.
type bars struct {
	plot
	bars []bar
}

// weekly draws numbers of each week; parts are the kinds of them, the lowest first.
func (r Report) weekly(w *say.Words, label string, parts []weekPart) bars {
	most := 0
	for _, week := range r.Flow.Weeks {
		n := 0
		for _, p := range parts {
			n += p.n(week)
		}
		most = max(most, n)
	}
	b := bars{plot: plot{label: label}.counted(most)}
	room := float64(plotWide) / float64(len(r.Flow.Weeks))
	each := max(1, len(r.Flow.Weeks)/6)
	for i, week := range r.Flow.Weeks {
		x := chartLeft + int(float64(i)*room+room*.15)
		one := bar{x: x, wide: max(2, min(64, int(room*.7))), top: b.y(0)}
		sum := 0
		for _, p := range parts {
			n := p.n(week)
			if n == 0 {
				continue
			}
			name := w.Report.Week + " " + w.When.Date(week.From) + ", " + p.name + ": " + strconv.Itoa(n)
			one.parts = append(one.parts, barPart{b.y(float64(sum + n)), b.y(float64(sum)) - b.y(float64(sum+n)), p.kind, name, r.tasks(p.pick, report.AtWeek(week))})
			sum += n
			one.top = b.y(float64(sum))
		}
		if sum > 0 && len(r.Flow.Weeks) <= 30 {
			one.text = strconv.Itoa(sum)
		}
		b.bars = append(b.bars, one)
		if i%each == 0 {
			b.marks = append(b.marks, notch{x + one.wide/2, axisDay(w, week.From, r.Flow.Days())})
		}
	}
	return b
}

// weekPart is a kind of number that weeks have.
type weekPart struct {
	name, kind, pick string
	n                func(report.Week) int
}

func (r Report) doneWeekly(w *say.Words) bars {
	return r.weekly(w, w.Report.Throughput, []weekPart{{w.Report.Done, "done", report.PickFinished, func(x report.Week) int { return x.Done }}})
}

func (r Report) dueWeekly(w *say.Words) bars {
	return r.weekly(w, w.Report.Due, []weekPart{{w.Report.Kept, "kept", report.PickInTime, func(x report.Week) int { return x.InTime }},
		{w.Report.Late, "late", report.PickLate, func(x report.Week) int { return x.Due - x.InTime }}})
}

// band is one of the bands of a cumulative flow.
type band struct {
	name, kind string
	path       string
	n          int
	to         templ.SafeURL
}

// bands is a picture of a cumulative flow.
type bands struct {
	plot
	bands []band
}

// kinds names the states, by their place, as the styles know them.
var kinds = []string{"waiting", "ready", "in-progress", "in-review", "done", "cancelled"}

// cumulative draws how many tasks stood where: done at the bottom, what waits on top.
func (r Report) cumulative(w *say.Words) bands {
	steps, most := r.Flow.Steps, 0
	order := []int{4, 3, 2, 1, 0}
	for _, s := range steps {
		n := 0
		for _, state := range order {
			n += s.In(state)
		}
		most = max(most, n)
	}
	b := bands{plot: plot{label: w.Report.Flow}.counted(most)}
	placed, x := b.timed(w, r.Flow)
	b.plot = placed
	under := make([]int, len(steps))
	last := steps[len(steps)-1]
	for _, state := range order {
		var up, back strings.Builder
		for i, s := range steps {
			over := under[i] + s.In(state)
			sign := "L"
			if i == 0 {
				sign = "M"
			}
			at := x(s.At)
			up.WriteString(sign + strconv.Itoa(at) + " " + strconv.Itoa(b.y(float64(over))))
			j := len(steps) - 1 - i
			back.WriteString("L" + strconv.Itoa(x(steps[j].At)) + " " + strconv.Itoa(b.y(float64(under[j]))))
		}
		for i, s := range steps {
			under[i] += s.In(state)
		}
		b.bands = append(b.bands, band{w.Report.States[state], kinds[state], up.String() + back.String() + "Z", last.In(state), r.tasks(report.PickState, report.AtStep(last, state))})
	}
	for i, j := 0, len(b.bands)-1; i < j; i, j = i+1, j-1 {
		b.bands[i], b.bands[j] = b.bands[j], b.bands[i] // as they lie, from the top
	}
	return b
}

// slice is a stage's part of a bar of all the time.
type slice struct {
	x, wide int
	kind    string
	stage   report.Stage
	share   report.Share
}

// stageKinds names the stages as the styles know them.
var stageKinds = []string{"waiting", "ready", "in-progress", "in-review", "blocked", "cancelled"}

// slices parts a bar by where the time went; those that took none are left out.
func (r Report) slices() (all []slice, sum time.Duration) {
	for _, s := range r.Flow.Shares {
		sum += s.Time
	}
	at := 0.0
	for _, stage := range report.Stages {
		share := r.Flow.Shares[stage]
		if share.Time == 0 {
			continue
		}
		from := at
		at += float64(share.Time) / float64(sum) * chartWide
		all = append(all, slice{int(math.Round(from)), max(1, int(math.Round(at))-int(math.Round(from))), stageKinds[stage], stage, share})
	}
	return all, sum
}

// plotBox is the viewBox of every chart.
var plotBox = "0 0 " + strconv.Itoa(chartWide) + " " + strconv.Itoa(chartHigh)

// fills are the kinds of fills with what is drawn on them, in a square of 8.
var fills = []struct{ kind, path string }{
	{"done", ""},
	{"kept", ""},
	{"in-review", "M-2 10L10-2M-2 2L2-2M6 10L10 6"},
	{"in-progress", "M-2-2L10 10M6-2L10 2M-2 6L2 10"},
	{"ready", "M0 4H8"},
	{"waiting", "M2 2h1M6 6h1"},
	{"blocked", "M0 0L8 8M8 0L0 8"},
	{"late", "M0 0L8 8M8 0L0 8"},
	{"cancelled", "M4 0V8"},
}
