package tests

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/flow"
	"relevo/tests/testapp"
)

// require makes dependent wait for prerequisite.
func (d desk) require(prerequisite, dependent string, lag ...flow.Lag) {
	d.t.Helper()
	in := models.DependencyInput{}
	if len(lag) > 0 {
		in.Lag = lag[0]
	}
	require.NoError(d.t, d.Store.Require(d.t.Context(), d.ana.Actor(), prerequisite, dependent, in))
}

func (d desk) give(task string, people ...*testapp.Person) {
	d.t.Helper()
	var ids []string
	for _, p := range people {
		ids = append(ids, p.ID)
	}
	require.NoError(d.t, d.Store.EditTask(d.t.Context(), d.ana.Actor(), task, d.see(task).Task.Version, models.TaskInput{Owners: &ids}))
}

func (d desk) due(task string, day models.Date) {
	d.t.Helper()
	require.NoError(d.t, d.Store.EditTask(d.t.Context(), d.ana.Actor(), task, d.see(task).Task.Version, models.TaskInput{Due: &day}))
}

func (d desk) complete(who *testapp.Person, task string) {
	d.t.Helper()
	require.NoError(d.t, d.Store.CompleteTask(d.t.Context(), who.Actor(), task, d.see(task).Task.Version))
}

func (d desk) log(query ...string) string {
	d.t.Helper()
	q := url.Values{}
	for i := 0; i+1 < len(query); i += 2 {
		q.Set(query[i], query[i+1])
	}
	a := d.ana.Get("/teams/" + d.team.ID + "/log?" + q.Encode())
	require.Equal(d.t, http.StatusOK, a.Status, text(a.Body))
	return a.Body
}

// lines counts the entries on a page.
func lines(page string) int { return strings.Count(page, `class="log-line"`) }

func TestAManagerReadsWhyACardMoved(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign contract", "Set up payroll")
	d.require(ids[0], ids[1])
	d.complete(d.bo, ids[0])
	page := text(d.log())
	require.Contains(t, page, "Bo Lind completed ONB-1 Sign contract")
	require.Contains(t, page, "Automation moved ONB-2 Set up payroll to Ready because Bo Lind completed ONB-1 Sign contract")
	require.Contains(t, page, "Ana Ruiz made ONB-2 Set up payroll wait for ONB-1 Sign contract")
	require.Less(t, strings.Index(page, "Automation moved"), strings.Index(page, "Ana Ruiz made"), "newest first")
	require.Contains(t, page, `"action":"task.released"`, "the entry as it is stored")
	require.Regexp(t, `title="\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6} UTC"`, d.log(), "to the microsecond")
}

func TestTheLogIsNarrowedByEachFilter(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign contract", "Set up payroll", "Order laptop")
	other := d.Board(d.ana, d.team, "Equipment")
	d.require(ids[0], ids[1])
	d.complete(d.bo, ids[0])
	v := text(d.log("person", d.bo.ID))
	require.Contains(t, v, "Bo Lind completed")
	require.NotContains(t, v, "Ana Ruiz added")
	require.Equal(t, 3, lines(d.log("action", string(models.TaskCreated))))
	require.Equal(t, 1, lines(d.log("action", "dependencies")))
	require.Equal(t, 1+5, lines(d.log("board", other.ID)), "the board and its columns")
	require.Equal(t, 1, lines(d.log("task", "onb-3")))
	require.Equal(t, 2, lines(d.log("by", "auto")), "held, then released")
	require.Equal(t, lines(d.log())-2, lines(d.log("by", "hand")))
	require.Equal(t, 1, lines(d.log("by", "hand", "action", "movement", "board", d.board.ID, "person", d.bo.ID)))
	today := time.Now().UTC().Format(time.DateOnly)
	require.Equal(t, lines(d.log()), lines(d.log("from", today, "to", today)))
	nothing := text(d.log("to", "2020-01-01"))
	require.Contains(t, nothing, "Nothing in the log matches these filters.")
	require.Contains(t, nothing, "Clear filters")
}

