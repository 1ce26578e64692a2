package models

import (
	"context"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/playbook"
	"relevo/models/recur"
)

// upcoming is how many of a schedule's next starts are shown.
const upcoming = 3

// Upcoming is a start that lies ahead.
type Upcoming struct {
	At   time.Time
	Day  Date   // in the team's zone
	Name string // of the run, where it is asked for
}

// SchedulesView is the schedules of a template.
type SchedulesView struct {
	Team      MyTeam
	Template  Template
	Schedules []ScheduleSummary
}

// ScheduleSummary is a schedule in the list.
type ScheduleSummary struct {
	Schedule
	Left   recur.Rule
	Next   []Upcoming
	Board  Board  // zero: it is gone
	Keeper string // name; empty: they are gone
	Last   *Run   // that it started
	Task   *TaskRef
}

// Over reports whether it has come to its end.
func (s ScheduleSummary) Over() bool {
	return s.PausedAt == nil && s.StoppedAt == nil && len(s.Next) == 0
}

// Schedules lists the schedules of a template.
func (s *Store) Schedules(ctx context.Context, who Actor, template string) (v SchedulesView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofTemplate(template), access.SeeTeam); err != nil {
			return err
		}
		if v.Template, err = readTemplate(db, template); err != nil {
			return err
		}
		var all []Schedule
		if err := db.Order("id").Find(&all, "template_id = ?", template).Error; err != nil {
			return err
		}
		v.Schedules, err = summaries(db, v.Team.Team, all)
		return err
	})
	return v, err
}

// summaries tells of each schedule what it does next and what it did last.
func summaries(db *gorm.DB, team Team, all []Schedule) ([]ScheduleSummary, error) {
	ids, on, by, failed := make([]string, len(all)), make([]string, len(all)), make([]string, len(all)), []string{}
	for i, sch := range all {
		ids[i], on[i], by[i] = sch.ID, sch.BoardID, sch.KeptBy
		if sch.Failure != "" {
			failed = append(failed, sch.TaskID)
		}
	}
	var boards []Board
	if err := db.Find(&boards, "id IN ?", on).Error; err != nil {
		return nil, err
	}
	var keepers []User
	if err := db.Select("id", "name").Find(&keepers, "id IN ?", by).Error; err != nil {
		return nil, err
	}
	var runs []Run
	if err := db.Find(&runs, "id IN (SELECT MAX(id) FROM runs WHERE schedule_id IN ? AND state <> ? GROUP BY schedule_id)", ids, RunIsUndone).Error; err != nil {
		return nil, err
	}
	tasks, err := openTasks(db, failed)
	if err != nil {
		return nil, err
	}
	list := make([]ScheduleSummary, len(all))
	for i, sch := range all {
		one := ScheduleSummary{Schedule: sch, Left: sch.plan().Left(sch.place()), Next: sch.next(team)}
		if sch.PausedAt != nil || sch.StoppedAt != nil {
			one.Next = nil
		}
		if n := slices.IndexFunc(boards, func(b Board) bool { return b.ID == sch.BoardID }); n >= 0 {
			one.Board = boards[n]
		}
		if n := slices.IndexFunc(keepers, func(u User) bool { return u.ID == sch.KeptBy }); n >= 0 {
			one.Keeper = keepers[n].Name
		}
		if n := slices.IndexFunc(runs, func(r Run) bool { return r.ScheduleID == sch.ID }); n >= 0 {
			one.Last = &runs[n]
		}
		if ref, there := tasks[sch.TaskID]; there && sch.Failure != "" {
			one.Task = &ref
		}
		list[i] = one
	}
	return list, nil
}

// openTasks are those tasks that somebody still has to finish, by their IDs.
func openTasks(db *gorm.DB, ids []string) (map[string]TaskRef, error) {
	var rows []struct {
		Task
		BoardKey, BoardName string
	}
	err := db.Raw(`SELECT t.id, t.number, t.title, t.state, t.board_id, b."key" AS board_key, b.name AS board_name FROM tasks t JOIN boards b ON b.id = t.board_id
		WHERE t.id IN ? AND `+openStep, append(ids, "")).Scan(&rows).Error
	open := make(map[string]TaskRef, len(rows))
	for _, r := range rows {
		open[r.ID] = onBoard{r.Task, Board{Key: r.BoardKey, Name: r.BoardName}}.ref()
	}
	return open, err
}

