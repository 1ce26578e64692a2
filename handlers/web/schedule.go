package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/recur"
	"relevo/views"
)

// ShowSchedules lists what starts a template by itself.
func (w *Web) ShowSchedules(c echo.Context) error {
	v, err := w.Store.Schedules(c.Request().Context(), actor(c), c.Param("template"))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.SchedulesPage(v))
}

// ShowNewSchedule is the form for a schedule.
func (w *Web) ShowNewSchedule(c echo.Context) error {
	v, err := w.Store.PrepareSchedule(c.Request().Context(), actor(c), c.Param("template"))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.SchedulePage(views.ScheduleForm{ScheduleView: v}))
}

// ShowSchedule is the form with a schedule to be changed.
func (w *Web) ShowSchedule(c echo.Context) error {
	v, err := w.Store.ScheduleOf(c.Request().Context(), actor(c), c.Param("schedule"))
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.SchedulePage(views.ScheduleForm{ScheduleView: v}))
}

// CreateSchedulePlan shows when a schedule would start what, and changes nothing; an open
// page fetches only that.
func (w *Web) CreateSchedulePlan(c echo.Context) error {
	in, wrong := scheduleInput(c)
	v, err := w.Store.PlanSchedule(c.Request().Context(), actor(c), c.Param("template"), field(c, "schedule"), in)
	form := views.ScheduleForm{ScheduleView: v, Typed: typed(c), Problem: together(wrong, err)}
	if _, showable := refusal(err); err != nil && !showable || len(v.Definition.Steps) == 0 {
		return err
	}
	if fragment(c) {
		if wrong != nil {
			form.Next = nil
		}
		return show(c, http.StatusOK, views.ScheduleNext(form))
	}
	return w.scheduleAgain(c, form)
}

// scheduleAgain shows the form with what is wrong with it.
func (w *Web) scheduleAgain(c echo.Context, form views.ScheduleForm) error {
	status := http.StatusOK
	if form.Problem != nil {
		status, form.Next = Status(form.Problem.Kind), nil
	}
	return show(c, status, views.SchedulePage(form))
}

// CreateSchedule starts a template on a schedule.
func (w *Web) CreateSchedule(c echo.Context) error {
	return w.saveSchedule(c, c.Param("template"), func(in models.ScheduleInput) error {
		_, err := w.Store.AddSchedule(c.Request().Context(), actor(c), c.Param("template"), in)
		return err
	})
}

// EditSchedule changes a schedule.
func (w *Web) EditSchedule(c echo.Context) error {
	template, err := w.Store.TemplateOfSchedule(c.Request().Context(), actor(c), c.Param("schedule"))
	if err != nil {
		return err
	}
	return w.saveSchedule(c, template, func(in models.ScheduleInput) error {
		return w.Store.EditSchedule(c.Request().Context(), actor(c), c.Param("schedule"), seen(c), in)
	})
}

// saveSchedule saves what was typed, or shows it again with what is wrong.
func (w *Web) saveSchedule(c echo.Context, template string, save func(models.ScheduleInput) error) error {
	in, wrong := scheduleInput(c)
	var err error
	if wrong == nil {
		if err = save(in); err == nil {
			return goTo(c, string(views.SchedulesURL(template)))
		}
		if _, showable := refusal(err); !showable {
			return err
		}
	}
	v, planned := w.Store.PlanSchedule(c.Request().Context(), actor(c), template, c.Param("schedule"), in)
	if _, showable := refusal(planned); planned != nil && !showable || len(v.Definition.Steps) == 0 {
		return planned
	}
	if err == nil {
		err = planned
	}
	return w.scheduleAgain(c, views.ScheduleForm{ScheduleView: v, Typed: typed(c), Problem: together(wrong, err)})
}

// DeleteSchedule forgets a schedule.
func (w *Web) DeleteSchedule(c echo.Context) error {
	return w.afterSchedule(c, w.Store.RemoveSchedule)
}

// CreateSchedulePause lets a schedule start nothing; DeleteSchedulePause lets it go on.
func (w *Web) CreateSchedulePause(c echo.Context) error {
	return w.afterSchedule(c, w.Store.PauseSchedule)
}

// DeleteSchedulePause is the other way.
func (w *Web) DeleteSchedulePause(c echo.Context) error {
	return w.afterSchedule(c, w.Store.ResumeSchedule)
}

// afterSchedule does something to a schedule, and shows the list.
func (w *Web) afterSchedule(c echo.Context, do func(context.Context, models.Actor, string) error) error {
	template, err := w.Store.TemplateOfSchedule(c.Request().Context(), actor(c), c.Param("schedule"))
	if err != nil {
		return err
	}
	if err := do(c.Request().Context(), actor(c), c.Param("schedule")); err != nil {
		return err
	}
	return goTo(c, string(views.SchedulesURL(template)))
}

// together are the faults of a form that was read, and of what was made of it.
func together(wrong *fault.Fault, err error) *fault.Fault {
	f := fault.From(err)
	if wrong == nil || f == nil {
		if wrong == nil {
			return f
		}
		return wrong
	}
	for _, also := range append([]*fault.Fault{f}, f.Also...) {
		if wrong.For(also.Field) == nil {
			wrong.Also = append(wrong.Also, also)
		}
	}
	return wrong
}

// scheduleInput is what was typed, and what is wrong with the rule in it.
func scheduleInput(c echo.Context) (models.ScheduleInput, *fault.Fault) {
	form := typed(c)
	rule, err := readRule(form)
	in := models.ScheduleInput{Rule: rule, From: form.Get("from"), Clock: form.Get("clock"), Off: recur.OffDay(form.Get("off")), Board: form.Get("board"), Name: form.Get("name"),
		Answers: map[string]string{}, Cast: map[string]string{}, Ends: countedDate(form.Get(views.DateHow("ends")), form.Get(views.DateDays("ends")), form.Get("ends"))}
	for name := range form {
		if id, is := strings.CutPrefix(name, models.RoleField("")); is && form.Get(name) != views.ProposedRole {
			in.Cast[id] = form.Get(name)
		}
		id, is := strings.CutPrefix(name, models.AnswerField(""))
		if !is || strings.Contains(id, ".") {
			continue
		}
		in.Answers[id] = form.Get(name)
		if how := views.DateHow(name); form.Has(how) {
			in.Answers[id] = countedDate(form.Get(how), form.Get(views.DateDays(name)), form.Get(name))
		}
	}
	return in, fault.From(err)
}

// countedDate is a date as templates write it: counted from the start, or a day of its own.
func countedDate(how, days, own string) string {
	if days = strings.TrimSpace(days); days == "" {
		days = "0"
	}
	switch how {
	case views.DateOnStart:
		return "on start"
	case views.DateAfter:
		return days + " days after start"
	case views.DateAfterWork:
		return days + " working days after start"
	case views.DateAhead:
		return days + " days before start"
	case views.DateAheadWork:
		return days + " working days before start"
	case views.DateOwn:
		return own
	}
	return ""
}
