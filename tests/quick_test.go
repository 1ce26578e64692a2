package tests

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/replay"
)

// labelled gives the board a label and returns its ID.
func (o office) labelled(t *testing.T, name string) string {
	t.Helper()
	require.NoError(t, o.Store.AddLabel(t.Context(), o.ana.Actor(), o.board.ID, models.LabelInput{Name: name, Colour: "purple", Icon: "scale"}))
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), o.board.ID)
	require.NoError(t, err)
	for _, l := range v.Labels {
		if l.Name == name {
			return l.ID
		}
	}
	t.Fatal("no label")
	return ""
}

func TestALineIsUnderstoodOnTheServerToo(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(t, flow.Ready, "Sign the contract")
	label := o.labelled(t, "Legal")
	column := "/columns/" + o.column[flow.Ready]
	hx := []string{"HX-Request", "true"}

	page := o.bo.Do("POST", column+"/preview", url.Values{"titles": {"Call @ana !high #leg ^in 3 days >ONB-1 ~2h @nobody"}, "more": {"2"}}, hx...)
	require.Equal(t, http.StatusOK, page.Status)
	for _, want := range []string{"Call @nobody", "Ana Ruiz", "Priority: High", "Legal", "Waits for ONB-1 Sign the contract", "Estimate: 2 h",
		"Stays in the title: @nobody – nobody in the team is called that", "and 2 more lines"} {
		require.Contains(t, text(page.Body), want)
	}
	require.Contains(t, page.Body, "Line 1: Understood: Owner: Ana Ruiz; Priority: High;")
	spanish := o.Join(o.ana, o.team, "Íñigo Gil", "member")
	require.NoError(t, o.Store.EditProfile(t.Context(), spanish.Actor(), models.ProfileInput{Name: "Íñigo Gil", Lang: "es", Zone: "Europe/Madrid"}))
	page = spanish.Do("POST", column+"/preview", url.Values{"titles": {"Llamar @ana !alta ^pasado mañana <ONB-1 ~5 @yo"}}, hx...)
	for _, want := range []string{"Llamar ~5", "Prioridad: Alta", "Va antes que ONB-1", "Íñigo Gil", "Se queda en el título: ~5 – di de qué: ~90m o ~2h"} {
		require.Contains(t, text(page.Body), want)
	}
	require.Contains(t, text(spanish.Get("/help/adding").Body), "Llamar a Ana @ana !alta #legal ^viernes >ONB-7 ~2h")

	// Added without scripts, and refused with all that was typed.
	a := o.bo.Send("POST", column+"/tasks", "titles", "Call @ana !high #leg >ONB-1\r\nWrite it \\#1")
	require.Equal(t, o.path()+"?view=all#a-"+o.column[flow.Ready], a.Location)
	tasks, err := o.Store.Board(t.Context(), o.bo.Actor(), o.board.ID)
	require.NoError(t, err)
	require.Equal(t, "Call", tasks.Lanes[0].Cards[0].Title)
	require.Equal(t, label, tasks.Lanes[0].Cards[0].Labels[0].ID)
	require.Equal(t, "Write it #1", tasks.Lanes[1].Cards[1].Title)
	a = o.bo.Send("POST", column+"/tasks", "titles", "Fine\r\nRound >ONB-1 <ONB-1")
	require.Equal(t, http.StatusConflict, a.Status)
	require.Contains(t, a.Body, "Round &gt;ONB-1 &lt;ONB-1</textarea>")
	require.Contains(t, text(a.Body), "“Round”: ")
	require.Contains(t, text(a.Body), "ONB-1 → ONB-5 → ONB-1")
	a = o.bo.Do("POST", column+"/tasks", url.Values{"titles": {"@ana !high"}}, hx...)
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "Write what is to be done, too.")

	page = o.bo.Do("GET", o.path()+"/offers?kind=prerequisite&q=contr", nil, hx...)
	require.Contains(t, page.Body, `data-write="&gt;ONB-1"`)
	require.Contains(t, o.bo.Do("GET", o.path()+"/offers?kind=nothing&q=%00", nil, hx...).Body, "0 choices")
	replay.Check(t, o.DB.Read)
}

