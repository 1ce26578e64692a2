package browser_test

import (
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/testapp"
)

// office is a team whose log, inbox and work have something of everything.
type office struct {
	*testapp.App
	t       *testing.T
	ana, bo *testapp.Person
	team    models.Team
	board   models.Board
	tasks   []models.Task
}

func newOffice(t *testing.T) office {
	t.Helper()
	app := testapp.Start(t)
	o := office{App: app, t: t, ana: app.Person("Ana Ruiz")}
	o.team = app.Team(o.ana, "People")
	o.bo = app.Join(o.ana, o.team, "Bo Lind", access.Member)
	o.board = app.Board(o.ana, o.team, "Onboarding")
	v, err := app.Store.Board(t.Context(), o.ana.Actor(), o.board.ID)
	require.NoError(t, err)
	for _, l := range v.Lanes {
		if l.State == flow.Ready {
			o.tasks, err = app.Store.AddTasks(t.Context(), o.ana.Actor(), l.ID, []string{
				"Sign the contract", "Set up payroll", "Order a laptop", "Book the room for the first day", "Pay the deposit",
				"Write the welcome letter with all that a new colleague wants to know before the first day", "Give out the badge"})
			require.NoError(t, err)
		}
	}
	for i := range o.tasks[1:] {
		o.edit(i+1, models.TaskInput{Owners: &[]string{o.bo.ID}})
	}
	o.edit(0, models.TaskInput{Owners: &[]string{o.ana.ID}})
	long, title, estimate, urgent := models.Date("2020-02-02"), "Book a room for the first day", 90, models.Urgent
	tomorrow := models.Date(time.Now().UTC().AddDate(0, 0, 1).Format(time.DateOnly))
	o.edit(3, models.TaskInput{Due: &long, Title: &title, Estimate: &estimate, Priority: &urgent})
	o.edit(2, models.TaskInput{Due: &tomorrow, Priority: &urgent})
	o.require(0, 1, flow.Lag{})
	o.require(0, 6, flow.Lag{Amount: 2, Unit: flow.WorkingDays})
	o.require(4, 5, flow.Lag{})
	require.NoError(t, app.Store.OverrideTask(t.Context(), o.ana.Actor(), o.tasks[5].ID, o.version(5), "The letter cannot wait for the bank"))
	require.NoError(t, app.Store.BlockTask(t.Context(), o.bo.Actor(), o.tasks[4].ID, o.version(4), "The bank is closed until Monday"))
	require.NoError(t, app.Store.CompleteTask(t.Context(), o.ana.Actor(), o.tasks[0].ID, o.version(0)))
	require.NoError(t, app.Store.ReopenTask(t.Context(), o.ana.Actor(), o.tasks[0].ID, o.version(0)))
	require.NoError(t, app.Store.CompleteTask(t.Context(), o.ana.Actor(), o.tasks[0].ID, o.version(0)))
	return o
}

func (o office) version(task int) int64 {
	o.t.Helper()
	v, err := o.Store.Task(o.t.Context(), o.ana.Actor(), o.tasks[task].ID)
	require.NoError(o.t, err)
	return v.Task.Version
}

func (o office) edit(task int, in models.TaskInput) {
	o.t.Helper()
	require.NoError(o.t, o.Store.EditTask(o.t.Context(), o.ana.Actor(), o.tasks[task].ID, o.version(task), in))
}

func (o office) require(prerequisite, dependent int, lag flow.Lag) {
	o.t.Helper()
	require.NoError(o.t, o.Store.Require(o.t.Context(), o.ana.Actor(), o.tasks[prerequisite].ID, o.tasks[dependent].ID, models.DependencyInput{Lag: lag}))
}

func TestWhatPeopleReadIsReadableByEverybody(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	log, history := "/teams/"+o.team.ID+"/log", "/tasks/"+o.tasks[1].ID+"/history"
	looks := map[string][]browser.Option{"light": nil, "dark": {browser.Dark}, "phone": {browser.Phone}, "wide": {browser.Wide}}
	for name, options := range looks {
		ana, bo := browser.Open(t, o.App, o.ana, options...), browser.Open(t, o.App, o.bo, options...)
		for _, page := range []struct {
			tab        *browser.Tab
			name, path string
		}{
			{ana, "log", log}, {ana, "log-nothing", log + "?task=ONB-1&by=auto"}, {ana, "log-refused", log + "?task=ONB-99&from=last+week"},
			{ana, "history", history}, {bo, "mywork", "/my-work"}, {bo, "inbox", "/inbox"}, {ana, "inbox-empty", "/inbox"},
		} {
			page.tab.Go(page.path)
			page.tab.Axe()
			require.LessOrEqual(t, browser.Eval[float64](page.tab, "document.documentElement.scrollWidth - document.documentElement.clientWidth"), 0.0, "%s scrolls sideways on %s", page.name, name)
			if os.Getenv("RELEVO_SHOTS") != "" {
				page.tab.Shot("reading-" + page.name + "-" + name)
			}
		}
		ana.Go(log)
		browser.Eval[bool](ana, "document.querySelectorAll('.log-detail').forEach((d, i) => d.open = i < 2); true")
		ana.Axe()
		if os.Getenv("RELEVO_SHOTS") != "" {
			ana.Shot("reading-log-open-" + name)
		}
	}
}

func TestTheInboxAndOnesOwnWorkKeepUpWithTheTeam(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	inbox, work := browser.Open(t, o.App, o.bo), browser.Open(t, o.App, o.bo)
	inbox.Go("/inbox")
	work.Go("/my-work")
	badge, owner := "#inbox-"+o.tasks[6].ID, []string{o.bo.ID}
	require.NotContains(t, work.Text("#my-work"), "Greet everybody")
	ready := work.Text("#work-ready .work-head")

	// Somebody gives Bo one more task: both pages show it by themselves.
	v, err := o.Store.Board(t.Context(), o.ana.Actor(), o.board.ID)
	require.NoError(t, err)
	for _, l := range v.Lanes {
		if l.State != flow.Ready {
			continue
		}
		made, err := o.Store.AddTasks(t.Context(), o.ana.Actor(), l.ID, []string{"Greet everybody"})
		require.NoError(t, err)
		require.NoError(t, o.Store.EditTask(t.Context(), o.ana.Actor(), made[0].ID, made[0].Version, models.TaskInput{Owners: &owner}))
		inbox.WaitVisible("#inbox-" + made[0].ID)
		work.WaitVisible("#work-" + made[0].ID)
	}
	require.NotEqual(t, ready, work.Text("#work-ready .work-head"))

	// Opening a task in the panel reads what was said of it, and its history opens
	// in the panel's place.
	require.True(t, inbox.Sees(badge+".inbox-new"))
	inbox.Click(badge + " h2 a")
	inbox.WaitVisible("#panel .task")
	inbox.WaitGone(badge + ".inbox-new")
	inbox.Click(`#panel a[href$="/history"]`)
	inbox.WaitVisible("#panel .history")
	require.Contains(t, inbox.Text("#panel .history"), "Ana Ruiz made ONB-7 Give out the badge wait for ONB-1 Sign the contract")
	inbox.Axe()
	inbox.Click("#panel .history-head a")
	inbox.WaitVisible("#panel .task-head")
}
