package tests

import (
	"maps"

	"relevo/models"
	"relevo/models/recur"
)

// How the addresses of schedules are asked for.
func init() {
	typed := func(w *world) []string {
		return append(w.onSchedule(), "version", "999999", "preset", "FREQ=DAILY", "from", "2030-01-07", "clock", "08:00", "off", "next", "name", "{{date}}", "board", w.at["board"])
	}
	there := func(w *world) []string { return w.onSchedule() }
	maps.Copy(visits, map[string]visit{
		"GET /templates/:template/schedules":       {},
		"GET /templates/:template/schedules/new":   {},
		"POST /templates/:template/schedules":      {form: typed},
		"POST /templates/:template/schedules/plan": {form: typed},
		"GET /schedules/:schedule":                 {form: there},
		"PUT /schedules/:schedule":                 {form: typed},
		"DELETE /schedules/:schedule":              {form: there},
		"PUT /schedules/:schedule/pause":           {form: there},
		"DELETE /schedules/:schedule/pause":        {form: there},
	})
}

// onSchedule puts the template on a schedule.
func (w *world) onSchedule() []string {
	w.t.Helper()
	sch, err := w.app.Store.AddSchedule(w.ctx(), w.owner(), w.at["template"], models.ScheduleInput{
		Rule: recur.Rule{Unit: recur.Days, Every: 1, Due: recur.NoDue}, From: "2030-01-07", Off: recur.NextDay, Clock: "08:00", Name: "{{date}}", Board: w.at["board"]})
	w.must(err)
	w.at["schedule"] = sch.ID
	return nil
}