func TestAFilterThatMakesNoSenseIsKeptAndExplained(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.tasks("Sign contract")
	a := d.ana.Get("/teams/" + d.team.ID + "/log?task=ONB-99&from=last+week&to=2026-01-01&person=nobody&by=hand")
	require.Equal(t, http.StatusUnprocessableEntity, a.Status)
	require.Contains(t, text(a.Body), "There is no task ONB-99 in this team.")
	require.Contains(t, text(a.Body), "Write a date and time like")
	require.Contains(t, text(a.Body), "Choose one from the list.")
	require.Contains(t, a.Body, `value="ONB-99"`)
	require.Contains(t, a.Body, `value="last week"`)
	require.Contains(t, a.Body, `value="2026-01-01T23:59"`)
	require.Contains(t, a.Body, `<option value="hand" selected>`)
	require.Contains(t, a.Body, `aria-describedby="field-task-wrong"`)
	a = d.ana.Get("/teams/" + d.team.ID + "/log?from=2026-02-02&to=2026-01-01")
	require.Contains(t, text(a.Body), "This is before the start.")
}

func TestOlderPagesOfTheLogKeepTheFilters(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	titles := make([]string, 120)
	for i := range titles {
		titles[i] = "Task " + strconv.Itoa(i)
	}
	d.tasks(titles...)
	older := regexp.MustCompile(`href="([^"]*before=[^"]*)"`)
	path, seen := "/teams/"+d.team.ID+"/log?action=task.created", 0
	for page := 1; ; page++ {
		a := d.ana.Get(path)
		require.Equal(t, http.StatusOK, a.Status)
		seen += lines(a.Body)
		link := older.FindStringSubmatch(a.Body)
		if link == nil {
			require.Equal(t, 3, page)
			break
		}
		require.Contains(t, link[1], "action=task.created")
		path = strings.ReplaceAll(link[1], "&amp;", "&")
	}
	require.Equal(t, 120, seen)
}

func TestTheLogKeepsThoseWhoLeftAndWhatWasDeleted(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign contract")[0]
	d.complete(d.bo, id)
	require.NoError(t, d.Store.DeleteTask(t.Context(), d.ana.Actor(), id, d.see(id).Task.Version))
	require.NoError(t, d.Store.Leave(t.Context(), d.bo.Actor(), d.team.ID))
	page := d.log("person", d.bo.ID)
	require.Contains(t, text(page), "Bo Lind (no longer in the team)")
	require.Contains(t, text(page), "Bo Lind completed ONB-1 Sign contract")
	require.Contains(t, page, `href="/tasks/`+id+`/history"`)
	require.Contains(t, text(d.ana.Get("/tasks/"+id+"/history").Body), "Ana Ruiz deleted ONB-1 Sign contract")
}

func TestOnlyManagersReadTheLogAndOnlyOfTheirTeam(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Sign contract")[0]
	require.Equal(t, http.StatusForbidden, d.bo.Get("/teams/"+d.team.ID+"/log").Status)
	stranger := d.Person("Eve Stone")
	require.Equal(t, http.StatusNotFound, stranger.Get("/teams/"+d.team.ID+"/log").Status)
	require.Equal(t, http.StatusNotFound, stranger.Get("/tasks/"+id+"/history").Status)
	require.Equal(t, http.StatusNotFound, stranger.Send("POST", "/tasks/"+id+"/reading").Status)
	own := d.Team(stranger, "Elsewhere")
	require.Equal(t, http.StatusUnprocessableEntity, stranger.Get("/teams/"+own.ID+"/log?board="+d.board.ID).Status, "a board of another team is no choice")
	require.Contains(t, text(stranger.Get("/teams/"+own.ID+"/log?task=ONB-1").Body), "There is no task ONB-1 in this team.")
}

