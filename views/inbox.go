package views

import (
	"net/url"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/flow"
	"relevo/views/say"
)

// InboxURL is the address of a page of the inbox; empty: the newest.
func InboxURL(before string) templ.SafeURL {
	if before == "" {
		return "/inbox"
	}
	return templ.SafeURL("/inbox?before=" + url.QueryEscape(before))
}

// shownNotices is how many notices of one task the inbox tells at once.
const shownNotices = 3

func noticeWord(w *say.Words, kind models.NoticeKind) string {
	switch kind {
	case models.YourTurn:
		return w.Inbox.YourTurn
	case models.Assigned:
		return w.Inbox.Assigned
	case models.Mentioned:
		return w.Inbox.Mentioned
	case models.Commented:
		return w.Inbox.Commented
	case models.ApprovalWanted:
		return w.Approval.Wanted
	case models.ApprovalAnswered:
		return w.Approval.Answer
	case models.ApprovalLost:
		return w.Approval.Lost
	}
	return w.Inbox.Unknown
}

func noticeSign(kind models.NoticeKind) string {
	switch kind {
	case models.YourTurn:
		return "ready"
	case models.Assigned:
		return "user"
	case models.Mentioned, models.Commented:
		return "comment"
	case models.ApprovalWanted, models.ApprovalAnswered:
		return "done"
	case models.ApprovalLost:
		return "warning"
	}
	return "info"
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

// live makes a part of a page fetch itself again from address when the inbox has
// news; what has focus and what is open stays so.
func live(address string) templ.Attributes {
	return templ.Attributes{"hx-get": address, "hx-trigger": "relevo:inbox from:document", "hx-ext": "morph", "hx-swap": "morph:outerHTML"}
}
