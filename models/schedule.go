package models

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/playbook"
	"relevo/models/recur"
)

// A template can be started on a schedule: on the days of a rule, at a time of day in its
// team's zone, always by its newest version, and just as the form would start it with the
// schedule's answers.

// MaxSchedules is the most schedules of one template.
const MaxSchedules = 50

// Schedule starts runs of a template.
type Schedule struct {
	ID         string `gorm:"primaryKey"`
	TeamID     string
	TemplateID string
	BoardID    string // on which the tasks of its runs are made; it may be gone
	Name       string // of its runs: {{date}}, {{month}}, {{year}}, {{week}} and inputs are filled in
	Repeats    string // as package recur writes it
	Begins     Date   // the first day that the rule may have
	OffDay     recur.OffDay
	Clock      string // 08:00, in the team's zone
	Answers    string // JSON: to the inputs, by input; a date may be counted from the day of the start
	Roles      string // JSON: who plays which, by role; what is missing is proposed at each start
	Ends       string // by when a run has to be finished, as a date of Answers; empty: no day is set
	KeptBy     string // who set it as it is; is told when nothing can be started
	CreatedAt  time.Time
	PausedAt   *time.Time
	StoppedAt  *time.Time // nothing could be started, and nobody told with a task
	Seq        int64      // of the entry with which it was set as it is: the cause of what it starts
	Version    int64

	Passed   string // the last day of the rule that has passed
	CameOn   string // the day for which that was
	Times    int
	NextAt   *time.Time // when the next run starts; nil: none does
	Failure  string     // JSON: why the last one did not start; empty: it did
	FailedAt *time.Time
	TaskID   string // that tells of it
}

func ofSchedule(id string) subject { return subject{"schedules s", "s.team_id", "s.id = ?", id} }

func (sch Schedule) subject() ledger.Subject {
	return ledger.Subject{Kind: "schedule", ID: sch.ID, Name: sch.Name}
}

// ScheduleInput is what a person says of a schedule, as it was typed.
type ScheduleInput struct {
	Rule    recur.Rule // its Count is one more than how often
	From    string     // YYYY-MM-DD, the first day that the rule may have
	Off     recur.OffDay
	Clock   string // 08:00
	Board   string
	Name    string
	Answers map[string]string // by input; a date may be "5 working days after start", as templates write it
	Cast    map[string]string // users by role; what is missing is proposed at each start
	Ends    string            // as a date of Answers; empty: no day is set
}

// with is the schedule as the input says.
func (sch Schedule) with(in ScheduleInput) Schedule {
	sch.BoardID, sch.Name = in.Board, tidy(in.Name)
	sch.Repeats, sch.Begins, sch.OffDay, sch.Clock = in.Rule.String(), Date(in.From), in.Off, in.Clock
	sch.Answers, sch.Roles, sch.Ends = canonical(in.Answers), canonical(in.Cast), in.Ends
	return sch
}

// input is what somebody would say to have the schedule as it is.
func (sch Schedule) input(today Date) ScheduleInput {
	in := ScheduleInput{Rule: sch.plan().Left(sch.place()), From: string(max(sch.Begins, today)), Off: sch.OffDay, Clock: sch.Clock, Board: sch.BoardID, Name: sch.Name, Ends: sch.Ends,
		Answers: map[string]string{}, Cast: map[string]string{}}
	_ = json.Unmarshal([]byte(sch.Answers), &in.Answers) // written by us
	_ = json.Unmarshal([]byte(sch.Roles), &in.Cast)      // the same
	return in
}

func (sch Schedule) plan() recur.Plan {
	rule, _ := recur.Parse(sch.Repeats) // there is no other in the table
	return recur.Plan{Rule: rule, From: string(sch.Begins), Off: sch.OffDay}
}

func (sch Schedule) place() recur.Place {
	return recur.Place{Day: sch.Passed, On: sch.CameOn, Times: sch.Times}
}

