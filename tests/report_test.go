package tests

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/browser"
	"relevo/tests/testapp"
)

// worked is the office after some weeks of work: tasks came in on most days, some
// waited for others, and most were begun, looked at and finished, some of them late.
func worked(t *testing.T, weeks int) office {
	t.Helper()
	o := newOffice(t)
	o.Later(-time.Duration(weeks) * 7 * 24 * time.Hour)
	rng := rand.New(rand.NewPCG(3, 9))
	ctx, ana, bo := t.Context(), o.ana.Actor(), o.bo.Actor()
	const any = 1 << 40 // a version that nobody has passed
	to := func(id string, state flow.State) {
		_ = o.Store.MoveTask(ctx, bo, id, any, models.Place{Column: o.column[state]}) // some wait, and are refused
	}
	titles := []string{"Prepare the contract", "Order a laptop", "Set up accounts", "Book the training", "Print the badge", "Plan the first week"}
	var open []string
	age := map[string]int{}
	for day := range weeks * 7 {
		if day%7 < 5 {
			for range 1 + rng.IntN(2) {
				id := o.add(t, flow.Ready, fmt.Sprintf("%s for %s", titles[rng.IntN(len(titles))], []string{"Ida", "Leo", "Mara", "Tom"}[rng.IntN(4)]))[0]
				if len(open) > 0 && rng.IntN(4) == 0 {
					o.require(t, open[len(open)-1], id)
				}
				if rng.IntN(3) > 0 {
					due := models.Date(time.Now().AddDate(0, 0, day-weeks*7+4+rng.IntN(9)).Format(time.DateOnly))
					require.NoError(t, o.Store.EditTask(ctx, ana, id, any, models.TaskInput{Due: &due}))
				}
				o.own(t, id, []string{o.ana.ID, o.bo.ID}[rng.IntN(2)])
				open = append(open, id)
			}
		}
		o.Later(8 * time.Hour)
		for i := 0; i < len(open); i++ {
			id := open[i]
			age[id]++
			switch n := rng.IntN(10); {
			case age[id] < 3 || n > 5:
			case n == 0:
				_ = o.Store.BlockTask(ctx, bo, id, any, "The key is lost")
			case n < 3:
				_ = o.Store.UnblockTask(ctx, bo, id, any)
				to(id, flow.InProgress)
			case n == 3:
				to(id, flow.InReview)
			default:
				if o.Store.UnblockTask(ctx, bo, id, any) == nil && o.Store.CompleteTask(ctx, bo, id, any) == nil {
					open = append(open[:i], open[i+1:]...)
					i--
				}
			}
		}
		o.Later(16 * time.Hour)
	}
	o.ana.SignIn()
	o.bo.SignIn()
	return o
}

var numbers = regexp.MustCompile(`<a href="(/[^"]*/report/tasks\?[^"]*)">(\d+)</a>`)

