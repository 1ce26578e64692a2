package say

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"relevo/models/custom"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/models/recur"
)

// Changed is one change of an entry in words. Long says that the text is too
// long to be shown whole in a line.
type Changed struct {
	Field, From, To string
	Long            bool
	New             bool // there was nothing before
	Text            bool // people's own words, which are compared word by word
}

// shown are the actions whose sentence does not say what changed.
var shown = []string{"team.edited", "runs.moved", "run.moved", "schedule.added", "schedule.edited", "task.revised", "board.edited", "column.added", "column.edited", "task.edited", "task.transferred", "task.undone", "dependency.added",
	"dependency.changed", "dependency.reverted", "item.edited", "label.edited", "pattern.added", "pattern.edited", "view.edited", "filter.edited", "attention.marked", "attention.rule_set", "review.opened", "review.questioned", "review.answered", "review.signed", "field.added", "field.edited", "task.values_dropped", "approval.asked", "invitation.created", "log.exported", "user.edited", "setting.changed", "person.erased"}

// Parts compares the text before with the one after, word by word; nil where that
// says less than the two beside each other.
func (c Changed) Parts() []Part {
	if !c.Text || c.New || c.From == "" || c.To == "" || len(c.From)+len(c.To) > mostCompared {
		return nil
	}
	return Diff(c.From, c.To)
}

// texts are the fields in which people write sentences.
var texts = []string{"title", "description", "body", "text", "help", "reason", "blocked_reason", "override_reason"}

// mostCompared is how many bytes of two texts a line of the log compares.
const mostCompared = 4000

// Changes words what an entry changed, where its sentence does not say so. Times
// are in zone.
func (w *Words) Changes(e ledger.Entry, zone *time.Location) []Changed {
	if !slices.Contains(shown, e.Action) {
		return nil
	}
	return w.AllChanges(e, zone)
}

// AllChanges is Changes for every action, whatever its sentence says.
func (w *Words) AllChanges(e ledger.Entry, zone *time.Location) []Changed {
	var all []Changed
	for _, c := range e.Changes {
		if slices.Contains(silent, c.Field) || strings.HasSuffix(e.Action, ".added") && usual(c) {
			continue
		}
		from, to := w.valueOf(c.Field, c.From, c.FromText, zone), w.valueOf(c.Field, c.To, c.ToText, zone)
		all = append(all, Changed{
			Field: w.FieldName(c.Field), From: from, To: to,
			Text: slices.Contains(texts, c.Field) && c.From != "" && c.To != "",
			New:  c.From == "" && !slices.Contains(flags, c.Field),
			Long: len(from) > long || len(to) > long || strings.Contains(from+to, "\n"),
		})
	}
	return all
}

const long = 240 // bytes of a value in a line

// silent are fields that mean nothing to a reader, or that the sentence names.
var silent = []string{"seals", "position", "repeats_on", "prerequisite", "dependent", "review_at", "done_at", "release_at"}

// flags are fields that are set or not.
var flags = []string{"blocked", "overridden", "at_risk", "wip_hard", "sample", "admin", "required", "on_card", "on"}

// usual reports whether a new thing has only what every new thing has.
func usual(c ledger.Change) bool {
	switch c.Field {
	case "on_cancel":
		return c.To == string(flow.Skip)
	case "satisfied_at":
		return c.To == string(flow.Done)
	case "name":
		return true // the sentence says it
	}
	return c.To == ""
}

// valueOf words a stored value; text is its name then, if it had one.
func (w *Words) valueOf(field, stored, text string, zone *time.Location) string {
	switch {
	case text != "":
		return text
	case stored == "" && slices.Contains(flags, field):
		return w.Log.No
	case stored == "" && field == "owners":
		return w.Log.NoOne
	case stored == "":
		return w.Log.None
	}
	if asked, ok := strings.CutPrefix(field, "asked_"); ok {
		return w.askedFor(asked, stored)
	}
	if kind, _, ok := custom.Parse(field); ok {
		return w.FieldValue(kind, stored, "")
	}
	if stored == "yes" {
		return w.Log.Yes
	}
	switch field {
	case "kind":
		return textOr(w.Field.Kinds[custom.Kind(stored)], stored)
	case "review_state":
		return textOr(w.Reviews.States[stored], stored)
	case "verdict":
		return textOr(w.Heed.Shows[stored], stored)
	case "face":
		return textOr(w.Faces.Names[stored], stored)
	case "colour":
		return textOr(w.Detail.Colours[stored], stored)
	case "icon":
		return textOr(w.Detail.Icons[stored], stored)
	case "state", "satisfied_at":
		return textOr(w.Names.State[flow.State(stored)], stored)
	case "approval":
		return textOr(w.Approval.States[stored], stored)
	case "approval_mode":
		return textOr(map[string]string{"any": w.Approval.ModeAny, "all": w.Approval.ModeAll}[stored], stored)
	case "role", "approval_role":
		return textOr(w.Names.Role[stored], stored)
	case "join":
		return textOr(w.Names.Join[flow.Join(stored)], stored)
	case "on_cancel":
		return textOr(w.Names.OnCancel[flow.OnCancel(stored)], stored)
	case "priority":
		if n, err := strconv.Atoi(stored); err == nil && n >= 0 && n < len(w.Names.Priority) {
			return w.Names.Priority[n]
		}
	case "estimate":
		if n, err := strconv.Atoi(stored); err == nil {
			return w.When.Minutes(n)
		}
	case "repeats":
		return w.RepeatText(stored)
	case "due", "repeats_on":
		if day, err := time.Parse(time.DateOnly, stored); err == nil {
			return w.When.Date(day)
		}
	case "lag":
		amount, unit, _ := strings.Cut(stored, " ")
		if n, err := strconv.Atoi(amount); err == nil {
			return w.Names.Unit(n, flow.Unit(unit))
		}
	case "off_day":
		return textOr(w.Schedule.Offs[recur.OffDay(stored)], stored)
	case "not_before", "archived_at", "deleted_at", "expires", "expires_at", "paused_at", "stopped_at":
		if t, err := time.Parse(time.RFC3339Nano, stored); err == nil {
			return w.When.Stamp(t.In(zone))
		}
	}
	return stored
}

// askedFor words a condition by which the log was filtered.
func (w *Words) askedFor(name, value string) string {
	switch name {
	case "action":
		return textOr(w.Log.Actions[value], textOr(w.Log.Groups[value], value))
	case "role":
		return w.LogRole(value)
	case "by":
		return textOr(map[string]string{"hand": w.Log.ByHand, "auto": w.Log.Auto}[value], value)
	}
	return value
}
