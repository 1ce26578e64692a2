package views

import (
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"relevo/models"
	"relevo/models/attention"
	"relevo/views/say"
)

// AttentionPage is the attention list as somebody asks for it.
type AttentionPage struct {
	models.AttentionView
	Query models.AttentionQuery
	Form  MarkForm
}

// MarkForm is what somebody says of a finding, as it was typed.
type MarkForm struct {
	Rule    string
	Seq     int64
	Note    string
	Problem error
}

// of reports whether the form came back for this finding.
func (f MarkForm) of(finding models.FindingView) bool {
	return f.Problem != nil && f.Rule == string(finding.Rule) && f.Seq == finding.Seq
}

// AttentionRules is the page of the rules, with what somebody typed of one.
type AttentionRules struct {
	models.AttentionView
	Form RuleForm
}

// RuleForm is how somebody sets a rule, as it was typed.
type RuleForm struct {
	Rule                 string
	On                   bool
	Least, Opens, Closes string
	Problem              error
}

// of is the form of one rule: as it came back, if it is that one, else as it is set.
func (f RuleForm) of(r models.RuleView) RuleForm {
	if f.Rule == string(r.Rule) {
		return f
	}
	return RuleForm{Rule: string(r.Rule), On: r.On, Least: strconv.Itoa(r.Least), Opens: strconv.Itoa(r.Opens), Closes: strconv.Itoa(r.Closes)}
}

// AttentionURL is the address of a team's attention list, or of a part of it.
func AttentionURL(team string, more ...string) templ.SafeURL {
	address := logURL(team) + "/attention"
	for _, m := range more {
		address += templ.SafeURL("/" + m)
	}
	return address
}

// FindingURL is the address of a finding.
func FindingURL(team, rule string, seq int64) templ.SafeURL {
	return AttentionURL(team, rule, strconv.FormatInt(seq, 10))
}

// URL is the address of the list as it is asked for.
func (p AttentionPage) URL() templ.SafeURL {
	q := url.Values{}
	if p.Query.Rule != "" {
		q.Set("rule", p.Query.Rule)
	}
	if p.Query.Show != "" && p.Query.Show != models.ShowOpen {
		q.Set("show", p.Query.Show)
	}
	if p.Query.Below > 0 {
		q.Set("below", strconv.FormatInt(p.Query.Below, 10))
	}
	address := AttentionURL(p.Team.ID)
	if len(q) > 0 {
		address += templ.SafeURL("?" + q.Encode())
	}
	return address
}

// showing is the address of those that stand somewhere, by the same rule.
func (p AttentionPage) showing(show string) templ.SafeURL {
	p.Query.Show, p.Query.Below = show, 0
	return p.URL()
}

// by is the address of what one rule finds.
func (p AttentionPage) by(rule attention.Rule) templ.SafeURL {
	p.Query.Rule, p.Query.Below = string(rule), 0
	return p.URL()
}

func (p AttentionPage) older() templ.SafeURL {
	p.Query.Below = p.Older
	return p.URL()
}

// shown is what is asked for.
func (p AttentionPage) shown() string {
	if p.Query.Show == "" {
		return models.ShowOpen
	}
	return p.Query.Show
}

func findingID(f models.FindingView) string {
	return "finding-" + string(f.Rule) + "-" + strconv.FormatInt(f.Seq, 10)
}

// ruleIcon is a picture beside a rule's name.
func ruleIcon(r attention.Rule) string {
	return map[attention.Rule]string{attention.Overrides: "warning", attention.Reopened: "undo", attention.SelfApproval: "shield", attention.SamePair: "users",
		attention.QuickDone: "zap", attention.LateEdits: "edit", attention.BulkDeletes: "trash", attention.OddHours: "clock"}[r]
}

// findingEntries are the entries of a finding that are linked, and how many are not.
func findingEntries(f models.FindingView) (linked []int64, more int) {
	const most = 8
	linked = f.Seqs[:min(len(f.Seqs), most)]
	return linked, f.Count - len(linked)
}

// falseAlarms says how many findings of a rule were none.
func falseAlarms(w *say.Words, r models.RuleView) string {
	return w.Heed.FalseAlarms(r.Fine, r.Fine+r.FollowUp)
}
