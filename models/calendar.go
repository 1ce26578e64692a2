package models

import (
	"relevo/models/flow"
)

// calendar is the team's: Monday to Friday in its zone.
func (t Team) calendar() flow.Calendar { return flow.Weekdays(Zone(t.Zone)) }
