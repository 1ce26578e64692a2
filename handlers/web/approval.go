package web

import (
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views"
)

// CreateApproval makes a task ask for approval, or ask others than before.
func (w *Web) CreateApproval(c echo.Context) error {
	form, err := c.FormParams()
	if err != nil {
		return err
	}
	in := models.ApprovalInput{Approvers: chosen(form["approvers"]), Role: access.Role(clean(field(c, "role"))),
		Mode: models.ApprovalMode(clean(field(c, "mode"))), Note: clean(field(c, "note"))}
	return w.afterTask(c, views.AskForm, w.Store.AskApproval(c.Request().Context(), actor(c), c.Param("task"), seen(c), in))
}

// DeleteApproval makes a task ask for approval no more.
func (w *Web) DeleteApproval(c echo.Context) error {
	return w.afterTask(c, views.AskForm, w.Store.WithdrawApproval(c.Request().Context(), actor(c), c.Param("task"), seen(c)))
}

// CreateRenewal asks the same people for their approval once more.
func (w *Web) CreateRenewal(c echo.Context) error {
	return w.afterTask(c, views.AnswerForm, w.Store.AskAgain(c.Request().Context(), actor(c), c.Param("task"), seen(c)))
}

// CreateAnswer approves a task or rejects it, as the button says.
func (w *Web) CreateAnswer(c echo.Context) error {
	ctx, who, task := c.Request().Context(), actor(c), c.Param("task")
	var err error
	switch field(c, "answer") {
	case "approve":
		err = w.Store.ApproveTask(ctx, who, task, seen(c), reason(c))
	case "reject":
		err = w.Store.RejectTask(ctx, who, task, seen(c), reason(c))
	default:
		err = fault.On("answer", fault.NotAChoice)
	}
	return w.afterTask(c, views.AnswerForm, err)
}
