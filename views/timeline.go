package views

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views/say"
)

// TimelineFace is the timeline of a board, showing a reach, on a day.
func TimelineFace(r models.Reach, today time.Time) Face {
	return Face{Name: "timeline", At: r.Values(today)}
}

// What a timeline measures, in pixels of the picture.
const (
	rowHigh  = 48
	barHigh  = 20
	axisHigh = 44
	barTop   = (rowHigh - barHigh) / 2
	turn     = 8 // how far an arrow goes before it turns
)

// dayWide is how wide a day is at a zoom.
var dayWide = map[string]int{models.ZoomDay: 32, models.ZoomWeek: 10, models.ZoomMonth: 3}

// chart is a timeline with its places.
type chart struct {
	sight
	models.TimelineView
	timelineWay
	day int // pixels
}

// timelineWay is where a timeline's links lead to.
type timelineWay struct {
	url    func(models.Reach) templ.SafeURL
	zoomed func(zoom string) templ.SafeURL
	run    bool // it is that of a run
}

func chartOf(s sight, v models.TimelineView, to timelineWay) chart {
	return chart{s.through(v.Filter), v, to, dayWide[v.Reach.Zoom]}
}

func boardTimeline(ctx context.Context, v models.TimelineView, by SavedView) timelineWay {
	now := frame(ctx).Now
	url := func(r models.Reach) templ.SafeURL { return TimelineFace(r, now).OpenedBy(by).URL(v.Board.ID, v.Filter) }
	return timelineWay{url: url, zoomed: func(zoom string) templ.SafeURL { return url(v.Reach.Around(zoom, now)) }}
}

func runTimelineURL(run string) templ.SafeURL { return RunURL(run) + "/timeline" }

func runTimeline(run string) timelineWay {
	return timelineWay{run: true,
		url: func(r models.Reach) templ.SafeURL {
			at := url.Values{"zoom": {r.Zoom}, "from": {r.First.Format(time.DateOnly)}}
			if r.Page > 1 {
				at.Set("page", strconv.Itoa(r.Page))
			}
			return runTimelineURL(run) + templ.SafeURL("?"+at.Encode())
		},
		zoomed: func(zoom string) templ.SafeURL { return runTimelineURL(run) + templ.SafeURL("?zoom="+zoom) },
	}
}

// base words when a task was to begin and end by the plan of its run's start.
func (c chart) base(r models.TimelineRow) string {
	if r.Base.Finish.IsZero() {
		return ""
	}
	return c.w.Timeline.Base(spanOf(c.w, r.Base.Start, r.Base.Finish, c.Work.Zone(), c.now))
}

func (c chart) width() int  { return c.Reach.Days() * c.day }
func (c chart) height() int { return max(1, len(c.Rows)) * rowHigh }

// box is the picture's measure as SVG has it.
func viewBox(width, height int) string { return fmt.Sprintf("0 0 %d %d", width, height) }

// DayOf is where a moment is among days: days since 1970 in the zone of the work, and
// the part of that day's work that has passed.
func dayOf(t time.Time, v models.TimelineView) float64 {
	return workDay(t, v.Work.Zone(), v.Work.From, v.Work.Until)
}

func workDay(t time.Time, zone *time.Location, from, until int) float64 {
	t = t.In(zone)
	y, m, d := t.Date()
	days := time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
	part := float64(t.Hour()*60+t.Minute()-from) / float64(until-from)
	return float64(days) + min(max(part, 0), 1)
}

func (c chart) firstDay() int64 { return c.Reach.First.Unix() / 86400 }

// x is where a moment is, within the picture.
func (c chart) x(t time.Time) int {
	at := (dayOf(t, c.TimelineView) - float64(c.firstDay())) * float64(c.day)
	return min(max(int(at+.5), -1), c.width()+1)
}

// span is where a bar is, and how wide.
func (c chart) span(r models.TimelineRow) (x, wide int) {
	x = c.x(r.Start)
	return x, max(c.x(r.Finish)-x, 4)
}

// deadline is the end of the day that a row is due on; false if it has none in sight.
func (c chart) deadline(r models.TimelineRow) (x int, seen bool) {
	day, err := time.Parse(time.DateOnly, string(r.Due))
	if err != nil || day.Before(c.Reach.First) || !day.Before(c.Reach.End()) {
		return 0, false
	}
	return (int(day.Unix()/86400-c.firstDay()) + 1) * c.day, true
}

// today is where now is; false if that is not in sight.
func (c chart) today() (x int, seen bool) {
	x = c.x(c.now)
	return x, x >= 0 && x <= c.width()
}

// tick is a place on the axis.
type tick struct {
	x, wide int
	text    string
}

// days are the marks of the lower line of the axis: of days, weeks or months.
func (c chart) marks() (list []tick) {
	if c.Reach.Zoom == models.ZoomMonth {
		return c.months(func(d time.Time) string { return c.w.Timeline.ShortMonth(d.Month()) })
	}
	step := map[string]int{models.ZoomDay: 1, models.ZoomWeek: 7}[c.Reach.Zoom]
	for i := 0; i < c.Reach.Days(); i += step {
		list = append(list, tick{i * c.day, step * c.day, strconv.Itoa(c.Reach.First.AddDate(0, 0, i).Day())})
	}
	return list
}

// heads are those of the upper line: of months or years.
func (c chart) heads() []tick {
	if c.Reach.Zoom == models.ZoomMonth {
		return c.parts(func(d time.Time) bool { return d.YearDay() == 1 }, func(d time.Time) string { return strconv.Itoa(d.Year()) })
	}
	return c.months(func(d time.Time) string { return c.w.Calendar.Month(d) })
}