func TestEverybodyReadsATasksHistoryButOnlyManagersWhereFrom(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ids := d.tasks("Sign contract", "Set up payroll")
	d.require(ids[0], ids[1])
	d.complete(d.bo, ids[0])
	a := d.view.Get("/tasks/" + ids[1] + "/history")
	require.Equal(t, http.StatusOK, a.Status)
	require.Contains(t, text(a.Body), "Automation moved ONB-2 Set up payroll to Ready because Bo Lind completed ONB-1 Sign contract")
	require.NotContains(t, a.Body, d.ana.Address)
	require.NotContains(t, a.Body, "log-stored")
	require.Contains(t, d.ana.Get("/tasks/"+ids[1]+"/history").Body, d.ana.Address)
	panel := d.view.Do(http.MethodGet, "/tasks/"+ids[1]+"/history", nil, "HX-Request", "true")
	require.NotContains(t, panel.Body, "<html")
	require.Contains(t, text(panel.Body), "Back to the task")
}

func TestMyWorkSaysWhatToDoAndForWhomTheRestWaits(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	empty := text(d.bo.Get("/my-work").Body)
	require.Contains(t, empty, "Nothing is on your list")
	require.Contains(t, empty, "Go to the boards")
	ids := d.tasks("Sign contract", "Set up payroll", "Order laptop", "Book room", "Pay deposit", "Nobody's")
	for _, id := range ids[1:5] {
		d.give(id, d.bo)
	}
	d.give(ids[0], d.ana)
	d.require(ids[0], ids[1])
	d.due(ids[3], "2020-01-01")
	d.complete(d.ana, ids[5])
	d.require(ids[5], ids[4], flow.Lag{Amount: 2, Unit: flow.Days})
	page := text(d.bo.Get("/my-work").Body)
	require.Regexp(t, `Overdue 1 task ONB-4 Book room .*Ready for you 1 task ONB-3 Order laptop .*Waiting for others 2 tasks`, page)
	require.Contains(t, page, "Waits for ONB-1 Sign contract Ana Ruiz")
	require.Contains(t, page, "Becomes ready by itself")
	require.NotContains(t, page, "Nobody's")
	require.NotContains(t, text(d.view.Get("/my-work").Body), "ONB-")

	require.NoError(t, d.Store.RemoveMember(t.Context(), d.ana.Actor(), d.team.ID, d.bo.ID))
	require.NotContains(t, text(d.bo.Get("/my-work").Body), "ONB-3", "the work of a team one has left is not one's own")
}

func TestATaskIsStartedAndCompletedFromMyWork(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order laptop")[0]
	d.give(id, d.bo)
	page := d.bo.Get("/my-work").Body
	column := regexp.MustCompile(`name="column" value="([^"]+)"`).FindStringSubmatch(page)
	require.NotNil(t, column)
	a := d.bo.Send("PUT", "/tasks/"+id+"/place", "version", d.version(id), "column", column[1], "back", "/my-work")
	require.Equal(t, "/my-work", a.Location, text(a.Body))
	require.Equal(t, flow.InProgress, d.see(id).Task.State)
	a = d.bo.Send("POST", "/tasks/"+id+"/completion", "version", d.version(id), "back", "/my-work")
	require.Equal(t, "/my-work", a.Location, text(a.Body))
	require.Equal(t, flow.Done, d.see(id).Task.State)
	a = d.bo.Send("POST", "/tasks/"+id+"/completion", "version", d.version(id), "back", "https://example.org/")
	require.NotContains(t, a.Location, "example.org")
}

func TestMyWorkShowsFiftyOfAGroupAndAllOnRequest(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	titles := make([]string, 60)
	for i := range titles {
		titles[i] = "Task " + strconv.Itoa(i)
	}
	for _, id := range d.tasks(titles...) {
		d.give(id, d.bo)
	}
	count := func(path string) int { return strings.Count(d.bo.Get(path).Body, `class="work-task"`) }
	require.Equal(t, 50, count("/my-work"))
	require.Contains(t, text(d.bo.Get("/my-work").Body), "60 tasks")
	require.Contains(t, text(d.bo.Get("/my-work").Body), "Show all 60")
	require.Equal(t, 60, count("/my-work?all=ready"))
}

