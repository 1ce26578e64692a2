package models

import (
	"sync"
	"time"

	"relevo/models/flow"
)

// calendar is the team's: Monday to Friday in its zone.
func (t Team) calendar() flow.Calendar { return flow.Weekdays(zone(t.Zone)) }

var zones sync.Map // IANA name → *time.Location, those that exist

// zone is the time zone of a name, UTC if there is none such. Loading one reads a
// file, so each is kept; there are some 600.
func zone(name string) *time.Location {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location)
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	zones.Store(name, z)
	return z
}