func TestAReportSaysItsNumbersAndWhichTasksTheyAre(t *testing.T) {
	t.Parallel()
	o := worked(t, 5)
	page := o.bo.Get(o.path() + "/report")
	require.Equal(t, http.StatusOK, page.Status, page.Body)
	said := text(page.Body)
	for _, words := range []string{"Cycle time", "Lead time", "Throughput", "Cumulative flow", "Work in progress and its age", "Due dates", "Where time goes", "The Kanban Guide, 2020", "Flow efficiency"} {
		require.Contains(t, said, words)
	}
	require.NotContains(t, page.Body, " style=")
	found := numbers.FindAllStringSubmatch(page.Body, -1)
	require.Greater(t, len(found), 60)
	for i := 0; i < len(found); i += 7 {
		list := o.bo.Get(strings.ReplaceAll(found[i][1], "&amp;", "&"))
		require.Equal(t, http.StatusOK, list.Status)
		require.Contains(t, text(list.Body), found[i][2]+" task")
		require.Equal(t, found[i][2], fmt.Sprint(strings.Count(list.Body, "<tr>")-1), "each in its row: %s", found[i][1])
	}
	require.Contains(t, o.bo.Get(o.path()).Body, o.path()+"/report\"")

	for _, part := range []string{"finished", "weeks", "flow", "open", "stages"} {
		file := o.bo.Get(o.path() + "/report.csv?part=" + part)
		require.Equal(t, http.StatusOK, file.Status)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\ufeff"))).ReadAll()
		require.NoError(t, err)
		require.Greater(t, len(rows), 3, part)
	}
	require.Equal(t, http.StatusNotFound, o.bo.Get(o.path()+"/report.csv?part=salaries").Status)

	refused := o.bo.Get(o.path() + "/report?from=soon&to=2026-01-01")
	require.Equal(t, http.StatusUnprocessableEntity, refused.Status)
	require.Contains(t, refused.Body, `value="soon"`)
	for _, path := range []string{"/report", "/report/tasks?of=finished", "/report.csv?part=weeks"} {
		require.Equal(t, http.StatusNotFound, o.Person("Eve").Get(o.path()+path).Status, "a stranger learns nothing")
	}
	o.Later(time.Hour)
	require.Contains(t, text(o.Join(o.ana, o.team, "Vic", access.Viewer).Get(o.path()+"/report").Body), "Last 30 days")
}

const hiring = `name: Hiring
roles: [{id: hr, name: HR, who: ask}]
steps:
  - {id: contract, title: Draw up the contract, role: hr}
  - {id: legal, title: Legal check, role: hr, needs: [contract]}
  - {id: sign, title: Sign, role: hr, needs: [legal]}
  - {id: laptop, title: Order a laptop, role: hr, needs: [sign]}
  - {id: desk, title: Prepare a desk, role: hr, needs: [sign]}
  - {id: welcome, title: Plan the first day, role: hr, needs: [laptop, desk]}
`

// hiring goes through a template some times, and leaves the last run at its first step.
func (o office) hiring(t *testing.T) (template string) {
	t.Helper()
	ctx, ana, bo := t.Context(), o.ana.Actor(), o.bo.Actor()
	const any = 1 << 40
	made, err := o.Store.CreateTemplate(ctx, ana, o.team.ID, "Hiring", hiring)
	require.NoError(t, err)
	require.NoError(t, o.Store.PublishTemplate(ctx, ana, made.ID, made.Version))
	o.Later(-40 * 24 * time.Hour)
	for i := range 6 {
		r, err := o.Store.StartRun(ctx, ana, made.ID, models.RunInput{Board: o.board.ID, Name: "Hire " + []string{"Ida", "Leo", "Mara", "Tom", "Zoe", "Kai"}[i]})
		require.NoError(t, err)
		for round := 0; i < 5 && round < 8; round++ {
			o.Later(time.Duration(5+3*i+round) * time.Hour)
			v, err := o.Store.RunOf(ctx, ana, r.ID)
			require.NoError(t, err)
			for _, s := range v.Steps {
				if !s.Turn() {
					continue
				}
				require.NoError(t, o.Store.MoveTask(ctx, bo, s.Task.ID, any, models.Place{Column: o.column[flow.InProgress]}))
				o.Later(time.Duration(map[string]int{"legal": 30}[s.ID]+4+i) * time.Hour)
				require.NoError(t, o.Store.CompleteTask(ctx, bo, s.Task.ID, any))
				if i == 2 && s.ID == "sign" {
					require.NoError(t, o.Store.ReopenTask(ctx, bo, s.Task.ID, any))
					require.NoError(t, o.Store.CompleteTask(ctx, bo, s.Task.ID, any))
				}
			}
		}
	}
	o.Later(4 * 24 * time.Hour)
	o.ana.SignIn()
	o.bo.SignIn()
	return "/templates/" + made.ID
}

