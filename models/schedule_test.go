package models_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/playbook"
	"relevo/models/recur"
	"relevo/tests/replay"
)

// payroll is a template that asks for a text, a date and a person, and has roles of
// several sorts.
const payroll = `
name: Payroll
inputs:
  - {id: month, label: Month, type: text, required: true}
  - {id: cutoff, label: Cut-off, type: date, required: true}
  - {id: checks, label: Who checks, type: person}
roles:
  - {id: clerk, name: Clerk, who: ask}
  - {id: checker, name: Checker, who: input checks}
  - {id: any, name: Anybody, who: least loaded}
steps:
  - {id: gather, title: "Gather {{month}}", role: clerk, due: 2 working days after start}
  - {id: check, title: Check, role: checker, due: on cutoff, needs: [gather]}
  - {id: pay, title: Pay, role: any, due: 1 day before end, needs: [check]}
`

// tellMisstart words it plainly.
func tellMisstart(lang string, m models.Misstart) (title, text, reason string) {
	for _, t := range m.Troubles {
		reason += fmt.Sprintf("%s %s %v;", t.Label, t.Code, t.Args)
	}
	return lang + ": " + m.Template + " failed: " + reason, "On " + string(m.Day), reason
}

func monthly(t require.TestingT, board string) models.ScheduleInput {
	return models.ScheduleInput{Rule: rule(t, "FREQ=MONTHLY;BYMONTHDAY=-1"), From: "2026-03-02", Off: recur.DayAhead, Clock: "08:00", Board: board, Name: "Payroll {{month}} of {{date}}",
		Answers: map[string]string{"month": "this one", "cutoff": "5 working days after start", "checks": "ben"}, Cast: map[string]string{"clerk": "ana"}, Ends: "14 days after start"}
}

func (h *house) scheduled(template models.Template, in models.ScheduleInput) models.Schedule {
	h.t.Helper()
	sch, err := h.AddSchedule(h.t.Context(), asking(ana), template.ID, in)
	require.NoError(h.t, err)
	return sch
}

func (h *house) tick() {
	h.t.Helper()
	require.NoError(h.t, h.StartScheduled(h.t.Context(), tellMisstart))
}

// begun are the runs of a template, oldest first.
func (h *house) begun(template models.Template) (runs []models.Run) {
	h.t.Helper()
	require.NoError(h.t, h.db.Order("id").Find(&runs, "template_id = ?", template.ID).Error)
	return runs
}

func (h *house) schedules(template models.Template) []models.ScheduleSummary {
	h.t.Helper()
	v, err := h.Schedules(h.t.Context(), vic, template.ID)
	require.NoError(h.t, err)
	return v.Schedules
}

func (h *house) logged(action models.Action) (all []ledger.Entry) {
	h.t.Helper()
	var data []string
	require.NoError(h.t, h.db.Raw("SELECT data FROM entries WHERE log_id = ? AND action = ? ORDER BY seq", h.team, action).Scan(&data).Error)
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		require.NoError(h.t, err)
		all = append(all, e)
	}
	return all
}

