package views

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/past"
	"relevo/views/say"
)

// SincePage is what has changed since a moment.
type SincePage struct {
	models.SinceView
	Problem *fault.Fault // with the time that was asked for
}

// past is the page of what was at the moment since which it is.
func (p SincePage) past() PastPage {
	return PastPage{PastView: models.PastView{Board: p.Board, Run: p.Run, Query: models.PastQuery{Entry: p.From}}}
}

func (p SincePage) url(since string) templ.SafeURL {
	at := p.past().base() + "/since"
	if since != "" {
		at += templ.SafeURL("?" + url.Values{"from": {since}}.Encode())
	}
	return at
}

// ways are those that are a click away.
func (p SincePage) ways(w *say.Words) []Option {
	all := []Option{{models.SinceLook, w.Past.LastLook}, {models.SinceYesterday, w.Past.Yesterday}, {models.SinceMonday, w.Past.Monday}}
	if p.Run.ID != "" {
		return all[1:] // looks are at boards
	}
	return all
}

func (p SincePage) typed() string {
	if p.Problem != nil {
		return p.Asked
	}
	return p.Since.Format("2006-01-02T15:04")
}

func (p SincePage) said(w *say.Words, now time.Time) string {
	when := w.PastMoment(p.Since, now)
	switch {
	case p.Never:
		return w.Past.FirstLook
	case p.Asked == models.SinceLook:
		return w.Past.SinceLook(when)
	}
	return w.Past.SinceWhen(when)
}

// doing is one thing that happened to a task, in a few words.
type doing struct{ icon, text string }

// happened says what a story comes to.
func happened(w *say.Words, s *past.Story) (all []doing) {
	add := func(icon, text string) { all = append(all, doing{icon, text}) }
	p := w.Past
	if s.Made {
		add("plus", p.Made)
	}
	to := flow.State(s.To)
	switch {
	case s.Moved() && to == flow.Done:
		add("done", p.Done+" · "+p.Moved(w.Names.State[flow.State(s.From)], w.Names.State[to]))
	case s.Moved() && to == flow.Cancelled:
		add("ban", p.Cancelled)
	case s.Moved():
		add("arrow-right", p.Moved(w.Names.State[flow.State(s.From)], w.Names.State[to]))
	case s.Went():
		add("arrow-right", p.Moved(s.FromColumn, s.ToColumn))
	case s.Made && to != "":
		add(string(to), w.Names.State[to])
	}
	if len(s.Edited) > 0 {
		add("edit", p.Edited(strings.Join(editedNames(w, s.Edited), ", ")))
	}
	if s.Comments > 0 {
		add("comment", p.Commented(s.Comments))
	}
	if s.Archived {
		add("archive", p.Archived)
	}
	if s.Recalled {
		add("undo", p.Recalled)
	}
	if s.Deleted {
		add("trash", p.Deleted)
	}
	if s.Others > 0 {
		add("history", p.Other(s.Others))
	}
	return all
}

// editedNames are what fields are called, each once.
func editedNames(w *say.Words, fields []string) []string {
	var names []string
	for _, f := range fields {
		name := w.FieldName(f)
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}
