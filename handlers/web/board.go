package web

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/flow"
	"relevo/views"
	"relevo/views/say"
)

func boardPath(id string) string { return "/boards/" + id }

// ShowHome lists a team's boards.
func (w *Web) ShowHome(c echo.Context) error {
	return w.showHome(c, http.StatusOK, views.BoardForm{})
}

func (w *Web) showHome(c echo.Context, status int, form views.BoardForm) error {
	home, err := w.Store.Home(c.Request().Context(), actor(c), c.Param("team"))
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, status, views.NewBoard(home.Team, form))
	}
	said := ""
	if c.QueryParam("done") == "discarded" {
		said = say.In(c.Request().Context()).Start.ThrownAway
	}
	return show(c, status, views.HomePage(home, form, said))
}

// CreateBoard makes a board with the usual columns.
func (w *Web) CreateBoard(c echo.Context) error {
	in := boardInput(c)
	in.Columns = say.In(c.Request().Context()).Sample.Columns
	board, err := w.Store.CreateBoard(c.Request().Context(), actor(c), c.Param("team"), in)
	if refused(err) != nil {
		return w.showHome(c, http.StatusUnprocessableEntity, views.BoardForm{Name: in.Name, Key: in.Key, Problem: err})
	}
	if err != nil {
		return err
	}
	return goTo(c, boardPath(board.ID))
}

// CreateSampleBoard makes the board on which the relay can be felt at once.
func (w *Web) CreateSampleBoard(c echo.Context) error {
	board, err := w.Store.CreateSampleBoard(c.Request().Context(), actor(c), c.Param("team"), sampleWords(c))
	if err != nil {
		return err
	}
	return goTo(c, boardPath(board.ID))
}

// sampleWords words the sample board for whoever makes it.
func sampleWords(c echo.Context) models.SampleWords {
	w := say.In(c.Request().Context())
	words := models.SampleWords{Name: w.Sample.Name, Columns: w.Sample.Columns}
	for _, t := range w.Sample.Tasks {
		words.Tasks = append(words.Tasks, models.SampleTask(t))
	}
	return words
}

func boardInput(c echo.Context) models.BoardInput {
	return models.BoardInput{Name: field(c, "name"), Key: field(c, "key")}
}

// ShowBoard is the board itself.
func (w *Web) ShowBoard(c echo.Context) error {
	if path, err := w.opens(c); err != nil || path != "" {
		return orGoTo(c, path, err)
	}
	look, ignored := boardLook(c.QueryParams())
	by, unknown, err := w.openedBy(c, models.FaceBoard)
	if err != nil {
		return err
	}
	watched, body, err := w.boardBody(c, c.Param("board"), look, by)
	if err != nil {
		return err
	}
	if fragment(c) {
		return showPieces(c, body)
	}
	if err := w.Store.LookAtBoard(c.Request().Context(), actor(c), watched.Board.ID, watched.Seq); err != nil {
		return err
	}
	page := views.FilterIgnored(append(ignored, unknown...), templ.Raw(bodyMark))
	if c.QueryParam("arrived") != "" {
		page = views.Arrived(watched.Board, page)
	}
	return showAround(c, views.BoardPage(watched.Board, watched.Team, page), body)
}

func orGoTo(c echo.Context, path string, err error) error {
	if err != nil {
		return err
	}
	return goTo(c, path)
}

// boardLook reads how somebody looks at a board. What it does not know is ignored.
func boardLook(asked url.Values) (models.Look, []string) {
	look, ignored := models.ParseLook(asked)
	look, more := look.OfBoard()
	return look, append(ignored, more...)
}

// ShowBoardChanges is what an open board fetches after news.
func (w *Web) ShowBoardChanges(c echo.Context) error {
	since, _ := strconv.ParseInt(c.QueryParam("since"), 10, 64) // none: since ever
	look, _ := boardLook(c.QueryParams())
	by, _, err := w.openedBy(c, models.FaceBoard)
	if err != nil {
		return err
	}
	news, err := w.boardNews(c, c.Param("board"), since, look, by)
	if err != nil {
		return err
	}
	return showPieces(c, news)
}

// ShowSettings changes a board's name and columns.
func (w *Web) ShowSettings(c echo.Context) error {
	board, err := w.Store.Board(c.Request().Context(), actor(c), c.Param("board"))
	if err != nil {
		return err
	}
	return showSettings(c, http.StatusOK, board, boardForm(board.Board), views.ColumnForm{})
}

func showSettings(c echo.Context, status int, v models.BoardView, f views.BoardForm, column views.ColumnForm) error {
	if !views.MayEditBoard(v.Role) {
		return notAllowed()
	}
	return show(c, status, views.SettingsPage(v, f, column, views.LabelForm{}))
}

func boardForm(b models.Board) views.BoardForm {
	return views.BoardForm{Name: b.Name, Key: b.Key, Version: b.Version}
}

// UpdateBoard renames a board or changes its key.
func (w *Web) UpdateBoard(c echo.Context) error {
	ctx, in, id := c.Request().Context(), boardInput(c), c.Param("board")
	err := w.Store.EditBoard(ctx, actor(c), id, seen(c), in)
	if err == nil {
		return goTo(c, boardPath(id)+"/settings")
	}
	status, showable := refusal(err)
	if !showable {
		return err
	}
	board, missing := w.Store.Board(ctx, actor(c), id)
	if missing != nil {
		return missing
	}
	form := views.BoardForm{Name: in.Name, Key: in.Key, Version: board.Board.Version, Problem: err}
	if fragment(c) {
		return show(c, status, views.EditBoard(board.Board, form))
	}
	return showSettings(c, status, board, form, views.ColumnForm{})
}

// DeleteBoard throws a sample board away.
func (w *Web) DeleteBoard(c echo.Context) error {
	ctx, who, id := c.Request().Context(), actor(c), c.Param("board")
	board, err := w.Store.Board(ctx, who, id)
	if err != nil {
		return err
	}
	if err := w.Store.DiscardSample(ctx, who, id); err != nil {
		return err
	}
	return goTo(c, "/teams/"+board.Team.ID+"?done=discarded")
}

// ArchiveBoard puts a board out of the team's list.
func (w *Web) ArchiveBoard(c echo.Context) error {
	if err := w.Store.ArchiveBoard(c.Request().Context(), actor(c), c.Param("board")); err != nil {
		return err
	}
	return goTo(c, boardPath(c.Param("board"))+"/settings")
}

// RestoreBoard brings an archived board back.
func (w *Web) RestoreBoard(c echo.Context) error {
	if err := w.Store.RestoreBoard(c.Request().Context(), actor(c), c.Param("board")); err != nil {
		return err
	}
	return goTo(c, boardPath(c.Param("board")))
}

// ShowClosed lists a board's cancelled and archived tasks.
func (w *Web) ShowClosed(c echo.Context) error {
	below, _ := strconv.ParseInt(c.QueryParam("below"), 10, 64) // none: the latest
	v, err := w.Store.ClosedTasks(c.Request().Context(), actor(c), c.Param("board"), below)
	if err != nil {
		return err
	}
	return show(c, http.StatusOK, views.ClosedPage(v))
}

// states that a column may have, as a form sends them.
func stateOf(c echo.Context) flow.State { return flow.State(field(c, "state")) }