func TestARunStartsOnItsScheduleAndTheLogSaysWhoseItIs(t *testing.T) {
	h := newHouse(t)
	template, b := h.template(t, payroll), h.board()
	sch := h.scheduled(template, monthly(t, b.ID))
	require.Equal(t, h.at("2026-03-31", "08:00:00"), *sch.NextAt)
	h.now = h.at("2026-03-31", "07:59:59")
	h.tick()
	require.Empty(t, h.begun(template))
	h.now = h.at("2026-03-31", "08:00:00")
	h.tick()
	h.tick()
	runs := h.begun(template)
	require.Len(t, runs, 1)
	require.Equal(t, "Payroll this one of 2026-03-31", runs[0].Name)
	v := h.run(t, runs[0].ID)
	require.Equal(t, "Gather this one", v.Steps[0].Task.Title)
	require.Equal(t, models.Date("2026-04-02"), v.Steps[0].Task.Due)
	require.Equal(t, models.Date("2026-04-07"), v.Steps[1].Task.Due, "five working days on")
	require.Equal(t, models.Date("2026-04-13"), v.Steps[2].Task.Due)
	require.Equal(t, "ana", v.Steps[0].Owners[0].ID)
	require.Equal(t, "ben", v.Steps[1].Owners[0].ID)

	started := h.logged(models.RunStarted)[0]
	require.Equal(t, ledger.Automation, started.Actor.Kind)
	require.Equal(t, sch.Seq, started.Cause, "so that it leads back to whoever set the schedule")
	made := h.logged(models.ScheduleAdded)[0]
	require.Equal(t, sch.Seq, made.Seq)
	require.Equal(t, "ana", made.Actor.ID)
	list := h.schedules(template)
	require.Equal(t, runs[0].ID, list[0].Last.ID)
	require.Equal(t, "ana", list[0].Keeper)
	require.Equal(t, []models.Date{"2026-04-30", "2026-05-29", "2026-06-30"}, []models.Date{list[0].Next[0].Day, list[0].Next[1].Day, list[0].Next[2].Day}, "the 31st of May is a Sunday")
	replay.Check(t, h.db)

	// Somebody else's editing is what the next one leads back to.
	require.NoError(t, h.EditSchedule(t.Context(), asking(ana), sch.ID, list[0].Version, func() models.ScheduleInput {
		in := monthly(t, b.ID)
		in.From, in.Name = "2026-03-31", "Wages {{year}} {{week}}"
		return in
	}()))
	h.now = h.at("2026-04-30", "08:00:00")
	h.tick()
	require.Equal(t, "Wages 2026 2026-W18", h.begun(template)[1].Name)
	require.Equal(t, h.logged(models.ScheduleEdited)[0].Seq, h.logged(models.RunStarted)[1].Cause)
	replay.Check(t, h.db)
}

func TestWhatWasMissedIsStartedOnce(t *testing.T) {
	h := newHouse(t)
	template, b := h.template(t, "name: Stand-up\nsteps: [{id: one, title: One}]\n"), h.board()
	in := models.ScheduleInput{Rule: rule(t, "FREQ=DAILY;COUNT=21"), From: "2026-03-02", Off: recur.Skipped, Clock: "08:00", Board: b.ID, Name: "{{date}}"}
	sch := h.scheduled(template, in)
	require.Equal(t, h.at("2026-03-03", "08:00:00"), *sch.NextAt, "at ten o'clock, today's eight has passed")

	h.now = h.at("2026-03-15", "20:00:00") // a Sunday
	h.tick()
	require.Len(t, h.begun(template), 1)
	require.Equal(t, "2026-03-13", h.begun(template)[0].Name)
	require.Equal(t, models.Date("2026-03-13"), h.begun(template)[0].Starts, "as it would have been on its day")
	require.Equal(t, 20-9+1, h.schedules(template)[0].Left.Count, "those that passed have passed")

	// Two servers look at once.
	h.now = h.at("2026-03-16", "08:00:00")
	other, err := models.New(h.parts)
	require.NoError(t, err)
	var wait sync.WaitGroup
	for _, store := range []*models.Store{h.Store, other, h.Store} {
		wait.Go(func() { require.NoError(t, store.StartScheduled(t.Context(), tellMisstart)) })
	}
	wait.Wait()
	require.Len(t, h.begun(template), 2)

	// While it is paused, nothing starts, nor is it made up for.
	require.NoError(t, h.PauseSchedule(t.Context(), ana, sch.ID))
	h.now = h.at("2026-03-20", "12:00:00")
	h.tick()
	require.NoError(t, h.ResumeSchedule(t.Context(), ana, sch.ID))
	h.tick()
	require.Len(t, h.begun(template), 2)
	require.Equal(t, models.Date("2026-03-23"), h.schedules(template)[0].Next[0].Day)

	// It moves with the team's days.
	require.NoError(t, h.db.Set("relevo:marked", true).Exec("UPDATE memberships SET role = 'owner' WHERE user_id = 'ana'").Error)
	require.NoError(t, h.EditCalendar(t.Context(), ana, h.team, models.CalendarInput{Works: []time.Weekday{1, 2, 3, 4, 5}, Holidays: "2026-03-23"}))
	h.now = h.at("2026-03-23", "12:00:00")
	h.tick()
	require.Len(t, h.begun(template), 2)
	require.NoError(t, h.EditTeam(t.Context(), ana, h.team, models.TeamInput{Name: "Ours", Zone: "Asia/Tokyo"}))
	h.now = time.Date(2026, 3, 23, 23, 0, 0, 0, time.UTC)
	h.tick()
	require.Equal(t, "2026-03-24", h.begun(template)[2].Name)

	// And ends.
	h.now = h.now.AddDate(1, 0, 0)
	h.tick()
	h.tick()
	require.Len(t, h.begun(template), 4)
	require.True(t, h.schedules(template)[0].Over())
	require.NoError(t, h.RemoveSchedule(t.Context(), ana, sch.ID))
	require.Empty(t, h.schedules(template))
	replay.Check(t, h.db)
}

