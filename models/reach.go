package models

import (
	"net/url"
	"strconv"
	"time"
)

// How closely a timeline is looked at.
const (
	ZoomDay   = "day"
	ZoomWeek  = "week"
	ZoomMonth = "month"
)

// Zooms lists them, closest first.
var Zooms = []string{ZoomDay, ZoomWeek, ZoomMonth}

// reachDays is how many days a timeline shows at once.
var reachDays = map[string]int{ZoomDay: 42, ZoomWeek: 182, ZoomMonth: 728}

// Reach is the part of a timeline that somebody looks at. Its days are at midnight
// UTC, whatever the zone.
type Reach struct {
	Zoom  string
	First time.Time // its first day, a Monday
	Page  int       // of its tasks, of which there may be many; from 1
}

// ParseReach reads a reach from an address: zoom=week, from= with a day, and a page.
// Without a day it begins a week before that of today, so that what has just been can
// be seen. What it cannot read is left out; ignored names those parameters.
func ParseReach(asked url.Values, today time.Time) (r Reach, ignored []string) {
	r = Reach{Zoom: ZoomDay, Page: 1}
	if zoom := asked.Get("zoom"); reachDays[zoom] > 0 {
		r.Zoom = zoom
	} else if zoom != "" {
		ignored = append(ignored, "zoom")
	}
	r = r.Around(r.Zoom, today)
	if text := asked.Get("from"); text != "" {
		if day, err := time.Parse(time.DateOnly, text); err == nil && !day.Before(FirstDay) && !day.After(LastDay) {
			r.First = weekOf(day)
		} else {
			ignored = append(ignored, "from")
		}
	}
	if text := asked.Get("page"); text != "" {
		if n, err := strconv.Atoi(text); err == nil && n >= 1 && n <= mostPages {
			r.Page = n
		} else {
			ignored = append(ignored, "page")
		}
	}
	return r, ignored
}

// Around is the reach of a zoom that has a day near its beginning.
func (r Reach) Around(zoom string, day time.Time) Reach {
	y, m, d := day.Date()
	before := map[string]int{ZoomDay: 7, ZoomWeek: 28, ZoomMonth: 91}[zoom]
	return Reach{Zoom: zoom, First: weekOf(time.Date(y, m, d, 0, 0, 0, 0, time.UTC)).AddDate(0, 0, -before), Page: 1}
}

// Days is how many days it has.
func (r Reach) Days() int { return reachDays[r.Zoom] }

// End is midnight after its last day.
func (r Reach) End() time.Time { return r.First.AddDate(0, 0, r.Days()) }

// Step is the reach n halves further, or back if n is negative: what was in sight
// does not all go.
func (r Reach) Step(n int) Reach {
	return Reach{Zoom: r.Zoom, First: weekOf(r.First.AddDate(0, 0, n*r.Days()/2)), Page: 1}
}

// Within reports whether there is such a reach to look at.
func (r Reach) Within() bool { return !r.First.Before(weekOf(FirstDay)) && !r.First.After(LastDay) }

// Turned is the reach at another page of its tasks.
func (r Reach) Turned(page int) Reach {
	r.Page = page
	return r
}

// Values writes the reach as ParseReach reads it. One at its place around today says
// nothing of days, so that it stays with today.
func (r Reach) Values(today time.Time) url.Values {
	v := url.Values{}
	if r.Zoom != ZoomDay {
		v.Set("zoom", r.Zoom)
	}
	if !r.First.Equal(r.Around(r.Zoom, today).First) {
		v.Set("from", r.First.Format(time.DateOnly))
	}
	if r.Page > 1 {
		v.Set("page", strconv.Itoa(r.Page))
	}
	return v
}