func (c chart) months(text func(time.Time) string) []tick {
	return c.parts(func(d time.Time) bool { return d.Day() == 1 }, text)
}

// parts are marks that begin where begins says so, and at the first day.
func (c chart) parts(begins func(time.Time) bool, text func(time.Time) string) (list []tick) {
	for i := range c.Reach.Days() {
		d := c.Reach.First.AddDate(0, 0, i)
		if i == 0 || begins(d) {
			list = append(list, tick{x: i * c.day, text: text(d)})
		}
		list[len(list)-1].wide += c.day
	}
	return list
}

// off are the days without work, those that follow one another as one; none where a
// day is too narrow to tell.
func (c chart) off() (list []tick) {
	if c.Reach.Zoom == models.ZoomMonth {
		return nil
	}
	for i := range c.Reach.Days() {
		if c.Work.Days.Works(c.Reach.First.AddDate(0, 0, i)) {
			continue
		}
		if n := len(list); n > 0 && list[n-1].x+list[n-1].wide == i*c.day {
			list[n-1].wide += c.day
		} else {
			list = append(list, tick{x: i * c.day, wide: c.day})
		}
	}
	return list
}

// rests are the days without work, by their places, for the script: a hand puts no
// task on one.
func (c chart) rests() string {
	var days []string
	for i := range c.Reach.Days() {
		if !c.Work.Days.Works(c.Reach.First.AddDate(0, 0, i)) {
			days = append(days, strconv.Itoa(i))
		}
	}
	return strings.Join(days, " ")
}

// hand is what makes a bar one that a hand can take; else the row says all of it.
func (c chart) hand(r models.TimelineRow) templ.Attributes {
	if !c.moves(r) {
		return templ.Attributes{"aria-hidden": "true"}
	}
	return templ.Attributes{"role": "button", "tabindex": "-1", "data-begun": flag(r.Begun), "data-last": strconv.Itoa(c.lastDay(r)),
		"aria-label": c.w.Timeline.Bar(r.Key+" "+r.Title, c.dates(r)), "aria-keyshortcuts": "ArrowLeft ArrowRight Shift+ArrowLeft Shift+ArrowRight"}
}

// lastDay is the day on which a task is done: days since 1970.
func (c chart) lastDay(r models.TimelineRow) int {
	y, m, d := r.Finish.In(c.Work.Zone()).Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// timelineWords hands the timeline's script what it says by itself.
func timelineWords(w *say.Words) string {
	b, err := json.Marshal(map[string]string{"stays": w.Timeline.Stays, "moved": w.Timeline.Moved, "back": w.Timeline.Back, "hint": w.Timeline.Hint})
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	return string(b)
}

// DatesAsked is how somebody came to look at other dates of a task.
type DatesAsked struct {
	Stretch bool   // it keeps its beginning
	Tried   bool   // a date was given already
	Typed   string // with Problem
	Problem *fault.Fault
}

func (d DatesAsked) typed(v models.DatesView) string {
	if d.Problem != nil {
		return d.Typed
	}
	return string(v.Due)
}

// arrow is the path from the end of one bar to the beginning of another.
func (c chart) arrow(l models.TimelineLink) string {
	from, to := c.Rows[l.From], c.Rows[l.To]
	x1, wide := c.span(from)
	x1 += wide
	x2, _ := c.span(to)
	y1, y2 := l.From*rowHigh+rowHigh/2, l.To*rowHigh+rowHigh/2
	if x2 >= x1+2*turn {
		return fmt.Sprintf("M%d %dH%dV%dH%d", x1, y1, x1+turn, y2, x2-1)
	}
	lane := y2 - rowHigh/2
	if l.To < l.From {
		lane = y2 + rowHigh/2
	}
	return fmt.Sprintf("M%d %dH%dV%dH%dV%dH%d", x1, y1, x1+turn, lane, x2-turn-2, y2, x2-1)
}

// dates words when a task begins and ends.
func (c chart) dates(r models.TimelineRow) string {
	return spanOf(c.w, r.Start, r.Finish, c.Work.Zone(), c.now)
}

func spanOf(w *say.Words, start, finish time.Time, zone *time.Location, now time.Time) string {
	a, b := planDay(w, start.In(zone), now), planDay(w, finish.In(zone), now)
	if a == b {
		return a
	}
	return a + " – " + b
}

// planDay is a day as short as it can be told.
func planDay(w *say.Words, t, now time.Time) string {
	return w.Timeline.Day(t, t.Year() != now.Year())
}

// slack words how far a task may slip.
func (c chart) slack(r models.TimelineRow) string {
	switch {
	case !r.State.Open():
		return ""
	case r.Critical:
		return c.w.Timeline.Critical
	}
	return c.w.Timeline.Slack(c.w.Timeline.Work(r.Slack))
}

// late words how late a task is planned to be, or was done.
func (c chart) late(r models.TimelineRow) string {
	if r.Late <= 0 {
		return ""
	}
	return c.w.Timeline.Late(c.w.Timeline.Work(r.Late))
}

// after words what a task waits for.
func (c chart) after(r models.TimelineRow) string { return c.w.Timeline.After(r.After, r.Any) }

func (c chart) pages() int { return pages(c.All, models.TimelineWindow) }

// moves reports whether a hand may move a task.
func (c chart) moves(r models.TimelineRow) bool {
	return c.edit && c.Board.ArchivedAt == nil && r.State.Open()
}

// DatesURL is where other dates of a task are tried.
func DatesURL(task string) templ.SafeURL { return TaskURL(task) + "/dates" }

// epoch writes a place among days for the script.
func epoch(v models.DatesView, t time.Time) string {
	return strconv.FormatFloat(workDay(t, v.Work.Zone(), v.Work.From, v.Work.Until), 'f', 3, 64)
}
