package tests

import (
	"fmt"
	"io"
	"math/rand"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/flow"
	"relevo/models/ledger"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

// crowd is people who all work on one board at once, over HTTP, each as fast as
// the answers come, and who remember what was acknowledged to them.
type crowd struct {
	t       *testing.T
	url     string
	people  []*testapp.Person
	columns []string // any of them
	ready   string   // the column that new tasks go to

	mu    sync.Mutex
	tasks []string
	acked map[string]deed // by request: what was acknowledged
	bad   []string        // answers that nobody should get
	made  atomic.Int64
	done  atomic.Int64
}

// deed is what was acknowledged to whom.
type deed struct{ who, what string }

// newCrowd gathers n people around the desk's board with some tasks on it.
func newCrowd(d desk, n int) *crowd {
	c := &crowd{t: d.t, url: d.URL, acked: map[string]deed{}}
	for i := range n {
		c.people = append(c.people, d.Join(d.ana, d.team, fmt.Sprint("Person ", i), access.Manager))
	}
	v, err := d.Store.Board(d.t.Context(), d.ana.Actor(), d.board.ID)
	require.NoError(d.t, err)
	for _, l := range v.Lanes {
		c.columns = append(c.columns, l.ID)
	}
	c.ready = d.column(v, flow.Ready)
	for i := range 30 {
		c.tasks = append(c.tasks, d.tasks(fmt.Sprint("Task ", i))...)
	}
	return c
}

// work lets everybody act until stop says so, or the server is gone.
func (c *crowd) work(stop func() bool) {
	var all sync.WaitGroup
	for i, p := range c.people {
		all.Go(func() {
			client, deal := newClient(), rand.New(rand.NewSource(int64(i)))
			defer client.CloseIdleConnections()
			for !stop() {
				if err := c.act(client, p, deal); err != nil {
					return
				}
			}
		})
	}
	all.Wait()
}

// newClient is a browser's network: connections of its own, kept open.
func newClient() *http.Client {
	return &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

var shownTick = regexp.MustCompile(`/items/([0-9a-f-]+)/tick[^>]*><input type="hidden" name="_method" value="(PUT|DELETE)"`)

var shownVersion = regexp.MustCompile(`name="version" value="(\d+)"`)

// act looks at a task and does something to it, as it was seen.
func (c *crowd) act(client *http.Client, p *testapp.Person, deal *rand.Rand) error {
	task, other := c.any(deal), c.any(deal)
	for other == task {
		other = c.any(deal)
	}
	if deal.Intn(5) == 0 {
		_, err := c.send(client, p, "POST", "/columns/"+c.ready+"/tasks", "titles", fmt.Sprint("New ", c.made.Add(1)))
		return err
	}
	seen, err := c.send(client, p, "GET", "/tasks/"+task)
	if err != nil {
		return err
	}
	version := "0"
	if m := shownVersion.FindStringSubmatch(seen); m != nil {
		version = m[1]
	}
	item, method := "", "PUT"
	if all := shownTick.FindAllStringSubmatch(seen, -1); len(all) > 0 {
		tick := all[deal.Intn(len(all))]
		item, method = tick[1], tick[2]
	}
	switch deal.Intn(12) {
	case 0, 1:
		_, err = c.send(client, p, "PUT", "/tasks/"+task+"/place", "version", version, "column", c.columns[deal.Intn(len(c.columns))], "before", other)
	case 2, 3:
		_, err = c.send(client, p, "POST", "/tasks/"+task+"/completion", "version", version)
	case 4:
		_, err = c.send(client, p, "DELETE", "/tasks/"+task+"/completion", "version", version)
	case 5, 6:
		_, err = c.send(client, p, "POST", "/tasks/"+task+"/prerequisites", "task", other)
	case 7:
		_, err = c.send(client, p, "PUT", "/tasks/"+task, "version", version, "title", fmt.Sprint("Named ", c.made.Add(1)))
	case 8:
		_, err = c.send(client, p, "POST", "/tasks/"+task+"/items", "texts", "One\nTwo", "required", []string{"", "on"}[deal.Intn(2)])
	case 9, 10:
		if item != "" {
			_, err = c.send(client, p, method, "/tasks/"+task+"/items/"+item+"/tick")
		}
	case 11:
		_, err = c.send(client, p, "POST", "/tasks/"+task+"/comments", "body", "What of this, @Ana?")
		if item != "" && err == nil && deal.Intn(2) == 0 {
			_, err = c.send(client, p, "POST", "/tasks/"+task+"/items/"+item+"/task")
		}
	}
	return err
}

func (c *crowd) any(deal *rand.Rand) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.tasks[deal.Intn(len(c.tasks))]
}

// send makes one request and remembers it if it was acknowledged as done.
func (c *crowd) send(client *http.Client, p *testapp.Person, method, path string, fields ...string) (string, error) {
	form, as := url.Values{}, method
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	if method != "GET" {
		form.Set("_method", method)
		as = "POST"
	}
	r, err := http.NewRequestWithContext(c.t.Context(), as, c.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if method == "GET" {
		r.Header.Set("HX-Request", "true") // the panel alone
	}
	r.AddCookie(p.Cookie())
	res, err := client.Do(r)
	if err != nil {
		return "", err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case method != "GET" && res.StatusCode == http.StatusSeeOther:
		c.acked[res.Header.Get("X-Request-ID")] = deed{p.ID, fmt.Sprint(method, " ", path, " ", fields)}
		c.done.Add(1)
	case !slices.Contains([]int{http.StatusOK, http.StatusConflict, http.StatusUnprocessableEntity}, res.StatusCode):
		c.bad = append(c.bad, fmt.Sprint(method, " ", path, ": ", res.Status, " ", string(body[:min(len(body), 300)])))
	}
	return string(body), nil
}

// account checks that the log tells of everything that was acknowledged, and
// that tables and log agree. If nothing was cut off, it also tells of nothing else.
func (c *crowd) account(db *gorm.DB, cutOff bool) {
	c.t.Helper()
	require.Empty(c.t, c.bad)
	var data []string
	require.NoError(c.t, db.Raw("SELECT data FROM entries WHERE actor_kind = 'person' AND log_id <> 'server' ORDER BY log_id, seq").Scan(&data).Error)
	logged := map[string]string{}
	for _, d := range data {
		e, err := ledger.Parse([]byte(d))
		require.NoError(c.t, err)
		if e.Request != "" {
			logged[e.Request] = e.Actor.ID
		}
	}
	still := 0 // cards that were put where they already were, items ticked already
	for request, deed := range c.acked {
		if _, there := logged[request]; !there && (strings.Contains(deed.what, " before ") || strings.Contains(deed.what, "/tick")) {
			still++
			continue
		}
		require.Equal(c.t, deed.who, logged[request], "an acknowledged change is lost: %s, request %s", deed.what, request)
	}
	if !cutOff {
		require.Len(c.t, logged, len(c.acked)-still, "something was done that was not acknowledged")
	}
	require.Less(c.t, still, len(c.acked)/20)
	replay.Check(c.t, db)
}

// Twenty people move, add, connect, rename, tick, comment and complete at random: nobody gets an
// error, what was acknowledged is in the log, what was refused is not, and the
// tables are exactly what the log tells.
func TestTwentyPeopleAtOnceLoseNothing(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	c := newCrowd(d, 20)
	c.work(func() bool { return c.done.Load() >= 600 })
	t.Logf("%d changes acknowledged", len(c.acked))
	c.account(d.DB.Read, false)
	var tried int
	require.NoError(t, d.DB.Read.Raw("SELECT COUNT(DISTINCT action) FROM entries WHERE action IN ('item.added', 'item.ticked', 'item.made_task', 'comment.added')").Row().Scan(&tried))
	require.Equal(t, 4, tried)
	var cycles int
	require.NoError(t, d.DB.Read.Raw(`WITH RECURSIVE walk (origin, at) AS (
			SELECT prerequisite_id, dependent_id FROM dependencies
			UNION SELECT w.origin, e.dependent_id FROM walk w JOIN dependencies e ON e.prerequisite_id = w.at)
		SELECT COUNT(*) FROM walk WHERE origin = at`).Row().Scan(&cycles))
	require.Zero(t, cycles)
	c.obeys(d.DB.Read)
}

// obeys checks by SQL what the rules promise, where no lag is involved: nothing
// ready with something open, nothing waiting for nothing, at risk as rule 5 says.
func (c *crowd) obeys(db *gorm.DB) {
	c.t.Helper()
	var wrong []string
	require.NoError(c.t, db.Raw(`SELECT title || ' is ' || state FROM (
			SELECT t.title, t.state, t.at_risk, EXISTS (SELECT 1 FROM dependencies d JOIN tasks p ON p.id = d.prerequisite_id
				WHERE d.dependent_id = t.id AND p.state NOT IN ('done', 'cancelled')) AS open
			FROM tasks t WHERE t.not_before IS NULL) x
		WHERE state = 'ready' AND open OR state = 'waiting' AND NOT open
			OR at_risk <> (open AND state IN ('in_progress', 'in_review', 'done'))`).Scan(&wrong).Error)
	require.Empty(c.t, wrong)
	require.NoError(c.t, db.Raw(`SELECT t.title || ' is done without ' || i.text FROM tasks t JOIN checklist_items i ON i.task_id = t.id
		WHERE t.state = 'done' AND i.required AND i.ticked_at IS NULL AND i.became_id = ''`).Scan(&wrong).Error)
	require.Empty(c.t, wrong)
}
