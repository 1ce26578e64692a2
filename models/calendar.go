package models

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// usualDaysOff are Sunday and Saturday, as Team.DaysOff has them.
const usualDaysOff = "06"

// MaxHolidays is the most holidays of one team.
const MaxHolidays = 400

// calendars keeps those that were read, by what teams say of theirs; a few for all
// teams of a server.
var calendars sync.Map // string → flow.Calendar

// calendar is the team's: its working days and holidays, in its zone.
func (t Team) calendar() flow.Calendar {
	key := t.Zone + "\n" + t.DaysOff + "\n" + t.Holidays
	if kept, ok := calendars.Load(key); ok {
		return kept.(flow.Calendar)
	}
	cal := flow.Calendar{Zone: Zone(t.Zone), Off: t.Off(), Holidays: map[string]bool{}}
	for _, day := range strings.Fields(t.Holidays) {
		cal.Holidays[day] = true
	}
	calendars.Store(key, cal)
	return cal
}

// Off are the weekdays on which the team does not work.
func (t Team) Off() (off [7]bool) {
	for _, d := range t.DaysOff {
		if d >= '0' && d <= '6' {
			off[d-'0'] = true
		}
	}
	return off
}

// CalendarInput is what a person says of a team's working days.
type CalendarInput struct {
	Works    []time.Weekday // the days on which it works
	Holidays string         // YYYY-MM-DD, each at the beginning of a line; what follows it is a note and not kept
}

// EditCalendar changes a team's working days and holidays. What is due already stays;
// waits in working days are counted anew when next looked at, and what comes again
// on working days at once. It returns Invalid
// faults for the fields works and holidays.
func (s *Store) EditCalendar(ctx context.Context, who Actor, team string, in CalendarInput) error {
	return s.change(ctx, who, inTeam(team), access.EditTeam, func(tx *Tx) error {
		off, holidays, err := in.check()
		if err != nil {
			return err
		}
		changes := differences([]ledger.Change{
			{Field: "days_off", From: tx.Team.DaysOff, To: off},
			{Field: "holidays", From: tx.Team.Holidays, To: holidays},
		})
		if len(changes) == 0 {
			return nil
		}
		err = tx.update(&tx.Team, map[string]any{"days_off": off, "holidays": holidays},
			note{action: TeamEdited, subject: tx.Team.subject(), changes: changes})
		if err != nil {
			return err
		}
		tx.Team.DaysOff, tx.Team.Holidays = off, holidays
		return errors.Join(tx.retimeRepeats(), tx.retimeSchedules())
	})
}

func (in CalendarInput) check() (off, holidays string, err error) {
	var works, days *fault.Fault
	for d := time.Sunday; d <= time.Saturday; d++ {
		if !slices.Contains(in.Works, d) {
			off += strconv.Itoa(int(d))
		}
	}
	if len(off) == 7 {
		works = fault.On("works", fault.Needed)
	}
	var all []string
	for _, line := range strings.Split(in.Holidays, "\n") {
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if _, err := time.Parse(time.DateOnly, words[0]); err != nil {
			days = fault.On("holidays", fault.NotAHoliday, shorten(words[0], 40))
			break
		}
		all = append(all, words[0])
	}
	slices.Sort(all)
	all = slices.Compact(all)
	if len(all) > MaxHolidays {
		days = fault.On("holidays", fault.TooManyAtOnce, MaxHolidays)
	}
	return off, strings.Join(all, " "), fault.All(works, days)
}
