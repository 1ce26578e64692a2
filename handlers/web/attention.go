package web

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/attention"
	"relevo/models/fault"
	"relevo/views"
)

// ShowAttention shows what in a team's log deserves a look.
func (w *Web) ShowAttention(c echo.Context) error {
	return w.showAttention(c, http.StatusOK, attentionQuery(c), views.MarkForm{})
}

func (w *Web) showAttention(c echo.Context, status int, q models.AttentionQuery, form views.MarkForm) error {
	v, err := w.Store.Attention(c.Request().Context(), actor(c), c.Param("team"), q)
	if refused(err) != nil { // an address that somebody has made up
		return c.Redirect(http.StatusSeeOther, string(views.AttentionURL(c.Param("team"))))
	} else if err != nil {
		return err
	}
	return show(c, status, views.Attention(views.AttentionPage{AttentionView: v, Query: q, Form: form}))
}

func attentionQuery(c echo.Context) models.AttentionQuery {
	below, _ := strconv.ParseInt(c.FormValue("below"), 10, 64)
	return models.AttentionQuery{Rule: clean(field(c, "rule")), Show: clean(field(c, "show")), Below: max(below, 0)}
}

// finding is what the path names.
func finding(c echo.Context) (rule string, seq int64, err error) {
	seq, err = strconv.ParseInt(c.Param("finding"), 10, 64)
	if err != nil || seq < 1 {
		return "", 0, fault.New(fault.Missing, fault.NotFound)
	}
	return c.Param("rule"), seq, nil
}

// EditFinding says what somebody made of a finding.
func (w *Web) EditFinding(c echo.Context) error {
	rule, seq, err := finding(c)
	if err != nil {
		return err
	}
	note := clean(c.FormValue("note"))
	err = w.Store.MarkFinding(c.Request().Context(), actor(c), c.Param("team"), rule, seq, models.Verdict(field(c, "verdict")), note)
	if f := refused(err); f != nil {
		return w.showAttention(c, http.StatusUnprocessableEntity, attentionQuery(c), views.MarkForm{Rule: rule, Seq: seq, Note: note, Problem: err})
	} else if err != nil {
		return err
	}
	return w.toAttention(c)
}

// DeleteMark puts a finding back among those to be looked at.
func (w *Web) DeleteMark(c echo.Context) error {
	rule, seq, err := finding(c)
	if err != nil {
		return err
	}
	if err := w.Store.UnmarkFinding(c.Request().Context(), actor(c), c.Param("team"), rule, seq); err != nil {
		return err
	}
	return w.toAttention(c)
}

func (w *Web) toAttention(c echo.Context) error {
	page := views.AttentionPage{Query: attentionQuery(c)}
	page.Team.ID = c.Param("team")
	return goTo(c, string(page.URL()))
}

// ShowAttentionRules shows the rules of the list.
func (w *Web) ShowAttentionRules(c echo.Context) error {
	return w.showAttentionRules(c, http.StatusOK, views.RuleForm{})
}

func (w *Web) showAttentionRules(c echo.Context, status int, form views.RuleForm) error {
	v, err := w.Store.Attention(c.Request().Context(), actor(c), c.Param("team"), models.AttentionQuery{})
	if err != nil {
		return err
	}
	return show(c, status, views.AttentionRulesPage(views.AttentionRules{AttentionView: v, Form: form}))
}

// EditAttentionRule sets a rule of the list.
func (w *Web) EditAttentionRule(c echo.Context) error {
	form := views.RuleForm{Rule: c.Param("rule"), On: field(c, "on") != "", Least: clean(field(c, "least")), Opens: clean(field(c, "opens")), Closes: clean(field(c, "closes"))}
	is, err := ruleSetting(form)
	if err == nil {
		err = w.Store.SetAttentionRule(c.Request().Context(), actor(c), c.Param("team"), form.Rule, is)
	}
	if refused(err) != nil {
		form.Problem = err
		return w.showAttentionRules(c, http.StatusUnprocessableEntity, form)
	} else if err != nil {
		return err
	}
	return goTo(c, string(views.AttentionURL(c.Param("team"), "rules")+"#rule-")+form.Rule)
}

// ruleSetting reads the numbers of a rule. Hours are asked of one rule only.
func ruleSetting(form views.RuleForm) (is attention.Setting, err error) {
	is.On = form.On
	var faults []*fault.Fault
	for _, n := range []struct {
		field, text string
		into        *int
	}{{"least", form.Least, &is.Least}, {"opens", form.Opens, &is.Opens}, {"closes", form.Closes, &is.Closes}} {
		if n.text == "" && n.field != "least" && attention.Rule(form.Rule) != attention.OddHours {
			continue
		}
		value, err := strconv.Atoi(n.text)
		if err != nil {
			faults = append(faults, fault.On(n.field, fault.NotANumber))
		}
		*n.into = value
	}
	return is, fault.All(faults...)
}
