package views

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/find"
	"relevo/models/flow"
	"relevo/views/say"
)

// InboxPlace is a page of the inbox: what it shows, and below which place.
type InboxPlace struct {
	models.InboxFilter
	Before string // empty: from the newest
}

// Query is the place as an address has it, with its question mark; empty for the
// beginning of the whole inbox.
func (p InboxPlace) Query() string {
	q := url.Values{}
	for name, value := range map[string]string{"show": string(p.Part), "kind": string(p.Kind), "board": p.Board, "before": p.Before} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if len(q) == 0 {
		return ""
	}
	return "?" + q.Encode()
}

// URL is the address of the place.
func (p InboxPlace) URL() templ.SafeURL { return templ.SafeURL("/inbox" + p.Query()) }

// part is the beginning of another part, of the same kind and board.
func (p InboxPlace) part(part models.InboxPart) InboxPlace {
	p.Part, p.Before = part, ""
	return p
}

func (p InboxPlace) from(before string) InboxPlace {
	p.Before = before
	return p
}

func (p InboxPlace) narrowed() bool { return p.Kind != "" || p.Board != "" }

// shownNotices is how many lines of one task the inbox shows at once.
const shownNotices = 3

// piece is what the inbox shows of notices of one kind: the newest, and how many more
// there are like it.
type piece struct {
	models.InboxNotice
	earlier int
}

func (l piece) unread() bool { return l.ReadAt == nil }

// lines joins what an item tells of one kind, read and unread apart.
func lines(i models.InboxItem) []piece {
	var all []piece
	for _, n := range i.Notices {
		at := slices.IndexFunc(all, func(l piece) bool {
			return l.Kind == n.Kind && l.unread() == (n.ReadAt == nil) && (n.Kind != models.Mentioned)
		})
		if at < 0 {
			all = append(all, piece{InboxNotice: n})
		} else {
			all[at].earlier++
		}
	}
	return all
}

func noticeSign(kind models.NoticeKind) string {
	switch kind {
	case models.YourTurn:
		return "ready"
	case models.Assigned:
		return "user"
	case models.Mentioned, models.Commented:
		return "comment"
	case models.WasClosed, models.ApprovalAnswered:
		return "done"
	case models.Blocked:
		return "blocked"
	case models.Unblocked:
		return "undo"
	case models.AtRisk, models.PastDue, models.ApprovalLost:
		return "warning"
	case models.DueSoon:
		return "clock"
	case models.WasMoved:
		return "arrow-right"
	case models.WasAdded:
		return "plus"
	case models.ApprovalWanted:
		return "in_review"
	}
	return "info"
}

// because says why an item came to somebody, if what it tells does not say so.
func because(w *say.Words, i models.InboxItem) string {
	for _, n := range i.Notices {
		if n.Notice.Because != "" {
			return w.Hear.Because[string(n.Notice.Because)]
		}
	}
	return ""
}

// acts reports whether the item offers the next step to its owner.
func acts(i models.InboxItem) bool {
	return i.Mine && access.Can(i.Work.Role, access.EditTask) && !i.Work.Blocked && i.Work.ArchivedAt == nil && i.Work.State.Open() && i.Work.State != flow.Waiting
}

// untils are the times that something can be snoozed until now.
func untils(now time.Time) []models.Until {
	var all []models.Until
	for _, u := range models.Untils {
		if _, err := u.Choose(now, ""); err == nil {
			all = append(all, u)
		}
	}
	return all
}

// triages makes a form change the inbox in place; without scripts it leads back to it.
func triages(action string) templ.Attributes {
	return templ.Attributes{"method": "post", "action": action, "hx-post": action, "hx-target": "#inbox", "hx-swap": "morph:outerHTML", "hx-ext": "morph"}
}

// untilText is a moment as it stands after "back".
func untilText(ctx context.Context, at time.Time) string { return momentText(ctx, at) }

// emptyInbox says why a part of the inbox is empty.
func emptyInbox(w *say.Words, p InboxPlace) (title, hint string) {
	switch {
	case p.narrowed():
		return w.Hear.NoneSuch, w.Hear.NoneSuchHint
	case p.Part == models.InboxUnread:
		return w.Hear.NoneUnread, w.Hear.NoneUnreadHint
	case p.Part == models.InboxSnoozed:
		return w.Hear.NoneSnoozed, w.Hear.NoneSnoozedHint
	case p.Part == models.InboxCleared:
		return w.Hear.NoneCleared, w.Hear.NoneClearedHint
	}
	return w.Inbox.Empty, w.Inbox.EmptyHint
}

// workTitle heads a group of somebody's work.
func workTitle(w *say.Words, group models.WorkGroup) string {
	switch group {
	case models.Overdue:
		return w.Inbox.Work.Overdue
	case models.WorkReady:
		return w.Inbox.Work.Ready
	case models.WorkDoing:
		return w.Inbox.Work.Doing
	}
	return w.Inbox.Work.Waiting
}

// onlyWaiting reports whether somebody's work leaves nothing to do now.
func onlyWaiting(v models.MyWorkView) bool {
	for _, g := range v.Groups {
		for _, t := range g.Tasks {
			if t.State != flow.Waiting {
				return false
			}
		}
	}
	return len(v.Groups) > 0
}

// live makes a part of a page fetch itself again from address when there is news in
// one of the reader's teams, or for their inbox; what has focus and what is open stays so.
func live(address string) templ.Attributes {
	return templ.Attributes{"data-all": true, "hx-get": address, "hx-trigger": "relevo:inbox from:document, relevo:work from:document", "hx-ext": "morph", "hx-swap": "morph:outerHTML"}
}

// mostQuoted is how many characters of a comment the inbox shows.
const mostQuoted = 200

// excerpt is the beginning of a comment in one line, without Markdown's marks.
func excerpt(markdown string) string {
	text := []rune(strings.Join(strings.Fields(find.Plain(markdown)), " "))
	if len(text) > mostQuoted {
		return strings.TrimSpace(string(text[:mostQuoted])) + "…"
	}
	return string(text)
}
