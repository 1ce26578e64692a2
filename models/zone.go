package models

import (
	_ "embed"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // the machine may have none

	"relevo/models/fault"
)

// zoneNames are the zones of the IANA database that its zone.tab offers for choice.
//
//go:embed data/zones.txt
var zoneNames string

// Zones lists the time zones that people choose from.
var Zones = sync.OnceValue(func() []string { return strings.Fields(zoneNames) })

// GuessZone returns name if it is a time zone, or else UTC.
func GuessZone(name string) string {
	if zoneFault("", name) != nil {
		return "UTC"
	}
	return name
}

// zoneFault accepts what is not in the list too if the IANA database has it, for
// browsers know zones by old names.
func zoneFault(field, name string) *fault.Fault {
	if name == "" || name == "Local" || len(name) > 64 {
		return fault.On(field, fault.NotAChoice)
	}
	if _, err := time.LoadLocation(name); err != nil {
		return fault.On(field, fault.NotAChoice)
	}
	return nil
}

var zones sync.Map // IANA name → *time.Location, those that exist

// Zone is the time zone of a name, UTC if there is none such. Loading one reads a
// file, so each is kept; there are some 600.
func Zone(name string) *time.Location {
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