func TestWhyNothingStartedIsToldByOneTask(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template, b := h.template(t, payroll), h.board()
	in := monthly(t, b.ID)
	in.Rule = rule(t, "FREQ=DAILY")
	in.Off = recur.AsItIs
	sch := h.scheduled(template, in)
	next := func() {
		h.now = h.now.AddDate(0, 0, 1)
		h.tick()
	}
	newest := func(text string) {
		now, err := h.Template(ctx, ana, template.ID)
		require.NoError(t, err)
		require.NoError(t, h.EditTemplate(ctx, ana, template.ID, now.Template.Version, text))
		now, err = h.Template(ctx, ana, template.ID)
		require.NoError(t, err)
		require.NoError(t, h.PublishTemplate(ctx, ana, template.ID, now.Template.Version))
	}
	next()
	require.Len(t, h.begun(template), 1)
	require.Empty(t, h.schedules(template)[0].Troubles())

	// A new version asks something new, and somebody has left.
	newest(strings.Replace(payroll, "roles:", "  - {id: bank, label: Which bank, type: text, required: true}\nroles:", 1))
	require.NoError(t, h.db.Set("relevo:marked", true).Exec("DELETE FROM memberships WHERE user_id = 'ben'").Error)
	next()
	next()
	require.Len(t, h.begun(template), 1)
	failed := h.schedules(template)[0]
	require.Len(t, failed.Troubles(), 2)
	require.Equal(t, models.Trouble{Code: fault.Needed, Field: "input.bank", Label: "Which bank"}, failed.Troubles()[0])
	require.Equal(t, "Who checks", failed.Troubles()[1].Label)
	require.NotNil(t, failed.Task)
	told := h.task(failed.Task.ID)
	require.True(t, strings.HasPrefix(told.Task.Title, "en: Payroll failed: Which bank needed"), told.Task.Title)
	require.Equal(t, "ana", told.Owners[0].ID, "who keeps it")
	require.Equal(t, b.ID, told.Task.BoardID)
	entries := h.logged(models.ScheduleFailed)
	require.Len(t, entries, 2, "each time is in the log")
	require.Equal(t, sch.Seq, entries[0].Cause)
	require.Contains(t, entries[0].Reason, "Which bank")
	tasks := func() (n int64) {
		require.NoError(t, h.db.Model(&models.Task{}).Where("run_id = ''").Count(&n).Error)
		return n
	}
	require.EqualValues(t, 1, tasks(), "one task tells, not one each day")
	require.Equal(t, failed.Task.ID, h.inboxTask(ana))

	// When that task is closed, the next time is told anew.
	require.NoError(t, h.CompleteTask(ctx, ana, told.Task.ID, told.Task.Version))
	require.NoError(t, h.ArchiveTemplate(ctx, ana, template.ID))
	next()
	require.EqualValues(t, 2, tasks())
	require.Equal(t, fault.TemplateArchived, h.schedules(template)[0].Troubles()[0].Code)
	replay.Check(t, h.db)

	// Mended, it starts again.
	require.NoError(t, h.RestoreTemplate(ctx, ana, template.ID))
	in.From = h.now.Format(time.DateOnly)
	in.Answers = map[string]string{"month": "May", "cutoff": "on start", "bank": "GLS"}
	require.NoError(t, h.EditSchedule(ctx, ana, sch.ID, h.schedules(template)[0].Version, in))
	require.Empty(t, h.schedules(template)[0].Troubles())
	next()
	require.Len(t, h.begun(template), 2)

	// Where nobody can be told, it stops.
	require.NoError(t, h.ArchiveBoard(ctx, ana, b.ID))
	next()
	stopped := h.schedules(template)[0]
	require.NotNil(t, stopped.StoppedAt)
	require.Empty(t, stopped.Next)
	require.Equal(t, []fault.Code{fault.NotAChoice, fault.BoardClosed}, []fault.Code{stopped.Troubles()[0].Code, stopped.Troubles()[1].Code})
	require.Len(t, h.logged(models.ScheduleStopped), 1)
	next()
	require.Len(t, h.logged(models.ScheduleStopped), 1)
	require.NoError(t, h.RestoreBoard(ctx, ana, b.ID))
	require.NoError(t, h.ResumeSchedule(ctx, ana, sch.ID))
	next()
	require.Len(t, h.begun(template), 3)
	replay.Check(t, h.db)
}