func TestAWordedLineIsShownWhileItIsTypedAndUndoneAfterwards(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	ids := o.add(t, flow.Ready, "Sign the contract", "Order the laptop")
	o.labelled(t, "Legal")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	field := "#a-" + o.column[flow.Ready]
	tab.Type(field, "Call the notary @an")
	tab.WaitVisible(".quick-offer >> Ana Ruiz")
	tab.Until("document.querySelector('#said').textContent.includes('1 choice')")
	tab.Axe()
	tab.Shot("quick-offers")
	tab.Click(".quick-offer >> Ana Ruiz")
	require.Equal(t, "Call the notary @ana ", tab.Value(field))
	require.Equal(t, field, tab.Focused())
	tab.Insert("!high #legal ^friday >contract")
	tab.WaitVisible(".quick-offer >> Sign the contract")
	tab.Press("ArrowDown", "ArrowUp", "Enter")
	require.Equal(t, "Call the notary @ana !high #legal ^friday >ONB-1 ", tab.Value(field))
	tab.WaitGone(".quick-list")
	tab.Insert("@nobody")
	tab.WaitVisible(".quick-miss >> nobody in the team is called that")
	require.Equal(t, "Call the notary @nobody", tab.Text(".quick-title"))
	for _, part := range []string{"Ana Ruiz", "Priority: High", "Due", "Waits for ONB-1"} {
		require.True(t, tab.Sees(".quick-parts >> "+part), part)
	}
	tab.Until("document.querySelector('#said').textContent.includes('Understood: Owner: Ana Ruiz; Priority: High; Label: Legal;')")
	tab.Axe()
	tab.Shot("quick-seen")
	tab.Press("Enter")
	tab.WaitVisible("#notice >> Added.")
	uncovered(tab, field)
	tab.Until("[...document.querySelectorAll('#l-" + o.column[flow.Waiting] + " .card-title')].some(a => a.textContent === 'Call the notary @nobody')")
	require.Equal(t, field, tab.Focused())
	require.False(t, tab.Sees(".quick-seen"))
	tab.Click("[data-undo]")
	tab.Until("!document.querySelector('#l-" + o.column[flow.Waiting] + " .card')")
	bin := o.bo.Get(o.path() + "/bin")
	require.Contains(t, bin.Body, "Call the notary @nobody")
	tab.Click("[data-undo=redo]")
	tab.Until("document.querySelector('#l-" + o.column[flow.Waiting] + " .card')")

	// Several lines, and a refusal that names the one and loses nothing.
	tab.Paste(field, "One @me\nRound >ONB-1 <ONB-1\nThree\nFour\nFive")
	tab.WaitVisible(".quick-seen >> and 2 more lines")
	tab.Shot("quick-lines")
	tab.Click("button >> Add 5 tasks")
	tab.WaitVisible("#q-" + o.column[flow.Ready] + " .wrong >> “Round”:")
	require.Contains(t, tab.Value(field), "Round >ONB-1 <ONB-1")
	tab.Type(field, "One @me")
	tab.Press("Enter")
	tab.Until("document.querySelectorAll('#l-" + o.column[flow.Ready] + " .card').length === 3")
	tab.Paste(field, "Two\nThree")
	tab.Click("button >> Add 2 tasks")
	tab.WaitVisible("#notice >> 2 tasks added to Ready.")
	tab.Focus(card(ids[0]) + " .card-title")
	tab.Press("Control+z")
	tab.Until("document.querySelectorAll('#l-" + o.column[flow.Ready] + " .card').length === 3")

	// What is no mark is sent as it is.
	tab.Type(field, "Send <3 to #1")
	tab.Press("Enter")
	tab.Until("[...document.querySelectorAll('.card-title')].some(a => a.textContent === 'Send <3 to #1')")
	tab.Press("Escape")
	tab.Sound()
	replay.Check(t, o.DB.Read)
}