// next are the next starts of a schedule, as it is.
func (sch Schedule) next(team Team) (all []Upcoming) {
	plan, at := sch.plan(), sch.place()
	for range upcoming {
		next, more := plan.Next(at, team.works)
		if !more {
			break
		}
		moment, ok := recur.Moment(next.On, sch.Clock, Zone(team.Zone))
		if !ok {
			break
		}
		at, all = next, append(all, Upcoming{At: moment, Day: Date(next.On)})
	}
	return all
}

// ScheduleView is a schedule with all that somebody needs who changes it, and what it
// would start.
type ScheduleView struct {
	StartView // as its next start would be
	Schedule  Schedule
	In        ScheduleInput
	Next      []Upcoming // none while something is wrong
	Today     Date       // in the team's zone

	before string // the board of the run before
}

// PrepareSchedule reads what is needed to start a template on a schedule, and proposes
// what can be proposed.
func (s *Store) PrepareSchedule(ctx context.Context, who Actor, template string) (ScheduleView, error) {
	v, err := s.scheduleView(ctx, who, ofTemplate(template), func(db *gorm.DB, team MyTeam, today Date) (Schedule, ScheduleInput, error) {
		t, err := readTemplate(db, template)
		day, _ := time.Parse(time.DateOnly, string(today))
		in := ScheduleInput{Rule: recur.Rule{Unit: recur.Months, Every: 1, Day: day.Day(), Due: recur.NoDue}, From: string(today), Off: recur.NextDay, Clock: "08:00",
			Name: shorten(t.Name, MaxRunName-len(" {{date}}")) + " {{date}}"}
		return Schedule{TeamID: team.ID, TemplateID: template}, in, err
	})
	v.In.Board = v.before
	return v, err
}

// ScheduleOf reads a schedule to be changed.
func (s *Store) ScheduleOf(ctx context.Context, who Actor, schedule string) (ScheduleView, error) {
	return s.scheduleView(ctx, who, ofSchedule(schedule), func(db *gorm.DB, _ MyTeam, today Date) (sch Schedule, in ScheduleInput, err error) {
		if err := db.Take(&sch, "id = ?", schedule).Error; err != nil {
			return sch, in, orMissing(err)
		}
		return sch, sch.input(today), nil
	})
}

// TemplateOfSchedule is the template that a schedule starts.
func (s *Store) TemplateOfSchedule(ctx context.Context, who Actor, schedule string) (template string, err error) {
	db := s.parts.Read.WithContext(ctx)
	if _, err := sees(db, who, ofSchedule(schedule), access.EditTemplate); err != nil {
		return "", err
	}
	return template, orMissing(db.Raw("SELECT template_id FROM schedules WHERE id = ?", schedule).Row().Scan(&template))
}

func (s *Store) scheduleView(ctx context.Context, who Actor, of subject, read func(*gorm.DB, MyTeam, Date) (Schedule, ScheduleInput, error)) (v ScheduleView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		team, err := sees(db, who, of, access.EditTemplate)
		if err != nil {
			return err
		}
		sch, in, err := read(db, team, Date(s.now().In(Zone(team.Zone)).Format(time.DateOnly)))
		if err != nil {
			return err
		}
		v, err = scheduled(db, &s.books, team, sch, in, s.now())
		if f := fault.From(err); f != nil && f.Kind == fault.Invalid {
			return nil // it is told when it is to be saved
		}
		return err
	})
	return v, err
}

// PlanSchedule works out what a schedule would start, and changes nothing; schedule is
// the one that would be changed, empty for a new one. It returns what AddSchedule does;
// with Invalid faults the view is whole but for what comes next.
func (s *Store) PlanSchedule(ctx context.Context, who Actor, template, schedule string, in ScheduleInput) (v ScheduleView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		team, err := sees(db, who, ofTemplate(template), access.EditTemplate)
		if err != nil {
			return err
		}
		sch := Schedule{TeamID: team.ID, TemplateID: template}
		if schedule != "" {
			if err := db.Take(&sch, "id = ? AND template_id = ?", schedule, template).Error; err != nil {
				return orMissing(err)
			}
		}
		v, err = scheduled(db, &s.books, team, sch, in, s.now())
		return err
	})
	return v, err
}

