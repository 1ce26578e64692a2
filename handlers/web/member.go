package web

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/views"
)

// ShowPeople lists a team's members and, to its owners, the open invitations.
func (w *Web) ShowPeople(c echo.Context) error {
	v, err := w.people(c)
	if err != nil {
		return err
	}
	v.Done = c.QueryParam("done")
	return show(c, http.StatusOK, views.PeoplePage(v))
}

func (w *Web) people(c echo.Context) (views.PeopleView, error) {
	team, err := w.Store.People(c.Request().Context(), actor(c), c.Param("team"))
	form := views.InvitationForm{Role: string(access.Member), Days: strconv.Itoa(models.UsualDays), Uses: "1", Board: c.QueryParam("board")}
	return views.PeopleView{TeamView: team, Form: form}, err
}

// peopleAgain shows the page of people with what was refused.
func (w *Web) peopleAgain(c echo.Context, err error, with func(*views.PeopleView, *fault.Fault)) error {
	if fault.From(err) == nil {
		return err
	}
	v, broken := w.people(c)
	if broken != nil {
		return broken
	}
	return again(c, err, func(f *fault.Fault) templ.Component {
		with(&v, f)
		return views.PeoplePage(v)
	})
}

func wholePage(v *views.PeopleView, f *fault.Fault) { v.Problem = f }

// EditMember gives a member another role.
func (w *Web) EditMember(c echo.Context) error {
	err := w.Store.ChangeRole(c.Request().Context(), actor(c), c.Param("team"), c.Param("person"), access.Role(c.FormValue("role")))
	if err != nil {
		return w.peopleAgain(c, err, wholePage)
	}
	return goTo(c, peoplePath(c)+"?done=role")
}

// DeleteMember takes somebody out of a team.
func (w *Web) DeleteMember(c echo.Context) error {
	if err := w.Store.RemoveMember(c.Request().Context(), actor(c), c.Param("team"), c.Param("person")); err != nil {
		return w.peopleAgain(c, err, wholePage)
	}
	if c.Param("person") == actor(c).ID {
		return goTo(c, "/")
	}
	return goTo(c, peoplePath(c)+"?done=removed")
}

// DeleteMembership is leaving.
func (w *Web) DeleteMembership(c echo.Context) error {
	if err := w.Store.Leave(c.Request().Context(), actor(c), c.Param("team")); err != nil {
		return w.peopleAgain(c, err, wholePage)
	}
	return goTo(c, "/")
}

func peoplePath(c echo.Context) string { return "/teams/" + c.Param("team") + "/members" }
