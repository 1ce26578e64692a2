package views

import (
	"context"
	"strconv"
	"strings"
	"time"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/flow"
	"relevo/views/say"
)

// sight is what a card needs to know of who looks at it. A board of hundreds of
// cards asks the context once.
type sight struct {
	w    *say.Words
	now  time.Time
	edit bool // may move and change tasks

	filter models.BoardFilter // which cards there are
	sort   models.SortKey     // in which order; zero: by rank
	swim   string             // what the board is parted by; empty: it is not
	lane   string             // the swimlane that is at hand
}

// through is the sight of who looks at a part of a board.
func (s sight) through(f models.BoardFilter) sight {
	s.filter = f
	return s
}

// by is the sight of who looks at cards in an order.
func (s sight) by(k models.SortKey) sight {
	s.sort = k
	return s
}

// look is how a board is looked at.
func (s sight) look() models.Look { return lookOf(s.filter, s.sort).PartedBy(s.swim) }

func lookOf(f models.BoardFilter, k models.SortKey) models.Look {
	l := models.Look{Filter: f}
	if k.By != "" {
		l.Sort = []models.SortKey{k}
	}
	return l
}

func sightOf(ctx context.Context, role access.Role) sight {
	return sight{w: say.In(ctx), now: frame(ctx).Now, edit: access.Can(role, access.EditTask)}
}

// prioIcons are the pictures of priorities.
var prioIcons = [...]string{"", "priority-1", "priority-2", "priority-3", "priority-4"}

func (s sight) startTime(c models.Card) string {
	return s.w.Moment(c.NotBefore.In(s.now.Location()), s.now)
}

// because words why a card has moved by itself to where it is.
func (s sight) because(c models.Card) string {
	if c.Because.ID == "" || c.Because.ID == c.ID {
		return s.w.Board.ByItself(s.w.Names.State[c.State])
	}
	return s.w.Board.Because(s.w.Names.State[c.State], c.Because.Key+" "+c.Because.Title)
}

// said words the same for who listens.
func (s sight) said(m models.Moved) string {
	task := m.Task.Key + " " + m.Task.Title
	if m.Because.ID == "" || m.Because.ID == m.Task.ID {
		return s.w.Board.SaidMoveByTime(task, s.w.Names.State[m.To])
	}
	return s.w.Board.SaidMove(task, s.w.Names.State[m.To], m.Because.Key+" "+m.Because.Title)
}

// releases reports whether the card says what its completion sets free.
func releases(c models.Card) bool {
	return len(c.Releases) > 0 && (c.State == flow.Ready || c.State == flow.InProgress || c.State == flow.InReview)
}

// fieldShort is what a card says of a value: of a text no more than its beginning.
func (s sight) fieldShort(v models.FieldValue) string {
	text := s.w.FieldValue(v.Kind, v.Value, v.Text)
	if v.Kind == custom.URL {
		_, text, _ = strings.Cut(text, "://")
	}
	if runes := []rune(text); len(runes) > shortField {
		text = strings.TrimSpace(string(runes[:shortField])) + "…"
	}
	return text
}

// shortField is how many characters of a value a card shows.
const shortField = 40

// feet reports whether the card has anything to show in its last line.
func feet(c models.Card) bool {
	return c.Due != "" && c.State.Open() || c.Estimate > 0 || c.Approval != "" || c.Repeats != "" || c.Items > 0 || c.Files > 0 || len(c.Owners) > 0
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
