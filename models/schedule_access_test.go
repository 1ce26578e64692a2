package models_test

import (
	"context"

	"relevo/models"
	"relevo/models/access"
)

// ofSchedules are the verbs of schedules, and the weakest role that may.
func (s scene) ofSchedules() map[string]scheduleVerb {
	in := func() models.ScheduleInput { return monthly(s.t, s.board.ID) }
	return map[string]scheduleVerb{
		"Schedules": {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Schedules(c, w, s.template); return err }},
		"PrepareSchedule": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.PrepareSchedule(c, w, s.template)
			return err
		}},
		"PlanSchedule": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.PlanSchedule(c, w, s.template, s.schedule, in())
			return err
		}},
		"AddSchedule": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.AddSchedule(c, w, s.template, in())
			return err
		}},
		"ScheduleOf": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.ScheduleOf(c, w, s.schedule)
			return err
		}},
		"TemplateOfSchedule": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.TemplateOfSchedule(c, w, s.schedule)
			return err
		}},
		"EditSchedule": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.EditSchedule(c, w, s.schedule, 1<<40, in())
		}},
		"PauseSchedule":  {access.Manager, func(c context.Context, w models.Actor) error { return s.PauseSchedule(c, w, s.schedule) }},
		"ResumeSchedule": {access.Manager, func(c context.Context, w models.Actor) error { return s.ResumeSchedule(c, w, s.schedule) }},
		"RemoveSchedule": {access.Manager, func(c context.Context, w models.Actor) error { return s.RemoveSchedule(c, w, s.schedule) }},
	}
}

type scheduleVerb = struct {
	least access.Role
	do    func(context.Context, models.Actor) error
}
