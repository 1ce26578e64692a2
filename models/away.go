package models

import (
	"relevo/models/fault"
)

// Away is when somebody is away: from one day to another, both included; empty: they
// have not said so.
type Away struct {
	AwayFrom  Date
	AwayUntil Date
}

// On reports whether somebody is away on a day.
func (a Away) On(day Date) bool { return a.AwayFrom != "" && a.AwayFrom <= day && day <= a.AwayUntil }

// Within reports whether somebody is away on one of the days from one to another.
func (a Away) Within(from, until Date) bool {
	return a.AwayFrom != "" && a.AwayFrom <= until && from <= a.AwayUntil
}

// faults finds what is wrong with what somebody says of it.
func (a Away) faults() []*fault.Fault {
	if a.AwayFrom == "" && a.AwayUntil == "" {
		return nil
	}
	from, until := awayDay("away_from", a.AwayFrom), awayDay("away_until", a.AwayUntil)
	if from == nil && until == nil && a.AwayUntil < a.AwayFrom {
		until = fault.On("away_until", fault.EndsBeforeStart)
	}
	return []*fault.Fault{from, until}
}

func awayDay(field string, day Date) *fault.Fault {
	if day == "" {
		return fault.On(field, fault.Needed)
	}
	_, f := dayOf(field, string(day))
	return f
}
