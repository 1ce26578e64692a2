package views

import (
	"github.com/a-h/templ"
	"net/url"

	"relevo/models"
	"relevo/models/fault"
	"relevo/views/say"
)

// RemarkForm is a remark that somebody writes.
type RemarkForm struct {
	models.RemarkInput
	Problem *fault.Fault
}

// RemarksAt is a page of the remarks of a state; empty: of any.
func RemarksAt(state models.RemarkState, below string) templ.SafeURL {
	q := url.Values{}
	if state != "" {
		q.Set("show", string(state))
	}
	if below != "" {
		q.Set("before", below)
	}
	if len(q) == 0 {
		return "/feedback"
	}
	return templ.SafeURL("/feedback?" + q.Encode())
}

// RemarksPage is a page of remarks for the administrator.
type RemarksPage struct {
	models.RemarksView
	Below   string
	Remark  string // the one whose answer came back
	Typed   string
	Problem *fault.Fault
}

// all is how many remarks there are.
func (p RemarksPage) all() (n int) {
	for _, count := range p.Counts {
		n += count
	}
	return n
}

func (p RemarksPage) stateName(w *say.Words, s models.RemarkState) string {
	if s == "" {
		return w.Feedback.AnyState
	}
	return w.Feedback.States[string(s)]
}

func (p RemarksPage) count(s models.RemarkState) int {
	if s == "" {
		return p.all()
	}
	return p.Counts[s]
}

// answer is what stands in the form of a remark's answer, and what is wrong with it.
func (p RemarksPage) answer(r models.Remark) (string, *fault.Fault) {
	if p.Remark == r.ID && p.Problem != nil {
		return p.Typed, p.Problem
	}
	return r.Answer, nil
}

func remarkPath(r models.Remark, more string) templ.SafeURL {
	return templ.SafeURL("/feedback/" + r.ID + "/" + more)
}

func remarkKinds(w *say.Words) []Option {
	all := []Option{{"", w.Feedback.NoKind}}
	for _, k := range models.RemarkKinds {
		all = append(all, Option{string(k), w.Feedback.Kinds[string(k)]})
	}
	return all
}

func remarkSign(k models.RemarkKind) string {
	switch k {
	case models.AProblem:
		return "bug"
	case models.AnIdea:
		return "star"
	case models.Praise:
		return "heart"
	}
	return "comment"
}