func TestTheMarksAreExplainedByTheField(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	field := "#a-" + o.column[flow.Ready]
	tab.Type(field, "Call ")
	tab.WaitVisible(".quick-ask")
	tab.Press("Tab", "Enter")
	tab.WaitVisible("#quick-help >> must come before that task")
	tab.Axe()
	tab.Shot("quick-help")
	tab.Press("Escape")
	tab.WaitGone("#quick-help")
	require.Equal(t, field, tab.Focused())
	require.Equal(t, "Call ", tab.Value(field))
	tab.Sound()
}

func TestALineIsWrittenWithAFingerInSpanish(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(t, flow.Ready, "Firmar el contrato")
	require.NoError(t, o.Store.EditProfile(t.Context(), o.bo.Actor(), models.ProfileInput{Name: "Bo Chen", Lang: "es", Zone: "Europe/Madrid"}))
	tab := browser.Open(t, o.App, o.bo, browser.Phone, browser.Spanish)
	tab.Go(o.path())
	browser.Eval[bool](tab, "(document.querySelector('#c-"+o.column[flow.Ready]+"').scrollIntoView({inline: 'start'}), true)")
	field := "#a-" + o.column[flow.Ready]
	tab.Type(field, "Llamar a Ana !alta ^mañana >ONB-1 @an")
	tab.WaitVisible(".quick-offer >> Ana Ruiz")
	tab.Click(".quick-offer >> Ana Ruiz")
	tab.WaitVisible(".quick-parts >> Prioridad: Alta")
	tab.WaitVisible(".quick-parts >> Vence mañana")
	tab.Axe()
	tab.Shot("quick-phone")
	require.False(t, browser.Eval[bool](tab, "document.documentElement.scrollWidth > visualViewport.width"))
	tab.Press("Enter")
	tab.Until("document.querySelector('#l-" + o.column[flow.Waiting] + " .card')")
	tab.WaitVisible("[data-undo]")
	uncovered(tab, field)
	tab.Sound()
}

// uncovered holds that one can go on typing while the notice offers to undo.
func uncovered(tab *browser.Tab, field string) {
	tab.Until(`(() => {
		const a = document.querySelector("` + field + `").getBoundingClientRect(), b = document.querySelector("#notice > .notice").getBoundingClientRect();
		return a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
	})()`)
}

func TestThePaletteSaysWhatItUnderstandsOfATask(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.add(t, flow.Ready, "Sign the contract")
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Press("Control+k")
	tab.WaitVisible("#palette-q")
	tab.Insert("Write to Ana @ana !high >ONB-1 #none")
	tab.WaitVisible("#palette .palette-below >> Owner: Ana Ruiz · Priority: High · Waits for ONB-1 · Stays in the title: #none, the board has no such label")
	tab.Axe()
	tab.Shot("quick-palette")
	tab.Click("#palette [data-method=POST]")
	tab.WaitVisible("#notice >> Added.")
	tab.Until("[...document.querySelectorAll('#l-" + o.column[flow.Waiting] + " .card-title')].some(a => a.textContent === 'Write to Ana #none')")
	tab.Click("[data-undo]")
	tab.Until("!document.querySelector('#l-" + o.column[flow.Waiting] + " .card')")
	tab.Sound()
}

func TestALinesDayIsThatOfItsWriter(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	require.NoError(t, o.Store.EditProfile(t.Context(), o.bo.Actor(), models.ProfileInput{Name: "Bo Chen", Lang: "en", Zone: "Pacific/Kiritimati"}))
	a := o.bo.Send("POST", "/columns/"+o.column[flow.Ready]+"/tasks", "titles", "Wake up ^today")
	require.Equal(t, http.StatusSeeOther, a.Status)
	v, err := o.Store.Board(t.Context(), o.bo.Actor(), o.board.ID)
	require.NoError(t, err)
	require.Equal(t, time.Now().In(models.Zone("Pacific/Kiritimati")).Format(time.DateOnly), string(v.Lanes[1].Cards[0].Due))
	require.NotContains(t, v.Lanes[1].Cards[0].Title, "^")
}