func TestTheRunsOfATemplateHaveAReport(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	template := o.hiring(t)
	require.Contains(t, o.bo.Get(template).Body, template+"/report\"")
	page := o.bo.Get(template + "/report?period=90")
	require.Equal(t, http.StatusOK, page.Status)
	said := text(page.Body)
	for _, words := range []string{"Steps", "Bottleneck", "Its turn, usually", "Runs", "Under way", "Deviations", "Reopened after it was done", "Goldratt, The Goal, 1984"} {
		require.Contains(t, said, words)
	}
	require.Equal(t, http.StatusNotFound, o.Person("Eve").Get(template+"/report").Status)
	for _, part := range []string{"steps", "runs"} {
		file := o.bo.Get(template + "/report.csv?part=" + part + "&period=90")
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.Body, "\ufeff"))).ReadAll()
		require.NoError(t, err)
		require.Greater(t, len(rows), 2, part)
	}
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(template + "/report?period=90")
	tab.WaitVisible(".rp-steps table")
	tab.Axe()
	tab.Shot("report-runs")
	browser.Eval[bool](tab, "(document.querySelector('#rp-runs').scrollIntoView(), true)")
	tab.Shot("report-runs-1")
	tab.Sound()
}

func TestATeamsReportTellsOfPeopleOnlyToWhoMaySeeIt(t *testing.T) {
	t.Parallel()
	o := worked(t, 3)
	ids := o.add(t, flow.Ready, "Sign", "Ship", "Bill")
	o.require(t, ids[0], ids[1])
	o.require(t, ids[1], ids[2])
	o.Later(time.Hour)
	team := "/teams/" + o.team.ID
	require.Contains(t, o.bo.Get(team).Body, team+"/report\"")
	require.Contains(t, o.bo.Get("/my-work").Body, "/my-work/report\"")

	said := text(o.ana.Get(team + "/report").Body)
	for _, words := range []string{"What holds up most others", "Sign 2 1", "Work of each", "Only managers and owners of the team see this part", "Bo Chen"} {
		require.Contains(t, said, words)
	}
	other := text(o.bo.Get(team + "/report").Body)
	require.Contains(t, other, "What holds up most others")
	require.Contains(t, other, "Only managers and owners of the team see this part")
	require.NotContains(t, other, "Ana Ruiz")
	of := "who=" + o.ana.ID
	for _, path := range []string{"/report?" + of, "/report/tasks?of=open&" + of, "/report.csv?part=finished&" + of, "/report.csv?part=people&" + of} {
		require.Equal(t, http.StatusOK, o.ana.Get(team+path).Status)
		require.Equal(t, http.StatusForbidden, o.bo.Get(team+path).Status, path)
		require.Equal(t, http.StatusNotFound, o.Person("Eve").Get(team+path).Status, path)
	}
	require.NotContains(t, o.bo.Get(team+"/report.csv?part=people").Body, "Ana", "nor by the file")
	require.Contains(t, o.ana.Get(team+"/report.csv?part=people").Body, "Bo Chen")
	require.NotContains(t, o.bo.Get("/my-work/report.csv?part=people").Body, "Ana")
	mine := o.bo.Get("/my-work/report?period=90")
	require.Equal(t, http.StatusOK, mine.Status)
	require.Contains(t, text(mine.Body), "You see this of yourself.")
	for i, found := range numbers.FindAllStringSubmatch(mine.Body+o.ana.Get(team+"/report").Body, -1) {
		if i%9 == 0 {
			list := o.ana
			if strings.HasPrefix(found[1], "/my-work") {
				list = o.bo
			}
			require.Contains(t, text(list.Get(strings.ReplaceAll(found[1], "&amp;", "&")).Body), found[2]+" task", found[1])
		}
	}

	tab := browser.Open(t, o.App, o.ana)
	tab.Go(team + "/report")
	tab.WaitVisible("#rp-load table")
	tab.Axe()
	browser.Eval[bool](tab, "(document.querySelector('#rp-holding').scrollIntoView(), true)")
	tab.Shot("report-team")
	tab.Focus("#rp-load th[scope=row] a")
	tab.Press("Enter")
	tab.Until("location.search.includes('who=')")
	tab.WaitVisible("#rp-load table")
	tab.Axe()
	tab.Sound()
	phone := browser.Open(t, o.App, o.bo, browser.Phone, browser.Dark)
	phone.Go("/my-work/report?period=90")
	phone.WaitVisible("#rp-load table")
	phone.Axe()
	phone.Shot("report-mine")
	browser.Eval[bool](phone, "(document.querySelector('#rp-load').scrollIntoView(), true)")
	phone.Shot("report-mine-1")
	phone.Sound()
}

