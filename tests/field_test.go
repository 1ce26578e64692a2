package tests

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/custom"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// field adds a custom field to the board; options are those of a choice.
func (d desk) field(name string, kind custom.Kind, in models.FieldInput, options ...string) models.Field {
	d.t.Helper()
	in.Name, in.Kind = name, kind
	for _, o := range options {
		in.Options = append(in.Options, models.OptionInput{Name: o})
	}
	require.NoError(d.t, d.Store.AddField(d.t.Context(), d.ana.Actor(), d.board.ID, in))
	v, err := d.Store.Fields(d.t.Context(), d.ana.Actor(), d.board.ID)
	require.NoError(d.t, err)
	return v.Fields[len(v.Fields)-1].Field
}

func TestFieldsAreDefinedByManagersAndFilledByTheTeam(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	url, board := "/tasks/"+id, "/boards/"+d.board.ID
	fields := board + "/fields"
	require.Equal(t, http.StatusForbidden, d.bo.Send("POST", fields, "name", "Cost", "kind", "number").Status)
	require.Equal(t, http.StatusForbidden, d.bo.Get(fields).Status)
	require.Contains(t, text(d.ana.Get(board+"/settings").Body), "No custom fields yet. Change the fields")
	require.Equal(t, http.StatusSeeOther, d.ana.Send("POST", fields, "name", "Cost", "kind", "number", "help", "In euros", "required", "on", "on_card", "on").Status)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("POST", fields, "name", "Level", "kind", "choice", "options", "Low\r\n\r\n High ", "on_card", "on").Status)
	for _, wrong := range [][]string{{"", "text", ""}, {"cost", "text", ""}, {"Other", "colour", ""}, {"Other", "choice", " \n"}, {"Other", "choice", "A\na"}, {strings.Repeat("x", 61), "text", ""}} {
		a := d.ana.Send("POST", fields, "name", wrong[0], "kind", wrong[1], "options", wrong[2])
		require.Equal(t, http.StatusUnprocessableEntity, a.Status, wrong)
		require.Contains(t, a.Body, `aria-invalid="true"`)
		require.Contains(t, a.Body, `value="`+wrong[0]+`"`, "what was typed is kept")
	}
	v := d.see(id)
	require.Len(t, v.Fields, 2)
	cost, level := v.Fields[0], v.Fields[1]
	require.Contains(t, text(d.bo.Get(url).Body), "Needed before it is done: The field Cost")

	high := level.Options[1].ID
	d.done("PUT", url, "version", d.version(id), custom.Key(cost.ID), "12500.5", custom.Key(level.ID), high)
	require.Contains(t, text(d.view.Get(board).Body), "Sign the contract Cost 12,500.5 Level High")
	require.Contains(t, text(d.view.Get(url).Body), "Fields Cost 12,500.5 Level High")
	d.view.Lang = "es"
	speaks(t, d.view, "es")
	require.Contains(t, text(d.view.Get(board).Body), "Cost 12 500,5 Level High")

	// Two people at one field; and at two.
	seen := d.version(id)
	d.done("PUT", url, "version", seen, custom.Key(cost.ID), "13")
	d.ana.Send("PUT", url, "version", seen, custom.Key(level.ID), "")
	a := d.ana.Send("PUT", url, "version", seen, custom.Key(cost.ID), "14")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "Bo Lind changed Cost from “12,500.5” to “13”.")
	require.Contains(t, a.Body, `value="14"`, "what was typed is kept")
	a = d.bo.Send("PUT", url, "version", d.version(id), custom.Key(cost.ID), "many", custom.Key(level.ID), "x")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Equal(t, 2, strings.Count(a.Body, `aria-invalid="true"`), "all that is wrong is told at once")
	require.Equal(t, http.StatusForbidden, d.view.Send("PUT", url, "version", d.version(id), custom.Key(cost.ID), "1").Status)
	require.Contains(t, text(d.bo.Get(url+"/history").Body), "Cost before: 12,500.5 → after: 13")

	// An option that a task has goes only on purpose.
	d.done("PUT", url, "version", d.version(id), custom.Key(level.ID), high)
	page := fields + "/" + level.ID
	edit := []string{"name", "Risk", "option_id", level.Options[0].ID, "option", "None", "option_id", high, "option", "", "more", "Some\nA lot"}
	a = d.ana.Send("PUT", page, edit...)
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, text(a.Body), "1 task has “High”. Tick the box below to take it off them")
	require.Contains(t, a.Body, `name="lose"`)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", page, append(edit, "lose", "on")...).Status)
	require.Empty(t, d.see(id).Fields[1].Value)
	require.Contains(t, text(d.view.Get(url+"/history").Body), "Level antes: High → después: nada")
	some := d.see(id).Fields[1].Options[1]
	a = d.ana.Send("PUT", page, "name", "Risk", "option_id", level.Options[0].ID, "option", "None", "option_id", some.ID, "option", "Some", "up", some.ID)
	require.Equal(t, page+"#field-options", a.Location)
	require.Equal(t, "Some", d.see(id).Fields[1].Options[0].Name)

	require.Contains(t, text(d.ana.Get(fields+"/"+cost.ID).Body), "1 task loses what it holds in this field. The log keeps it, but this cannot be undone.")
	require.Equal(t, http.StatusSeeOther, d.ana.Send("PUT", fields+"/"+cost.ID+"/place", "before", "").Status)
	require.Equal(t, http.StatusSeeOther, d.ana.Send("DELETE", fields+"/"+cost.ID).Status)
	require.NotContains(t, text(d.bo.Get(board).Body), "Cost")
	require.Contains(t, text(d.ana.Get("/teams/"+d.team.ID+"/log").Body), "emptied a field of ONB-1 Sign the contract because Ana Ruiz removed the field Cost from Onboarding")
	replay.Check(t, d.DB.Read)
}

