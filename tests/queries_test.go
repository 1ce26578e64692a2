package tests

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/handlers"
	"relevo/handlers/web"
	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/flow"
	"relevo/models/recur"
	"relevo/tests/testapp"
	"relevo/tests/testdb"
)

// A page asks the database as often where there is much of everything as where there is
// little of it: at a server that has read nothing yet, and again, when it keeps what it
// has read. Every route that shows something is asked for; a new one needs no word here.
func TestNoPageAsksTheDatabaseMoreOftenWhereThereIsMore(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	boss := app.Person("The boss")
	w := newWorld(t, app, boss, "Open", everyone{extra: app.Person("Extra")})
	w.furnish(0, 2)
	few := w.statementsOfPages()
	const teams = 6
	w.furnish(2, 2+teams)
	many := w.statementsOfPages()
	for _, page := range slices.Sorted(maps.Keys(few)) {
		most := len(few[page])
		if strings.HasPrefix(page, "GET /my-work/report") && strings.Contains(page, " cold") {
			most += teams // the log of each is read once, from where it was read to before
		}
		most += halvings(many[page]) - halvings(few[page]) // a log of twice the length takes one more
		if len(many[page]) > most {
			t.Errorf("%s: %d statements where there is little, %d where there is much; more of these:\n%s", page, len(few[page]), len(many[page]), more(few[page], many[page]))
		}
	}
}

// halvings counts the looks at a log for the entry of a time, which is found by halves.
func halvings(statements []string) (n int) {
	for _, s := range statements {
		if s == "SELECT at FROM entries WHERE log_id = ? AND seq = ?" {
			n++
		}
	}
	return n
}

// statementsOfPages is what each page asks of the database, cold and warm.
func (w *world) statementsOfPages() map[string][]string {
	asked := map[string][]string{}
	for _, r := range handlers.Routes(&web.Web{}) {
		name := r.Method + " " + r.Path
		v, known := visits[name]
		if r.Method != http.MethodGet || !known { // the test of routes misses it
			continue
		}
		kept := maps.Clone(w.at)
		w.asks = w.boss
		w.fill(v)
		fresh := w.app.Again()
		person := w.boss.At(fresh)
		for _, how := range []string{"cold", "warm"} {
			asked[name+" "+how] = testdb.Statements(w.t, fresh.DB.Write, func() {
				asked[name+" "+how+", to read"] = testdb.Statements(w.t, fresh.DB.Read, func() {
					a := w.send(person, r, v, nil)
					require.Less(w.t, a.Status, http.StatusInternalServerError, name)
				})
			})
		}
		w.at = kept
	}
	return asked
}

// furnish puts more of each kind of thing where pages look for them, in rounds.
func (w *world) furnish(from, to int) {
	for round := from; round < to; round++ {
		n := models.NewID()
		other := w.app.Join(w.boss, w.team, "Of "+n, access.Member)
		w.furnishBoard(n)
		w.furnishTasks(n, other)
		w.furnishRuns(n)
		w.furnishTeam(n, round, other)
		w.furnishPerson(n, other)
	}
}

func (w *world) furnishBoard(n string) {
	store, ctx, boss, board := w.app.Store, w.ctx(), w.owner(), w.at["board"]
	w.must(store.AddLabel(ctx, boss, board, models.LabelInput{Name: n[30:], Colour: "red", Icon: "tag"}))
	w.must(store.AddField(ctx, boss, board, models.FieldInput{Name: "T" + n[30:], Kind: custom.Text, OnCard: true}))
	w.must(store.AddField(ctx, boss, board, models.FieldInput{Name: "C" + n[30:], Kind: custom.Choice, OnCard: true, Options: []models.OptionInput{{Name: "One"}, {Name: "Two"}}}))
	_, err := store.AddColumn(ctx, boss, board, models.ColumnInput{Name: n[30:], State: flow.Ready})
	w.must(err)
	for _, shared := range []bool{true, false} {
		_, err = store.SaveView(ctx, boss, board, models.ViewInput{Name: fmt.Sprint(n[30:], shared), Face: models.FaceTable, Shared: shared})
		w.must(err)
	}
}

// furnishTasks adds tasks of every kind, with all that tasks have, beside the world's.
func (w *world) furnishTasks(n string, other *testapp.Person) {
	const latest = 1 << 40
	store, ctx, boss := w.app.Store, w.ctx(), w.owner()
	v, err := store.Board(ctx, boss, w.at["board"])
	w.must(err)
	titles := strings.Fields("needed needing completed cancelled archived deleted blocked overridden repeated approved started reviewed")
	for i := range titles {
		titles[i] += " task " + n
	}
	made, err := store.AddTasks(ctx, boss, w.at["column"], titles)
	w.must(err)
	id := func(i int) string { return made[i].ID }
	first := w.tasks[0]
	w.must(store.Require(ctx, boss, id(0), w.tasks[1], models.DependencyInput{}))
	w.must(store.Require(ctx, boss, first, id(1), models.DependencyInput{}))
	for i, task := range made {
		w.furnishTask(task.ID, v, i, other)
	}
	w.furnishTask(first, v, 0, other)
	w.must(store.CompleteTask(ctx, boss, id(2), latest))
	w.must(store.CancelTask(ctx, boss, id(3), latest, "not needed"))
	w.must(store.ArchiveTask(ctx, boss, id(4), latest))
	w.must(store.DeleteTask(ctx, boss, id(5), latest))
	w.must(store.BlockTask(ctx, boss, id(6), latest, "no paper"))
	w.must(store.Require(ctx, boss, first, id(7), models.DependencyInput{}))
	w.must(store.OverrideTask(ctx, boss, id(7), latest, "it cannot wait"))
	w.must(store.RepeatTask(ctx, boss, id(8), latest, recur.Rule{Unit: recur.Days, Every: 1, Due: recur.NoDue}))
	w.must(store.AskApproval(ctx, other.Actor(), id(9), latest, models.ApprovalInput{Approvers: []string{boss.ID}, Mode: models.AllApprovers}))
	w.must(store.MoveTask(ctx, boss, id(10), latest, models.Place{Column: w.column(flow.InProgress)}))
	w.must(store.MoveTask(ctx, boss, id(11), latest, models.Place{Column: w.column(flow.InReview)}))
}