// at puts the schedule to a place of its plan.
func (sch Schedule) at(p recur.Place) Schedule {
	sch.Passed, sch.CameOn, sch.Times = p.Day, p.On, p.Times
	return sch
}

// come tells which days have come by a moment.
func (sch Schedule) come(team Team, now time.Time) func(day string) bool {
	return func(day string) bool {
		at, ok := recur.Moment(day, sch.Clock, Zone(team.Zone))
		return ok && !at.After(now)
	}
}

// timed sets when the schedule starts something next.
func (sch Schedule) timed(team Team) Schedule {
	sch.NextAt = nil
	if sch.PausedAt != nil || sch.StoppedAt != nil {
		return sch
	}
	if next, more := sch.plan().Next(sch.place(), team.works); more {
		if at, ok := recur.Moment(next.On, sch.Clock, Zone(team.Zone)); ok {
			sch.NextAt = &at
		}
	}
	return sch
}

// AddSchedule starts runs of a template on a schedule from now on. It returns Invalid
// faults by field: those of a recur.Plan, clock, name, board, ends, AnswerField and
// RoleField; TooManySchedules, TemplateArchived, or NotPublished.
func (s *Store) AddSchedule(ctx context.Context, who Actor, template string, in ScheduleInput) (Schedule, error) {
	var sch Schedule
	err := s.change(ctx, who, ofTemplate(template), access.EditTemplate, func(tx *Tx) error {
		var there int
		if err := tx.row("SELECT COUNT(*) FROM schedules WHERE template_id = ?", template).Scan(&there); err != nil {
			return err
		}
		if there >= MaxSchedules {
			return fault.New(fault.Conflict, fault.TooManySchedules, MaxSchedules)
		}
		v, err := tx.scheduleView(Schedule{ID: NewID(), TeamID: tx.Team.ID, TemplateID: template, CreatedAt: tx.now}, in)
		if err != nil {
			return err
		}
		sch = v.Schedule
		sch.KeptBy, sch.Seq, sch.Version = tx.actor.ID, tx.seq+1, tx.seq+1
		return tx.create(&sch, v.note(ScheduleAdded, Schedule{}, sch))
	})
	return sch, err
}

// EditSchedule changes a schedule. Whoever does keeps it from then on. It returns what
// AddSchedule does, and Stale if somebody has changed it since it was seen.
func (s *Store) EditSchedule(ctx context.Context, who Actor, schedule string, seen int64, in ScheduleInput) error {
	return s.changeSchedule(ctx, who, schedule, func(tx *Tx, was Schedule) error {
		if was.Version > seen {
			return fault.New(fault.Stale, fault.Changed)
		}
		v, err := tx.scheduleView(was, in)
		if err != nil {
			return err
		}
		is := v.Schedule
		is.StoppedAt = nil
		is = is.timed(tx.Team)
		is.KeptBy, is.Seq, is.Failure, is.FailedAt = tx.actor.ID, tx.seq+1, "", nil
		return tx.saveSchedule(is, v.note(ScheduleEdited, was, is))
	})
}

// PauseSchedule lets a schedule start nothing until it is resumed.
func (s *Store) PauseSchedule(ctx context.Context, who Actor, schedule string) error {
	return s.changeSchedule(ctx, who, schedule, func(tx *Tx, was Schedule) error {
		if was.PausedAt != nil {
			return nil
		}
		is := was
		is.PausedAt = &tx.now
		return tx.saveSchedule(is.timed(tx.Team), tx.scheduleNote(SchedulePaused, was, is))
	})
}

// ResumeSchedule lets a schedule go on that was paused or has stopped. What has come
// meanwhile is left out.
func (s *Store) ResumeSchedule(ctx context.Context, who Actor, schedule string) error {
	return s.changeSchedule(ctx, who, schedule, func(tx *Tx, was Schedule) error {
		if was.PausedAt == nil && was.StoppedAt == nil {
			return nil
		}
		is := was.at(was.plan().Pass(was.place(), was.come(tx.Team, tx.now), tx.Team.works))
		is.PausedAt, is.StoppedAt = nil, nil
		return tx.saveSchedule(is.timed(tx.Team), tx.scheduleNote(ScheduleResumed, was, is))
	})
}