// inboxTask is the task that somebody's newest notice is about.
func (h *house) inboxTask(who models.Actor) string {
	h.t.Helper()
	v, err := h.Inbox(h.t.Context(), who, models.InboxFilter{}, "")
	require.NoError(h.t, err)
	require.NotEmpty(h.t, v.Items)
	return v.Items[0].Notices[0].TaskID
}

func TestAScheduleSaysWhatIsWrongWithIt(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	template, b := h.template(t, payroll), h.board()
	for field, change := range map[string]func(*models.ScheduleInput){
		"clock":        func(in *models.ScheduleInput) { in.Clock = "8 o'clock" },
		"from":         func(in *models.ScheduleInput) { in.From = "2026-03-01" },
		"off":          func(in *models.ScheduleInput) { in.Off = "sometimes" },
		"board":        func(in *models.ScheduleInput) { in.Board = "nowhere" },
		"name":         func(in *models.ScheduleInput) { in.Name = "Payroll {{moon}}" },
		"input.month":  func(in *models.ScheduleInput) { in.Answers["month"] = "" },
		"input.cutoff": func(in *models.ScheduleInput) { in.Answers["cutoff"] = "5 fortnights after start" },
		"input.checks": func(in *models.ScheduleInput) { in.Answers["checks"] = "eve" },
		"role.clerk":   func(in *models.ScheduleInput) { in.Cast["clerk"] = "eve" },
		"ends":         func(in *models.ScheduleInput) { in.Ends = "1 day before start" },
		"until":        func(in *models.ScheduleInput) { in.Rule = rule(t, "FREQ=DAILY;UNTIL=20260302") },
		"on":           func(in *models.ScheduleInput) { in.Rule.Unit, in.Rule.Day = recur.Weeks, 0 },
		"preset":       func(in *models.ScheduleInput) { in.Rule = rule(t, "FREQ=DAILY;X-AFTER=DONE") },
	} {
		in := monthly(t, b.ID)
		change(&in)
		v, err := h.PlanSchedule(ctx, ana, template.ID, "", in)
		require.NotNil(t, fault.From(err).For(field), "%s: %v", field, err)
		require.Empty(t, v.Next)
		require.Equal(t, "Payroll", v.Definition.Name, "the form can be shown again")
		_, err = h.AddSchedule(ctx, ana, template.ID, in)
		require.NotNil(t, fault.From(err).For(field), field)
	}
	require.Empty(t, h.schedules(template))
	in := monthly(t, b.ID)
	in.Clock, in.Board, in.Answers = "", "", nil
	_, err := h.AddSchedule(ctx, ana, template.ID, in)
	for _, field := range []string{"clock", "board", "input.month", "input.cutoff"} {
		require.NotNil(t, fault.From(err).For(field), "all at once: %s", field)
	}

	v, err := h.PlanSchedule(ctx, ana, template.ID, "", monthly(t, b.ID))
	require.NoError(t, err)
	require.Equal(t, "Payroll this one of 2026-03-31", v.Next[0].Name, "an input goes before what is the schedule's own")
	sch := h.scheduled(template, monthly(t, b.ID))
	h.now = h.now.Add(time.Minute)
	require.NoError(t, h.EditSchedule(ctx, ana, sch.ID, sch.Version, monthly(t, b.ID)))
	h.refused(h.EditSchedule(ctx, ana, sch.ID, sch.Version, monthly(t, b.ID)), fault.Changed)
	h.refused(h.PauseSchedule(ctx, ben, sch.ID), fault.NotAllowed)
	require.False(t, access.Can(access.Member, access.EditTemplate))
	_, err = h.ScheduleOf(ctx, eve, sch.ID)
	h.refused(err, fault.NotFound)
	for range models.MaxSchedules - 1 {
		h.scheduled(template, monthly(t, b.ID))
	}
	_, err = h.AddSchedule(ctx, ana, template.ID, monthly(t, b.ID))
	h.refused(err, fault.TooManySchedules)
}

