package views

import (
	"maps"
	"slices"
	"strings"

	"relevo/models"
)

// swimChoices are what a board can be parted by, and first by nothing.
var swimChoices = append([]string{""}, models.Swimlanes...)

// at is the sight of who looks at a board in some way.
func (s sight) at(l models.Look) sight {
	s = s.through(l.Filter).by(l.Order())
	s.swim = l.Swimlanes
	return s
}

// in is the sight of what is in one swimlane.
func (s sight) in(lane string) sight {
	s.lane = lane
	return s
}

// cell names a column's part in this swimlane, and a task's card there, in the
// document: several lanes may have the same one.
func (s sight) cell(id string) string {
	if s.lane == "" {
		return id
	}
	return id + "_" + s.lane
}

// foldOf is what a column's fold opens and shuts.
func (s sight) foldOf(l models.Lane) string {
	if s.swim != "" {
		return "lanes"
	}
	return "l-" + l.ID
}

// lanes are the swimlanes in which a card is to be shown.
func (s sight) lanes(c models.Card) []string {
	if s.swim == "" {
		return []string{""}
	}
	return c.InLanes(s.swim)
}

// laneName is what a swimlane is called.
func (s sight) laneName(l models.Swimlane) string {
	switch {
	case s.swim == models.GroupPriority:
		return s.w.Names.Priority[max(0, slices.Index(models.FilterPriorities, l.Key))]
	case l.Key == models.NoneLane && s.swim == models.GroupLabel:
		return s.w.Table.NoLabel
	case l.Key == models.NoneLane && s.swim == models.GroupRun:
		return s.w.Table.NoRun
	case l.Key == models.NoneLane:
		return s.w.Table.Nobody
	case l.Name == "":
		return s.w.Table.Former
	}
	return l.Name
}

// prioIcon is the picture of a lane that stands for a priority; empty: it has none.
func prioIcon(swim, lane string) string {
	if swim != models.GroupPriority {
		return ""
	}
	return prioIcons[max(0, slices.Index(models.FilterPriorities, lane))]
}

// swimKeys tells scripts which lanes hold something.
func swimKeys(swims map[string]int) string {
	return strings.Join(slices.Sorted(maps.Keys(swims)), " ")
}