func (tx *Tx) scheduleView(sch Schedule, in ScheduleInput) (ScheduleView, error) {
	return scheduled(tx.db, tx.books, MyTeam{Team: tx.Team, Role: tx.Role, Seq: tx.seq}, sch, in, tx.now)
}

// scheduled is a schedule as the input makes it: its days, and its next start, which is
// planned as the form plans one, so that what is wrong is told when it is set.
func scheduled(db *gorm.DB, books *books, team MyTeam, was Schedule, in ScheduleInput, now time.Time) (ScheduleView, error) {
	v := ScheduleView{In: in, Schedule: was, Today: Date(now.In(Zone(team.Zone)).Format(time.DateOnly))}
	var last Run
	var err error
	if v.StartView, last, err = readStart(db, books, team, was.TemplateID); err != nil {
		return v, err
	}
	v.before = v.boardBefore(last)
	faults := v.days(was, now)
	v.StartView.schedule = v.Schedule
	day := string(v.Today)
	if len(v.Next) > 0 {
		day = string(v.Next[0].Day)
	}
	v.startOn(day, last, now)
	if err := weigh(db, team.Team, v.People, now); err != nil {
		return v, err
	}
	faults = append(faults, v.checkName())
	if err := v.plan(); fault.From(err) != nil {
		faults = append(faults, prefixed(err, scheduleField)...)
	} else if err != nil {
		return v, err
	}
	if err := fault.All(faults...); err != nil {
		v.Next = nil
		return v, err
	}
	for i, next := range v.Next {
		one := v.StartView
		one.startOn(string(next.Day), last, now)
		v.Next[i].Name = one.Input.Name
	}
	return v, nil
}

// scheduleField names the field of a schedule's form by that of the form that starts a
// run.
func scheduleField(field string) string {
	if field == "until" {
		return "ends"
	}
	return field
}

// days sets when the schedule comes. One whose rule stays as it is goes on from where it
// is; another one begins anew. Neither makes up for what lies behind.
func (v *ScheduleView) days(was Schedule, now time.Time) (faults []*fault.Fault) {
	in, team := v.In, v.Team.Team
	is := was.with(in)
	left := was.plan().Left(was.place())
	begun := in.From == string(was.Begins) || in.From > string(was.Begins) && in.From <= string(v.Today) // the form proposes today
	stays := was.ID != "" && begun && left.String() == in.Rule.String() && was.OffDay == in.Off
	if stays {
		is.Repeats, is.Begins = was.Repeats, was.Begins
	} else {
		is = is.at(recur.Place{})
		if in.From < string(v.Today) {
			faults = append(faults, fault.On("from", fault.DateTooEarly, string(v.Today)))
		}
	}
	if _, ok := recur.Moment(string(v.Today), in.Clock, time.UTC); !ok || len(in.Clock) != len("08:00") {
		faults = append(faults, fault.On("clock", fault.NotAClock))
	}
	plan := is.plan()
	plan.Rule = in.Rule
	if stays {
		plan.Rule = is.plan().Rule
	}
	if f := fault.From(plan.Check(team.works)); f != nil && !stays {
		faults = append(faults, prefixed(f, func(field string) string { return field })...)
	}
	if len(faults) == 0 {
		is = is.at(plan.Pass(is.place(), is.come(team, now), team.works)).timed(team)
		if v.Next = is.next(team); len(v.Next) == 0 {
			faults = append(faults, fault.On("until", fault.NeverAgain))
		}
	}
	v.Schedule = is
	return faults
}

// DateAnswer tells how a date of a schedule is counted from the day of the start; ok is
// false for a day of its own.
func DateAnswer(text string) (due playbook.Due, ok bool) {
	due, ok = playbook.ParseDue(text)
	return due, ok && due.From == playbook.Start
}