// Whatever a schedule says, what it starts is what the form would start, were the same
// typed into it on that day.
func TestAScheduleStartsWhatTheFormWouldStart(t *testing.T) {
	h := newHouse(t)
	template, b := h.template(t, payroll), h.board()
	zone := models.Zone("Europe/Madrid")
	rapid.Check(t, func(t *rapid.T) {
		working := rapid.Bool().Draw(t, "working days")
		amount := rapid.IntRange(-5, 20).Draw(t, "amount")
		text := playbook.Due{From: playbook.Start, Amount: amount, Unit: map[bool]flow.Unit{true: flow.WorkingDays, false: flow.Days}[working]}.String()
		in := monthly(t, b.ID)
		in.From = h.now.In(zone).Format(time.DateOnly)
		in.Rule = recur.Rule{Unit: recur.Days, Every: rapid.IntRange(1, 6).Draw(t, "every"), Due: recur.NoDue}
		in.Off = rapid.SampledFrom(recur.OffDays).Draw(t, "off")
		in.Answers = map[string]string{"month": rapid.SampledFrom([]string{"March", "{{date}}", "*"}).Draw(t, "month"), "cutoff": text, "checks": rapid.SampledFrom([]string{"", "ana", "ben"}).Draw(t, "checks")}
		in.Cast = map[string]string{}
		if rapid.Bool().Draw(t, "cast") {
			in.Cast["any"] = rapid.SampledFrom([]string{"", "ana", "vic"}).Draw(t, "any")
		}
		sch, err := h.AddSchedule(h.t.Context(), ana, template.ID, in)
		require.NoError(t, err)
		h.now = sch.NextAt.Add(time.Minute)
		day := h.now.In(zone)

		cutoff := day
		for n := amount; n != 0; {
			step := map[bool]int{true: 1, false: -1}[n > 0]
			cutoff = cutoff.AddDate(0, 0, step)
			if !working || cutoff.Weekday() != time.Saturday && cutoff.Weekday() != time.Sunday {
				n -= step
			}
		}
		form := models.RunInput{Board: b.ID, From: day.Format(time.DateOnly), Until: day.AddDate(0, 0, 14).Format(time.DateOnly),
			Answers: map[string]string{"month": in.Answers["month"], "cutoff": cutoff.Format(time.DateOnly), "checks": in.Answers["checks"]}, Cast: in.Cast}
		want, err := h.PlanRun(h.t.Context(), ben, template.ID, form)
		require.NoError(t, err)
		require.NoError(t, h.StartScheduled(h.t.Context(), tellMisstart))
		runs := h.begun(template)
		is := runs[len(runs)-1]
		require.Equal(t, sch.ID, is.ScheduleID)
		require.Equal(t, want.Input.Answers, map[string]string(is.Given()))
		require.Equal(t, want.Input.Cast, is.Cast())
		require.Equal(t, want.Input.From, string(is.Starts))
		require.Equal(t, want.Input.Until, string(is.Ends))
		for i, s := range h.run(t, is.ID).Steps {
			planned := want.Sheet.Tasks[slices.IndexFunc(want.Sheet.Tasks, func(p playbook.Planned) bool { return p.Step == s.ID })]
			require.Equal(t, planned.Title, s.Task.Title)
			require.Equal(t, planned.Due, string(s.Task.Due), "step %d", i)
			require.Len(t, s.Owners, len(planned.Owners))
			for n, o := range s.Owners {
				require.Equal(t, planned.Owners[n], o.ID)
			}
		}
		require.NoError(t, h.RemoveSchedule(h.t.Context(), ana, sch.ID))
	})
	replay.Check(t, h.db)
}