func TestALinkInAFieldLeadsToTheWebAlone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	url := "/tasks/" + id
	papers := d.field("Papers", custom.URL, models.FieldInput{})
	a := d.bo.Send("PUT", url, "version", d.version(id), custom.Key(papers.ID), "javascript:alert(1)")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "This is not a web address.")
	d.done("PUT", url, "version", d.version(id), custom.Key(papers.ID), `example.org/?q="><script>`)
	require.Contains(t, d.view.Get(url).Body, `<a class="field-link" href="https://example.org/?q=&#34;&gt;&lt;script&gt;" target="_blank" rel="noopener noreferrer nofollow">`)
}

func TestAFilterOnFieldsStandsInTheAddress(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("One", "Two", "Three")
	cost := d.field("Cost", custom.Number, models.FieldInput{})
	clerk := d.field("Clerk", custom.Person, models.FieldInput{})
	for i, n := range []string{"5", "50", "500"} {
		d.done("PUT", "/tasks/"+ids[i], "version", d.version(ids[i]), custom.Key(cost.ID), n)
	}
	d.done("PUT", "/tasks/"+ids[2], "version", d.version(ids[2]), custom.Key(clerk.ID), d.bo.ID)
	board := "/boards/" + d.board.ID
	page := d.view.Get(board + "?field." + cost.ID + ".from=10&field." + cost.ID + ".to=100")
	require.Contains(t, text(page.Body), "1 of 3 tasks")
	require.Contains(t, page.Body, `id="t-`+ids[1]+`"`)
	require.Contains(t, page.Body, `value="10"`, "the form shows what is asked")
	require.NotContains(t, page.Body, `id="t-`+ids[0]+`"`)
	require.Contains(t, text(d.bo.Get(board+"?field."+clerk.ID+"=me").Body), "1 of 3 tasks")
	require.Contains(t, text(d.ana.Get(board+"?field."+clerk.ID+"=me").Body), "0 of 3 tasks", "“me” is whoever looks")
	require.Contains(t, text(d.ana.Get(board+"?field.'=x").Body), "so it was left out: a field.")
	require.NoError(t, d.Store.RemoveField(t.Context(), d.ana.Actor(), d.board.ID, cost.ID))
	page = d.view.Get(board + "?field." + cost.ID + "=5")
	require.Contains(t, text(page.Body), "The filter asks for a field that this board no longer has. That part was left out.")
	require.Contains(t, page.Body, `id="t-`+ids[1]+`"`)
}

