package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/labstack/echo/v4"

	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/views"
	"relevo/views/say"
)

// CreateUndoing undoes a change of one's own, and offers to redo it.
func (w *Web) CreateUndoing(c echo.Context) error {
	seq, err := strconv.ParseInt(c.Param("change"), 10, 64)
	if err != nil {
		return fault.New(fault.Missing, fault.NotFound)
	}
	done, err := w.Store.Undo(c.Request().Context(), actor(c), c.Param("team"), seq)
	if err != nil {
		return err
	}
	if fragment(c) {
		offer(c, done.Entry)
		return c.NoContent(http.StatusNoContent)
	}
	if back := field(c, "back"); runsPage.MatchString(back) {
		return goTo(c, back+"?did="+strconv.FormatInt(done.Entry.Seq, 10))
	}
	if done.Gone {
		return goTo(c, string(views.BoardURL(done.Entry.Board.ID)))
	}
	return goTo(c, string(views.TaskURL(done.Entry.Task.ID)))
}

// runsPage is a page that one comes back to after undoing what was done there.
var runsPage = regexp.MustCompile(`^/(templates/[0-9a-f-]{36}/runs|runs/[0-9a-f-]{36})$`)

// did is the change that the page was reached by, if the actor made it and can undo
// it. That is a courtesy, as offerUndo is.
func (w *Web) did(c echo.Context, team string) *ledger.Entry {
	seq, err := strconv.ParseInt(c.QueryParam("did"), 10, 64)
	if err != nil {
		return nil
	}
	if e, found, err := w.Store.DeedAt(c.Request().Context(), actor(c), team, seq); err == nil && found {
		return &e
	}
	return nil
}

// offerUndo tells an open page what its request did to a task, and where to undo
// it. That is a courtesy: what was done stands without it.
func (w *Web) offerUndo(c echo.Context, task string) {
	if e, found, err := w.Store.LastDeed(c.Request().Context(), actor(c), task); err == nil && found && fragment(c) {
		offer(c, e)
	}
}

func offer(c echo.Context, e ledger.Entry) {
	news := map[string]any{"relevo:did": map[string]string{
		"text": say.In(c.Request().Context()).Did(e), "undo": string(views.UndoURL(e)), "by": actor(c).ID,
		"redo": map[bool]string{true: "1"}[views.Undoes(e)],
	}}
	b, err := json.Marshal(news)
	if err != nil {
		panic(err) // strings only: cannot happen
	}
	c.Response().Header().Set("HX-Trigger", inASCII(string(b)))
}

// inASCII is JSON fit for a header.
func inASCII(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r < 0x80 {
			b.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&b, `\u%04x`, unit)
		}
	}
	return b.String()
}
