package views

import (
	"net/url"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/playbook"
	"relevo/views/say"
)

// PastPage is a board or a run as it was, and how one came to it.
type PastPage struct {
	models.PastView
	Problem *fault.Fault // with the time that was asked for
	Whole   string       // the column that is shown with all its cards
	Focus   string       // the task that the diagram is about
}

// shownThen is how many cards of a column the past shows at first.
const shownThen = 100

// base is the page of today.
func (p PastPage) base() templ.SafeURL {
	if p.Run.ID != "" {
		return RunURL(p.Run.ID)
	}
	return BoardURL(p.Board.ID)
}

func (p PastPage) name() string {
	if p.Run.ID != "" {
		return p.Run.Name
	}
	return p.Board.Name
}

// at is the address of a face of it (empty: the first) at the moment shown.
func (p PastPage) at(face string, more ...string) templ.SafeURL {
	return p.url(p.base(), face, p.Query, more...)
}

// entry is the face as of an entry.
func (p PastPage) entry(face string, seq int64) templ.SafeURL {
	return p.url(p.base(), face, models.PastQuery{Entry: seq})
}

func (p PastPage) url(base templ.SafeURL, face string, q models.PastQuery, more ...string) templ.SafeURL {
	at := base + "/past"
	if face != "" {
		at += templ.SafeURL("/" + face)
	}
	v := url.Values{}
	switch {
	case q.Entry > 0:
		v.Set("entry", itoa(q.Entry))
	case q.At != "" && p.Problem == nil:
		v.Set("at", q.At)
	}
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			v.Set(more[i], more[i+1])
		}
	}
	if len(v) > 0 {
		at += templ.SafeURL("?" + v.Encode())
	}
	return at
}

// since tells what has changed since the moment shown.
func (p PastPage) since() templ.SafeURL {
	return p.base() + templ.SafeURL("/since?"+url.Values{"from": {models.SinceEntry + itoa(p.Seq)}}.Encode())
}

// task is the page of a card of that moment.
func (p PastPage) task(id string) templ.SafeURL { return p.url(BoardURL(p.Board.ID), id, p.Query) }

// typed is what stands in the field of the time.
func (p PastPage) typed(now time.Time) string {
	switch {
	case p.Problem != nil:
		return p.Query.At
	case !p.Moment.IsZero():
		return p.Moment.In(now.Location()).Format("2006-01-02T15:04")
	}
	return now.Format("2006-01-02T15:04")
}

func (p PastPage) asOf(w *say.Words, now time.Time) string {
	if p.Moment.IsZero() {
		return w.Past.Now
	}
	return w.Past.AsOf(w.PastMoment(p.Moment.In(now.Location()), now))
}

// cards are those of a column that are shown, and whether there are more.
func (p PastPage) cards(l models.Lane) ([]models.Card, bool) {
	if len(l.Cards) <= shownThen || p.Whole == l.ID {
		return l.Cards, false
	}
	return l.Cards[:shownThen], true
}

// pastMap draws what waited for what.
func pastMap(w *say.Words, p PastPage) flowmap {
	f := flowmap{FlowChart: p.Chart(p.Focus), w: w, base: p.base() + "/past", query: url.Values{}, turns: true, critic: w.Diagram.Critical}
	if _, query, ok := strings.Cut(string(p.at("")), "?"); ok {
		f.query, _ = url.ParseQuery(query) // it is our own writing
	}
	f.label = w.Past.Title(p.name())
	f.draw(playbook.Definition{}, func(n models.FlowNode) box {
		t := n.Task
		b := box{name: t.Title, key: n.Key, href: p.task(t.ID), state: string(t.State), icon: string(t.State), stateText: w.Names.State[t.State], owners: n.Owners}
		switch {
		case t.Skipped:
			b.skipped, b.icon, b.stateText = true, "ban", w.Flowmap.Skipped
		case t.Blocked && t.State.Open():
			b.icon, b.foot = "blocked", t.BlockedReason
		}
		return b
	})
	return f
}