func (d desk) unread(p *testapp.Person) int {
	d.t.Helper()
	n, err := d.Store.UnreadNotices(d.t.Context(), p.Actor())
	require.NoError(d.t, err)
	return n
}

func TestTheInboxTellsWhoseTurnItIsAndWhy(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.Contains(t, text(d.bo.Get("/inbox").Body), "Nothing here yet")
	ids := d.tasks("Sign contract", "Set up payroll", "Order laptop")
	d.require(ids[0], ids[1])
	d.give(ids[1], d.bo)
	d.give(ids[2], d.bo)
	d.complete(d.ana, ids[0])
	page := d.bo.Get("/inbox")
	words := text(page.Body)
	require.Regexp(t, `ONB-2.*Your turn.*Because Ana Ruiz completed ONB-1 Sign contract.*Given to you.*Ana Ruiz made you an owner.*ONB-3`, words)
	require.Equal(t, 3, d.unread(d.bo))
	require.Contains(t, page.Body, `data-unread="3"`)

	news, stop := d.Feed.Subscribe("person:" + d.bo.ID)
	defer stop()
	a := d.bo.Do(http.MethodPost, "/tasks/"+ids[1]+"/reading", url.Values{"quiet": {"on"}}, "HX-Request", "true")
	require.Equal(t, http.StatusNoContent, a.Status)
	require.Equal(t, 1, d.unread(d.bo), "opening a task reads what was said of it")
	<-news
	a = d.bo.Send("POST", "/inbox/reading")
	require.Equal(t, "/inbox", a.Location)
	require.Zero(t, d.unread(d.bo))
	require.NotContains(t, d.bo.Get("/inbox").Body, "inbox-dot")
	require.Zero(t, d.unread(d.ana), "nobody is told of their own acts")
}

func TestANoticeIsReadByItsOwnerOnly(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	id := d.tasks("Order laptop")[0]
	d.give(id, d.bo)
	v, err := d.Store.Inbox(t.Context(), d.bo.Actor(), models.InboxFilter{}, "")
	require.NoError(t, err)
	notice := v.Items[0].Notices[0].ID
	require.Equal(t, http.StatusNotFound, d.ana.Send("POST", "/notices/"+notice+"/reading").Status)
	require.Equal(t, 1, d.unread(d.bo))
	require.Equal(t, http.StatusSeeOther, d.bo.Send("POST", "/notices/"+notice+"/reading").Status)
	require.Zero(t, d.unread(d.bo))
}

func TestTheInboxForgetsATeamOneHasLeft(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	kai := d.Join(d.ana, d.team, "Kai Moor", access.Member)
	id := d.tasks("Order laptop")[0]
	d.give(id, kai)
	require.Equal(t, 1, d.unread(kai))
	require.NoError(t, d.Store.RemoveMember(t.Context(), d.ana.Actor(), d.team.ID, kai.ID))
	require.Zero(t, d.unread(kai))
	require.NotContains(t, kai.Get("/inbox").Body, "Order laptop")
}

func TestTheInboxGoesOnBelowItsFirstPage(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	titles := make([]string, 60)
	for i := range titles {
		titles[i] = "Task " + strconv.Itoa(i)
	}
	for _, id := range d.tasks(titles...) {
		d.give(id, d.bo)
	}
	first := d.bo.Get("/inbox").Body
	require.Equal(t, 50, strings.Count(first, `class="inbox-item`))
	older := regexp.MustCompile(`href="(/inbox\?before=[^"]+)"`).FindStringSubmatch(first)
	require.NotNil(t, older)
	require.Equal(t, 10, strings.Count(d.bo.Get(older[1]).Body, `class="inbox-item`))
}