// RemoveSchedule forgets a schedule; what it has started goes on.
func (s *Store) RemoveSchedule(ctx context.Context, who Actor, schedule string) error {
	return s.changeSchedule(ctx, who, schedule, func(tx *Tx, was Schedule) error {
		n := tx.scheduleNote(ScheduleRemoved, was, was)
		return tx.delete(&Schedule{ID: was.ID}, n)
	})
}

func (s *Store) changeSchedule(ctx context.Context, who Actor, schedule string, fn func(*Tx, Schedule) error) error {
	return s.change(ctx, who, ofSchedule(schedule), access.EditTemplate, func(tx *Tx) error {
		sch, err := tx.schedule(schedule)
		if err != nil {
			return err
		}
		return fn(tx, sch)
	})
}

func (tx *Tx) schedule(id string) (sch Schedule, err error) {
	return sch, orMissing(tx.db.Take(&sch, "id = ? AND team_id = ?", id, tx.Team.ID).Error)
}

// saveSchedule records what differs and writes the whole of it.
func (tx *Tx) saveSchedule(is Schedule, n note) error {
	is.Version = tx.seq + 1
	return tx.update(&Schedule{ID: is.ID}, map[string]any{"board_id": is.BoardID, "name": is.Name, "repeats": is.Repeats, "begins": is.Begins, "off_day": is.OffDay,
		"clock": is.Clock, "answers": is.Answers, "roles": is.Roles, "ends": is.Ends, "kept_by": is.KeptBy, "paused_at": is.PausedAt, "stopped_at": is.StoppedAt,
		"seq": is.Seq, "version": is.Version, "passed": is.Passed, "came_on": is.CameOn, "times": is.Times, "next_at": is.NextAt,
		"failure": is.Failure, "failed_at": is.FailedAt, "task_id": is.TaskID}, n)
}

// scheduleNote is of a change that leaves alone what a schedule starts.
func (tx *Tx) scheduleNote(action Action, was, is Schedule) note {
	return note{action: action, subject: is.subject(), board: ledger.Subject{Kind: "board", ID: is.BoardID, Name: tx.boardName(is.BoardID)}, changes: scheduleChanges(was, is)}
}

// note is of a change of what a schedule starts, in words that can be read.
func (v ScheduleView) note(action Action, was, is Schedule) note {
	n := note{action: action, subject: is.subject(), board: v.Board.subject(), changes: scheduleChanges(was, is)}
	for i, c := range n.changes {
		switch c.Field {
		case "template":
			n.changes[i].ToText = v.Template.Name
		case "board":
			n.changes[i].ToText = v.Board.Name
		case "answers":
			n.changes[i].FromText, n.changes[i].ToText = v.read(c.From), v.read(c.To)
		case "roles":
			n.changes[i].FromText, n.changes[i].ToText = v.players(c.From), v.players(c.To)
		}
	}
	return n
}

// read are answers, as they are kept, in words.
func (v ScheduleView) read(kept string) string {
	var given map[string]string
	_ = json.Unmarshal([]byte(kept), &given) // written by us, or empty
	var all []string
	for _, f := range v.Inputs {
		if is := given[f.ID]; is != "" {
			all = append(all, f.Label+": "+v.show(f, is))
		}
	}
	return strings.Join(all, "; ")
}

func (v ScheduleView) players(kept string) string {
	var cast map[string]string
	_ = json.Unmarshal([]byte(kept), &cast) // written by us, or empty
	var all []string
	for _, r := range v.Roles {
		if is := cast[r.ID]; is != "" {
			all = append(all, r.Name+": "+v.Named(is).Name)
		}
	}
	return strings.Join(all, "; ")
}

