package views

import (
	"strconv"
	"time"

	"relevo/models/report"
	"relevo/views/say"
)

// loadWide is how wide the bar of the person with the most open tasks is.
const loadWide = 120

// loadBars are the parts of a person's bar: done is no part of it, for that is over.
func (r Report) loadBars(l report.Load) []slice {
	most := 1
	for _, other := range r.Loads {
		most = max(most, other.Open())
	}
	at := 0
	var parts []slice
	for _, p := range []struct {
		kind string
		n    int
	}{{"in-progress", l.Doing}, {"ready", l.Ready}, {"waiting", l.Waiting}} {
		to := at + p.n
		from := at * loadWide / most
		parts = append(parts, slice{x: from, wide: to*loadWide/most - from, kind: p.kind})
		at = to
	}
	return parts
}

// worked says an amount of estimated work in hours.
func worked(w *say.Words, d time.Duration) string { return w.When.Minutes(int(d / time.Minute)) }

func (r Report) loadCSV(w *say.Words, hours func(time.Duration) string) [][]string {
	p := w.Report
	head := []string{p.Person, p.Done, p.OpenNow, p.DoingNow, p.Ready2, p.Waits2}
	for _, a := range report.Aheads {
		head = append(head, p.Aheads[a])
	}
	rows := [][]string{append(head, p.Work2+" (h)", p.Rough)}
	for _, l := range r.Loads {
		row := []string{personName(w, r.ReportView, l.Person), strconv.Itoa(l.Done), strconv.Itoa(l.Open()), strconv.Itoa(l.Doing), strconv.Itoa(l.Ready), strconv.Itoa(l.Waiting)}
		for _, a := range report.Aheads {
			row = append(row, strconv.Itoa(l.Ahead[a]))
		}
		rows = append(rows, append(row, hours(l.Work), strconv.Itoa(l.Unestimated)))
	}
	return rows
}
