package web

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/views"
	"relevo/views/say"
)

// ownVerb changes how the actor attends to a task or a board.
type ownVerb func(ctx context.Context, who models.Actor, id string) error

// WatchTask makes the actor watch a task.
func (w *Web) WatchTask(c echo.Context) error { return w.heedTask(c, w.Store.WatchTask) }

// UnwatchTask ends that.
func (w *Web) UnwatchTask(c echo.Context) error { return w.heedTask(c, w.Store.UnwatchTask) }

// TurnWatch makes the actor watch a task, or no longer if they do: for the key that
// knows of neither. It says which.
func (w *Web) TurnWatch(c echo.Context) error {
	ctx, who, task := c.Request().Context(), actor(c), c.Param("task")
	watches, err := w.Store.TurnWatch(ctx, who, task)
	if err != nil {
		return err
	}
	ref, err := w.Store.TaskName(ctx, who, task)
	if err != nil {
		return err
	}
	if !fragment(c) {
		return goTo(c, string(views.TaskURL(task)))
	}
	words := say.In(ctx).Hear
	text := words.DidUnwatch(ref.Key)
	if watches {
		text = words.DidWatch(ref.Key)
	}
	return c.String(http.StatusOK, text)
}

// MuteTask keeps everything of a task from the actor's inbox.
func (w *Web) MuteTask(c echo.Context) error {
	if !w.fromInbox(c) {
		return w.heedTask(c, w.Store.MuteTask)
	}
	err := w.Store.MuteTask(c.Request().Context(), actor(c), c.Param("task"))
	return w.afterTriage(c, err, w.didTo(c, "mute", func(w *say.Words, task string) string { return w.Hear.DidMute(task) }))
}

// UnmuteTask ends that.
func (w *Web) UnmuteTask(c echo.Context) error {
	if w.fromInbox(c) {
		return w.afterTriage(c, w.Store.UnmuteTask(c.Request().Context(), actor(c), c.Param("task")))
	}
	return w.heedTask(c, w.Store.UnmuteTask)
}

// fromInbox reports whether a form of the inbox asks, which wants that again.
func (w *Web) fromInbox(c echo.Context) bool {
	form, err := c.FormParams()
	return err == nil && form.Has("at")
}

// heedTask changes how the actor attends to a task, and shows that where it was asked.
func (w *Web) heedTask(c echo.Context, verb ownVerb) error {
	task := c.Param("task")
	if err := verb(c.Request().Context(), actor(c), task); err != nil {
		return err
	}
	switch {
	case field(c, "back") == choices:
		return goTo(c, choices)
	case fragment(c):
		v, err := w.Store.Task(c.Request().Context(), actor(c), task)
		if err != nil {
			return err
		}
		return show(c, http.StatusOK, views.TaskAttention(views.TaskPage{TaskView: v}))
	}
	return goTo(c, string(views.TaskURL(task)))
}

// ShowBoardAttention says who watches a board, and lets one watch and mute it.
func (w *Web) ShowBoardAttention(c echo.Context) error {
	v, err := w.Store.BoardAttention(c.Request().Context(), actor(c), c.Param("board"))
	if err != nil {
		return err
	}
	if fragment(c) {
		return show(c, http.StatusOK, views.BoardAttention(v))
	}
	return show(c, http.StatusOK, views.BoardAttentionPage(v))
}

// WatchBoard makes the actor watch a board.
func (w *Web) WatchBoard(c echo.Context) error { return w.heedBoard(c, w.Store.WatchBoard) }

// UnwatchBoard ends that.
func (w *Web) UnwatchBoard(c echo.Context) error { return w.heedBoard(c, w.Store.UnwatchBoard) }

// MuteBoard keeps everything of a board from the actor's inbox.
func (w *Web) MuteBoard(c echo.Context) error {
	if !w.fromInbox(c) {
		return w.heedBoard(c, w.Store.MuteBoard)
	}
	ctx, board := c.Request().Context(), c.Param("board")
	if err := w.Store.MuteBoard(ctx, actor(c), board); err != nil {
		return err
	}
	v, err := w.Store.Watch(ctx, actor(c), board)
	return w.afterTriage(c, err, func() (templ.Component, error) {
		return views.InboxDid(say.In(ctx).Hear.DidMuteBoard(v.Board.Name), string(views.BoardURL(board))+"/mute", inboxAt(c)), nil
	})
}

// UnmuteBoard ends that.
func (w *Web) UnmuteBoard(c echo.Context) error {
	if w.fromInbox(c) {
		return w.afterTriage(c, w.Store.UnmuteBoard(c.Request().Context(), actor(c), c.Param("board")))
	}
	return w.heedBoard(c, w.Store.UnmuteBoard)
}

func (w *Web) heedBoard(c echo.Context, verb ownVerb) error {
	if err := verb(c.Request().Context(), actor(c), c.Param("board")); err != nil {
		return err
	}
	switch {
	case field(c, "back") == choices:
		return goTo(c, choices)
	case fragment(c):
		return w.ShowBoardAttention(c)
	}
	return goTo(c, string(views.BoardURL(c.Param("board")))+"/watchers")
}
