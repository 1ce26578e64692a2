package web

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"relevo/views"
	"relevo/views/say"
)

// ShowComments shows a page of a task's comments.
func (w *Web) ShowComments(c echo.Context) error {
	v, err := w.Store.Comments(c.Request().Context(), actor(c), c.Param("task"), clean(c.QueryParam("before")))
	if err != nil {
		return err
	}
	return w.beside(c, http.StatusOK, v.TaskView, say.In(c.Request().Context()).Detail.CommentsOf(v.Key), views.CommentsPanel(v))
}

// CreateComment says something of a task. With "preview" it only shows what it
// would look like.
func (w *Web) CreateComment(c echo.Context) error {
	if field(c, "preview") != "" {
		return w.showTask(c, http.StatusOK, views.Back{Form: views.CommentForm, Typed: typed(c)})
	}
	return w.afterTask(c, views.CommentForm, w.Store.AddComment(c.Request().Context(), actor(c), c.Param("task"), clean(c.FormValue("body"))))
}

// ShowComment shows all that a comment said.
func (w *Web) ShowComment(c echo.Context) error {
	v, err := w.Store.CommentVersions(c.Request().Context(), actor(c), c.Param("task"), c.Param("comment"))
	if err != nil {
		return err
	}
	return w.beside(c, http.StatusOK, v.TaskView, say.In(c.Request().Context()).Detail.VersionsOf(v.Comment.Author.Name), views.CommentVersionsPanel(v))
}

// EditComment changes what one's own comment says.
func (w *Web) EditComment(c echo.Context) error {
	err := w.Store.EditComment(c.Request().Context(), actor(c), c.Param("task"), c.Param("comment"), seen(c), clean(c.FormValue("body")))
	return w.afterTask(c, views.EditCommentForm(c.Param("comment")), err)
}

// DeleteComment takes a comment away.
func (w *Web) DeleteComment(c echo.Context) error {
	return w.afterTask(c, views.CommentsForm, w.Store.DeleteComment(c.Request().Context(), actor(c), c.Param("task"), c.Param("comment")))
}