func TestAReportIsReadInAFixedNumberOfQueries(t *testing.T) {
	t.Parallel()
	o := worked(t, 1)
	read := func() { require.Equal(t, http.StatusOK, o.bo.Get(o.path()+"/report").Status) }
	read()
	few := o.queries(t, read)
	ids := o.add(t, flow.Ready, "One", "Two", "Three")
	o.require(t, ids[0], ids[1])
	read()
	require.Equal(t, few, o.queries(t, read))
}

func TestAReportIsReadByMouseAndByKeys(t *testing.T) {
	t.Parallel()
	o := worked(t, 5)
	tab := browser.Open(t, o.App, o.bo)
	tab.Go(o.path())
	tab.Click(".board-tools a[href$='/report']")
	tab.WaitVisible("#rp-cycle .rp-chart")
	tab.Axe()
	tab.Shot("report")
	tab.Focus("#rp-weeks summary")
	tab.Press("Enter")
	tab.WaitVisible("#rp-weeks table")
	tab.Axe()
	tab.Focus("#rp-weeks td a")
	tab.Press("Enter")
	tab.WaitVisible(".report > .table-wrap table")
	tab.Axe()
	tab.Shot("report-tasks")
	tab.Click(".report th[scope=row] a")
	tab.WaitVisible("#panel article")
	tab.Sound()

	speaks(t, o.ana, "es")
	phone := browser.Open(t, o.App, o.ana, browser.Phone, browser.Dark, browser.Spanish)
	phone.Go(o.path() + "/report?period=90")
	phone.WaitVisible("#rp-flow .rp-chart")
	require.True(t, browser.Eval[bool](phone, "document.documentElement.scrollWidth <= innerWidth"), "nothing goes over the edge")
	phone.Axe()
	phone.Shot("report-phone")
	for i, part := range []string{"cycle", "flow", "doing", "where"} {
		browser.Eval[bool](phone, "(document.querySelector('#rp-"+part+"').scrollIntoView(), true)")
		phone.Shot(fmt.Sprint("report-phone-", i))
	}
	phone.Sound()
}

// While a long log is read for the first report after a start, the page says how far
// it is, and comes to its end without a script.
func TestALongLogSaysHowFarItIsReadUntilTheReportIsThere(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t, func(p *models.Parts) { p.Patience = 1 })
	ana := app.Person("Ana Ruiz")
	team := app.Team(ana, "People")
	board := app.Board(ana, team, "Onboarding")
	v, err := app.Store.Board(t.Context(), ana.Actor(), board.ID)
	require.NoError(t, err)
	titles := make([]string, 100)
	for i := range titles {
		titles[i] = fmt.Sprint("Task ", i)
	}
	for range 60 {
		_, err := app.Store.AddTasks(t.Context(), ana.Actor(), v.Lanes[0].ID, titles)
		require.NoError(t, err)
	}
	path := "/boards/" + board.ID + "/report"
	awaited := ana.Get(path)
	require.Equal(t, http.StatusOK, awaited.Status)
	require.Contains(t, text(awaited.Body), "Reading the log: 5000 of 60")
	require.Equal(t, "0", awaited.Header.Get("Refresh"))
	tab := browser.Open(t, app, ana)
	tab.Go(path)
	tab.WaitVisible("#rp-flow .rp-chart")
	require.Less(t, len(ana.Get(path).Body), 400_000, "however many tasks there are")
	tab.Sound()
}