// The way of a field, by mouse: it is defined, filled in, found by, and seen by
// somebody else at once.
func TestAFieldIsDefinedAndFilledInTheBrowser(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	tab := browser.Open(t, d.App, d.ana)
	tab.Go("/boards/" + d.board.ID + "/settings")
	tab.Click("#fields a")
	tab.WaitVisible("#new-field")
	require.False(t, tab.Sees("#field-options"), "options are for a choice")
	tab.Type("#field-name", "Cost")
	tab.Choose("#field-kind", "Number")
	tab.Type("#field-help", "In euros")
	tab.Click("#field-required")
	tab.Click("#field-on_card")
	tab.Click("#new-field .button-main")
	tab.WaitVisible(".field-list >> Cost")
	tab.Type("#field-name", "Level")
	tab.Choose("#field-kind", "Choice from a list")
	tab.Type("#field-options", "Low\nHigh")
	tab.Axe()
	tab.Shot("fields-new")
	tab.Click("#field-on_card")
	tab.Click("#new-field .button-main")
	tab.WaitVisible(".field-list >> Level")
	tab.Axe()
	tab.Shot("fields-list")
	tab.Click(`.field-row a[aria-label="Edit Level"]`)
	tab.WaitVisible("#field-form")
	tab.Axe()
	tab.Shot("field-edit")
	tab.Type(".option-row:nth-child(2) input:not([type=hidden])", "Very high")
	tab.Press("Enter")
	tab.WaitVisible(".field-list")

	other := browser.Open(t, d.App, d.bo)
	other.Go("/boards/" + d.board.ID)
	tab.Go("/boards/" + d.board.ID)
	tab.Click("#t-" + id + " .card-title")
	tab.WaitVisible("#task-fields-form")
	tab.WaitVisible(".task-missing >> The field Cost")
	cost, level := d.see(id).Fields[0], d.see(id).Fields[1]
	tab.Type("#task-field-"+cost.ID, "1250.5")
	tab.Choose("#task-field-"+level.ID, "Very high")
	tab.Shot("task-fields")
	tab.Axe()
	tab.Click("#task-fields-form .task-save button")
	tab.WaitVisible(".card-fields >> Very high")
	tab.WaitGone(".task-missing")
	other.WaitVisible("#t-" + id + " .card-fields >> 1,250.5")
	tab.Click("#notice [data-undo]")
	other.WaitGone("#t-" + id + " .card-fields")
	require.Empty(t, d.see(id).Fields[0].Value)

	tab.Go("/boards/" + d.board.ID)
	tab.Click("#lens > summary")
	tab.Choose(`select[name="field.`+level.ID+`"]`, "Very high")
	tab.Axe()
	tab.Shot("fields-filter")
	tab.Click(".lens-go .button-main")
	tab.WaitVisible("#lens-count >> 0 of 1")
	replay.Check(t, d.DB.Read)
}

func TestFieldsAreFilledByKeyboardAndOnAPhone(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign the contract")[0]
	for _, kind := range custom.Kinds {
		d.field("The "+string(kind), kind, models.FieldInput{OnCard: true, Help: "What belongs here", Required: kind == custom.Date}, map[bool][]string{true: {"Low", "High"}}[kind == custom.Choice]...)
	}
	v := d.see(id)
	at := func(kind custom.Kind) string {
		for _, f := range v.Fields {
			if f.Kind == kind {
				return "#task-field-" + f.ID
			}
		}
		return ""
	}
	tab := browser.Open(t, d.App, d.bo)
	tab.Go("/tasks/" + id)
	tab.Focus(at(custom.Text))
	for _, typed := range []string{"words", "7", "", "H", "B", "Y", "example.org"} {
		if typed == "" { // the control for a date has three parts
			tab.Press("0", "3", "0", "1", "2", "0", "2", "6", "Tab", "Tab")
			continue
		}
		for _, key := range strings.Split(typed, "") {
			tab.Press(key)
		}
		tab.Press("Tab")
	}
	tab.Focus(at(custom.Number))
	tab.Press("Enter")
	tab.Until(`document.querySelector(".field-link")?.textContent.includes("https://example.org")`)
	var got []string
	for _, f := range d.see(id).Fields {
		got = append(got, f.Value+f.Text)
	}
	level := v.Fields[3].Options[1].ID
	require.Equal(t, []string{"words", "7", "2026-03-01", level + "High", d.bo.ID + "Bo Lind", "yes", "https://example.org"}, got)

	phone := browser.Open(t, d.App, d.bo, browser.Phone, browser.Dark)
	phone.Go("/tasks/" + id)
	phone.Type(at(custom.Text), "other words, many of them, so that they go over the end of a line of a phone")
	phone.Axe()
	phone.Shot("task-fields-phone")
	phone.Click("#task-fields-form .task-save button")
	phone.Until(`!document.querySelector("#task-fields-form[data-dirty]")`)
	phone.Go("/boards/" + d.board.ID)
	phone.WaitVisible(".card-fields >> other words")
	phone.Axe()
	phone.Focus("#t-" + id + " .card-title")
	phone.Shot("card-fields-phone")
	wide := browser.Open(t, d.App, d.bo)
	wide.Go("/boards/" + d.board.ID)
	wide.Shot("card-fields")
	phone.Go("/boards/" + d.board.ID + "/fields")
	ana := browser.Open(t, d.App, d.ana, browser.Phone)
	ana.Go("/boards/" + d.board.ID + "/fields")
	ana.Axe()
	ana.Shot("fields-phone")
	ana.Click(`.field-row:nth-child(2) button[aria-label="Move The number up"]`)
	ana.Until(`document.querySelector(".field-row")?.textContent.includes("The number")`)
}