// furnishTask gives a task a bit of all that tasks have.
func (w *world) furnishTask(task string, v models.BoardView, i int, other *testapp.Person) {
	store, ctx, boss := w.app.Store, w.ctx(), w.owner()
	owners, labels, due, estimate, priority := []string{boss.ID, other.ID}, []string{}, models.Date(time.Now().AddDate(0, 0, i-3).Format(time.DateOnly)), 60*i, models.Priority(i%4)
	for _, l := range v.Labels {
		labels = append(labels, l.ID)
	}
	held := map[string]string{}
	for _, f := range v.Fields {
		held[f.ID] = "Something"
		if f.Kind == custom.Choice {
			held[f.ID] = f.Options[0].ID
		}
	}
	w.must(store.EditTask(ctx, boss, task, 1<<40, models.TaskInput{Owners: &owners, Labels: &labels, Due: &due, Estimate: &estimate, Priority: &priority, Fields: held}))
	w.must(store.AddItems(ctx, boss, task, []string{"Call", "Write"}, false))
	w.must(store.AddComment(ctx, other.Actor(), task, "What of it, @The boss?"))
	_, err := store.AddFile(ctx, other.Actor(), task, models.Incoming{Name: models.NewID() + ".png", Body: bytes.NewReader(aPicture(w.t, 8, 8))})
	w.must(err)
	w.must(store.WatchTask(ctx, other.Actor(), task))
}

// furnishRuns starts runs of the world's template and of another, and lets the world's
// run grow.
func (w *world) furnishRuns(n string) {
	store, ctx, boss := w.app.Store, w.ctx(), w.owner()
	_, err := store.StartRun(ctx, boss, w.at["template"], models.RunInput{Board: w.at["board"]})
	w.must(err)
	kept := maps.Clone(w.at)
	w.movable() // publishes a version
	w.at = kept
	_, err = store.AddStep(ctx, boss, w.at["run"], models.StepInput{Title: "Besides " + n, Owner: boss.ID})
	w.must(err)
	w.outsider()
	w.at = kept
	template, err := store.CreateTemplate(ctx, boss, w.team.ID, n, "name: "+n+"\nroles: [{id: doer, name: Doer, who: ask}]\nsteps: [{id: one, title: One, role: doer}]\n")
	w.must(err)
	w.must(store.PublishTemplate(ctx, boss, template.ID, template.Version))
	_, err = store.StartRun(ctx, boss, template.ID, models.RunInput{Board: w.at["board"]})
	w.must(err)
}

func (w *world) furnishTeam(n string, round int, other *testapp.Person) {
	store, ctx, boss := w.app.Store, w.ctx(), w.owner()
	board := w.app.Board(w.boss, w.team, "Board "+n)
	v, err := store.Board(ctx, boss, board.ID)
	w.must(err)
	_, err = store.AddTasks(ctx, boss, v.Lanes[1].ID, []string{"One task " + n, "Another task " + n})
	w.must(err)
	w.app.Invitation(w.boss, w.team, access.Member)
	_, err = store.SaveFilter(ctx, boss, w.team.ID, n, models.LogQuery{By: models.ByHand}, true)
	w.must(err)
	_, err = store.OpenReview(ctx, boss, w.team.ID, models.ReviewInput{Name: n, Query: models.LogQuery{By: models.ByHand}, Sample: 5, Seed: n})
	w.must(err)
	w.must(store.QuestionEntry(ctx, boss, w.at["review"], int64(2+round), other.ID, "Why?"))
	w.must(store.WatchBoard(ctx, other.Actor(), w.at["board"]))
}

// furnishPerson gives the boss another session, another team, and something to read.
func (w *world) furnishPerson(n string, other *testapp.Person) {
	store, ctx := w.app.Store, w.ctx()
	w.boss.OtherBrowser().SignIn()
	team := w.app.Team(other, "Team "+n)
	_, err := store.AcceptInvitation(ctx, w.owner(), w.app.Invitation(other, team, access.Manager))
	w.must(err)
	board := w.app.Board(other, team, "Theirs "+n)
	v, err := store.Board(ctx, other.Actor(), board.ID)
	w.must(err)
	made, err := store.AddTasks(ctx, other.Actor(), v.Lanes[1].ID, []string{"Their task " + n})
	w.must(err)
	owners := []string{w.boss.ID}
	w.must(store.EditTask(ctx, other.Actor(), made[0].ID, 1<<40, models.TaskInput{Owners: &owners}))
}

var listOfValues = regexp.MustCompile(`(\(?\s*\?\s*\)?,?\s*){2,}`)

// more tells which statements there are more of.
func more(few, many []string) string {
	count := map[string]int{}
	for _, said := range [][]string{few, many} {
		for s := range count {
			count[s] = -count[s]
		}
		for _, s := range said {
			count[listOfValues.ReplaceAllString(s, "…")]++
		}
	}
	var b strings.Builder
	for _, s := range slices.Sorted(maps.Keys(count)) {
		if count[s] > 0 {
			fmt.Fprintf(&b, "%+d %s\n", count[s], s)
		}
	}
	return b.String()
}