func scheduleChanges(was, is Schedule) []ledger.Change {
	return changed("template", was.TemplateID, is.TemplateID, "board", was.BoardID, is.BoardID, "name", was.Name, is.Name, "repeats", was.Repeats, is.Repeats,
		"starts", string(was.Begins), string(is.Begins), "off_day", string(was.OffDay), string(is.OffDay), "clock", was.Clock, is.Clock,
		"answers", was.Answers, is.Answers, "roles", was.Roles, is.Roles, "ends", was.Ends, is.Ends,
		"paused_at", moment(was.PausedAt), moment(is.PausedAt), "stopped_at", moment(was.StoppedAt), moment(is.StoppedAt))
}

// retimeSchedules sets the moments anew after the team's days begin at other ones, or it
// works on others.
func (tx *Tx) retimeSchedules() error {
	var all []Schedule
	if err := tx.db.Find(&all, "team_id = ? AND paused_at IS NULL AND stopped_at IS NULL", tx.Team.ID).Error; err != nil {
		return err
	}
	for _, sch := range all {
		if err := tx.set("schedules", sch.ID, []set{{"next_at", sch.timed(tx.Team).NextAt}}); err != nil {
			return err
		}
	}
	return nil
}

// startOn is what the schedule would say to the form on a day.
func (v *StartView) startOn(day string, last Run, now time.Time) {
	sch := v.schedule
	typed := sch.input("")
	in := RunInput{Board: sch.BoardID, From: day, Until: v.counted(typed.Ends, day), Answers: map[string]string{}, Cast: map[string]string{}}
	for _, f := range v.Inputs {
		if text, given := typed.Answers[f.ID]; given {
			if f.Type == playbook.Date {
				text = v.counted(text, day)
			}
			in.Answers[f.ID] = text
		}
	}
	for _, r := range v.Roles {
		if person, given := typed.Cast[r.ID]; given {
			in.Cast[r.ID] = person
		}
	}
	v.Input = in
	v.fillIn(last, now)
	v.Input.Board = sch.BoardID // none is proposed
	v.Input.Name, _ = v.named(sch.Name, day)
}

// counted is a date that may be counted from the day of a start.
func (v *StartView) counted(text, day string) string {
	due, ok := playbook.ParseDue(text)
	from, wrong := dayOf("from", day)
	if !ok || due.From != playbook.Start || wrong != nil {
		return text
	}
	return v.Team.calendar().Shift(from, due.Amount, due.Unit == flow.WorkingDays).Format(time.DateOnly)
}

var blank = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

// named fills a name in for a run that starts on a day. It tells which blanks mean
// nothing.
func (v *StartView) named(pattern, day string) (name string, unknown []string) {
	at, _ := time.Parse(time.DateOnly, day)
	year, week := at.ISOWeek()
	known := playbook.Answers{"date": day, "month": at.Format("2006-01"), "year": at.Format("2006"), "week": fmt.Sprintf("%04d-W%02d", year, week)}
	d := playbook.Definition{}
	for id := range known {
		d.Inputs = append(d.Inputs, playbook.Field{ID: id, Type: playbook.Text})
	}
	d.Inputs = append(d.Inputs, v.Inputs...)
	for _, f := range v.Inputs {
		known[f.ID] = v.Input.Answers[f.ID]
	}
	for _, m := range blank.FindAllStringSubmatch(pattern, -1) {
		if _, is := known[strings.TrimSpace(m[1])]; !is {
			unknown = append(unknown, m[0])
		}
	}
	name, _ = d.Filler(known, v.show).Line(pattern, MaxRunName)
	return name, unknown
}

// checkName returns what is wrong with the name of a schedule's runs.
func (v *StartView) checkName() *fault.Fault {
	name := v.schedule.Name
	switch _, unknown := v.named(name, v.Input.From); {
	case name == "":
		return fault.On("name", fault.Needed)
	case utf8.RuneCountInString(name) > MaxRunName:
		return fault.On("name", fault.TooLong, MaxRunName)
	case len(unknown) > 0:
		return fault.On("name", fault.NoSuchBlank, unknown[0])
	}
	return nil
}
