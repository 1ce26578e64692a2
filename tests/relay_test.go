package tests

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/tests/browser"
	"relevo/tests/replay"
	"relevo/tests/testapp"
)

// The people of the story: Ana manages, Ben is the IT, Carla the buddy, Noa the
// new hire. Ana and Ben each sit at a browser; the others' work is done there too.
const (
	manager, it, buddy, newHire = "Ana Ruiz", "Ben Okafor", "Carla Díaz", "Noa Berg"
)

// step is a line of a checklist: what, who, and the lines that must come first.
type step struct {
	title string
	owner string
	after []int // counted from 1
}

// onboarding is what a company does for a new colleague.
var onboarding = []step{
	{"Sign the contract", manager, nil}, // 1
	{"Send the welcome letter", manager, []int{1}},
	{"Register with payroll", manager, []int{1}},
	{"Send the bank details", newHire, []int{2}},
	{"Enter the bank details in payroll", manager, []int{3, 4}},
	{"Order the laptop", it, []int{1}}, // 6
	{"Order the phone", it, []int{1}},
	{"Create the mail account", it, []int{1}},
	{"Create the chat account", it, []int{8}},
	{"Give access to the source code", it, []int{8}},
	{"Give access to the wiki", it, []int{8}}, // 11
	{"Prepare the desk", buddy, []int{1}},
	{"Set up the laptop", it, []int{6, 8}},
	{"Make the door badge", it, []int{1}},
	{"Put the welcome parcel together", buddy, []int{12}},
	{"Plan the first week", manager, []int{2}}, // 16
	{"Book a lunch table", buddy, []int{16}},
	{"Tell the team", manager, []int{2}},
	{"Pick up at the reception", buddy, []int{12, 13, 14, 18}},
	{"Hand over laptop and phone", it, []int{7, 13, 19}},
	{"Tour of the office", buddy, []int{19}}, // 21
	{"Lunch with the team", buddy, []int{17, 21}},
	{"Read the handbook", newHire, []int{11, 20}},
	{"Set up the password manager", newHire, []int{20}},
	{"Safety training", newHire, []int{21}},
	{"First small change in production", newHire, []int{10, 20, 23}}, // 26
	{"Review the first change", buddy, []int{26}},
	{"Check the first payslip", newHire, []int{5}},
	{"Talk after the first week", manager, []int{22, 25}},
	{"Talk after the first month", manager, []int{15, 27, 28, 29}}, // 30
}

// relayRace is the story under way.
type relayRace struct {
	*testapp.App
	t        *testing.T
	ana, ben *browser.Tab
	byForm   *testapp.Person // Ana past her browser, for what would only repeat itself
	team     string
	board    string
	column   map[string]string // by name
	id       []string          // of each step's task
	done     []bool
	released int // automatic moves, all told
}

// Two people sign up, lay out an onboarding with thirty tasks and work it from
// first to last, each in a browser of their own. Each sees what the other does;
// what becomes ready moves by itself, and the log says why.
func TestTwoPeopleRunAnOnboardingFromSignUpToTheLastTask(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	r := &relayRace{App: app, t: t, ana: browser.Open(t, app, app.Visitor(), browser.OnBoth), ben: browser.Open(t, app, app.Visitor(), browser.OnBoth)}
	r.signUp()
	r.pasteTheChecklist()
	r.giveOwners()
	r.connect()
	r.refuseACircle()
	r.work()
	r.readTheLog()
	replay.Check(t, app.DB.Read)
}

func (r *relayRace) signUp() {
	r.ana.Go("/")
	r.ana.Until("location.pathname === '/welcome'")
	r.ana.Type("[name=name]", manager)
	r.ana.Type("[name=email]", "ana@example.org")
	r.ana.Type("[name=password]", testapp.Password)
	r.ana.Click("form .button-main")
	r.ana.Until("location.pathname === '/teams/new'")
	r.ana.Type("[name=name]", "Northwind")
	r.ana.Click("form .button-main")
	r.ana.Until("location.pathname.match('^/teams/[0-9a-f-]{36}$')")
	r.team = strings.TrimPrefix(r.ana.Path(), "/teams/")

	r.ana.Go("/teams/" + r.team + "/members")
	r.ana.Choose("[name=role]:not([aria-label])", "Member")
	r.ana.Choose("[name=uses]", "Any number of people")
	r.ana.Click("form .button-main >> Make a link")
	link, err := url.Parse(r.ana.Value("#invitation-link"))
	require.NoError(r.t, err)

	r.ben.Go(link.Path)
	r.ben.Click("main a.button-main")
	r.ben.Type("[name=name]", it)
	r.ben.Type("[name=email]", "ben@example.org")
	r.ben.Type("[name=password]", testapp.Password)
	r.ben.Click("form .button-main")
	r.logIn(r.ben, "ben@example.org")
	r.join(r.ben)
	// The others do the same without scripts.
	for _, name := range []string{buddy, newHire} {
		r.joinByForm(name, link.Path)
	}
	r.byForm = r.Visitor()
	require.Equal(r.t, http.StatusSeeOther, r.byForm.Send("POST", "/sign-in", "email", "ana@example.org", "password", testapp.Password).Status)

	r.ana.Go("/teams/" + r.team)
	r.ana.Type("#new-board [name=name]", "Onboarding")
	r.ana.Click("#new-board .button-main")
	r.ana.Until("location.pathname.match('^/boards/')")
	r.board = r.ana.Path()
	r.ben.Go(r.board)
	r.column = browser.Eval[map[string]string](r.ana, "Object.fromEntries([...document.querySelectorAll('.lane')].map(l => [l.querySelector('h2').textContent, l.dataset.lane]))")
	require.Len(r.t, r.column, 5)
}

// logIn logs in with the account just made.
func (r *relayRace) logIn(tab *browser.Tab, email string) {
	tab.WaitVisible("form[action='/sign-in']")
	require.Equal(r.t, email, tab.Value("[name=email]"))
	tab.Type("[name=password]", testapp.Password)
	tab.Click("form .button-main")
	tab.Until("!location.pathname.startsWith('/sign-')")
}

// join accepts the invitation if one is asked.
func (r *relayRace) join(tab *browser.Tab) {
	if strings.HasPrefix(tab.Path(), "/invitations/") {
		tab.Click("main form .button-main")
		tab.Until("!location.pathname.startsWith('/invitations/')")
	}
}

func (r *relayRace) joinByForm(name, link string) {
	p := r.Visitor()
	email := strings.ToLower(strings.Fields(name)[0]) + "@example.org"
	invitation := strings.TrimPrefix(link, "/invitations/")
	p.Send("POST", "/sign-up", "name", name, "email", email, "password", testapp.Password, "zone", "UTC", "invitation", invitation)
	p.Send("POST", "/sign-in", "email", email, "password", testapp.Password, "invitation", invitation)
	joined := p.Send("POST", link+"/acceptance")
	require.Equal(r.t, http.StatusSeeOther, joined.Status, joined.Body)
}

// pasteTheChecklist pastes all lines at once; the other one sees the cards come.
func (r *relayRace) pasteTheChecklist() {
	var lines []string
	for _, s := range onboarding {
		lines = append(lines, s.title)
	}
	field := "#a-" + r.column["Ready"]
	r.ana.Paste(field, strings.Join(lines, "\n"))
	r.ana.Click("#q-" + r.column["Ready"] + " .quick-button")
	for _, tab := range []*browser.Tab{r.ana, r.ben} {
		tab.Until(fmt.Sprintf("document.querySelectorAll('#l-%s .card').length === %d", r.column["Ready"], len(onboarding)))
		require.Equal(r.t, lines, browser.Eval[[]string](tab, "[...document.querySelectorAll('.card-title')].map(a => a.textContent)"), "in their order")
	}
	for i := range onboarding {
		r.id = append(r.id, browser.Eval[string](r.ana, fmt.Sprintf("document.querySelectorAll('.card')[%d].id.slice(2)", i)))
	}
	r.done = make([]bool, len(onboarding))
}

func (r *relayRace) open(tab *browser.Tab, n int) {
	tab.Click("#t-" + r.task(n) + " .card-title")
	tab.WaitVisible(".task[data-task='" + r.task(n) + "']")
}

// task is the ID of step n.
func (r *relayRace) task(n int) string { return r.id[n-1] }

// key is what people call it.
func (r *relayRace) key(n int) string { return fmt.Sprint("ONB-", n) }

func (r *relayRace) form(method, path string, fields ...string) {
	r.t.Helper()
	answer := r.byForm.Send(method, path, fields...)
	require.Equal(r.t, http.StatusSeeOther, answer.Status, answer.Body)
}

// giveOwners gives two tasks their owners by mouse, the others by the same form.
func (r *relayRace) giveOwners() {
	people := browser.Eval[map[string]string](r.ana, `fetch('/tasks/`+r.task(1)+`', {headers: {'HX-Request': 'true'}}).then(r => r.text())
		.then(t => Object.fromEntries([...new DOMParser().parseFromString(t, 'text/html').querySelectorAll('.task-choice')].map(l => [l.lastElementChild.textContent, l.querySelector('input').value])))`)
	require.Len(r.t, people, 4)
	for _, n := range []int{1, 6} {
		r.open(r.ana, n)
		r.ana.Click("#task-owners summary")
		r.ana.Click(".task-choice >> " + onboarding[n-1].owner)
		r.ana.Click("#task-details-form .task-save .button-main")
		r.ana.WaitVisible("#task-owners summary >> " + onboarding[n-1].owner)
		r.ana.Press("Escape")
		r.ana.WaitGone(".task")
	}
	for i, s := range onboarding {
		if i != 0 && i != 5 {
			r.form("PUT", "/tasks/"+r.id[i], "version", "1000000", "owners", people[s.owner])
		}
	}
	// Ben hears of what he was given, at once and by name.
	mine := 0
	for _, s := range onboarding {
		if s.owner == it {
			mine++
		}
	}
	r.unread(r.ben, mine)
	r.ben.Go("/inbox")
	r.ben.WaitVisible(".inbox-item >> Order the laptop")
	r.ben.Click("main form .button >> Mark all as read")
	r.unread(r.ben, 0)
	r.ben.Go(r.board)
}

func (r *relayRace) unread(tab *browser.Tab, n int) {
	r.t.Helper()
	tab.Until("document.querySelector('#unread').dataset.unread === '" + strconv.Itoa(n) + "'")
}

// connect adds the dependencies: one by mouse, one by keyboard, one from the
// other end, the rest by the same form. What has to wait goes to Waiting at once.
func (r *relayRace) connect() {
	r.open(r.ana, 2)
	r.ana.Type("#task-find-prerequisites", "contract")
	r.ana.Click("#task-waits-for .task-option >> Sign the contract")
	r.ana.WaitVisible("#task-waits-for .task-link-row >> " + r.key(1))

	r.ana.Press("Escape")
	r.ana.WaitGone(".task")
	r.seesIn(r.ben, 2, "Waiting")
	r.open(r.ana, 3)
	r.ana.Focus("#task-find-prerequisites")
	r.ana.Press("O", "N", "B", "-", "1")
	r.ana.WaitVisible("#task-waits-for .task-option >> " + r.key(1))
	r.ana.Press("ArrowDown", "Enter")
	r.ana.WaitVisible("#task-waits-for .task-link-row >> " + r.key(1))
	r.seesIn(r.ben, 3, "Waiting")

	r.open(r.ben, 1)
	r.ben.Type("#task-find-dependents", "order the laptop")
	r.ben.Click("#task-holds-up .task-option >> Order the laptop")
	r.ben.WaitVisible("#task-holds-up .task-link-row >> " + r.key(6))
	r.ben.Press("Escape")
	r.ana.Press("Escape")
	r.seesIn(r.ana, 6, "Waiting")

	for n, s := range onboarding {
		for _, before := range s.after {
			if n+1 == 2 || n+1 == 3 || n+1 == 6 {
				continue // these are there
			}
			r.form("POST", "/tasks/"+r.id[n]+"/prerequisites", "task", r.task(before))
		}
	}
	for n, s := range onboarding {
		column := "Ready"
		if len(s.after) > 0 {
			column = "Waiting"
		}
		r.seesIn(r.ana, n+1, column)
		r.seesIn(r.ben, n+1, column)
	}
	r.ana.Axe()
	require.Contains(r.t, r.ana.Text("#t-"+r.task(1)), "Finishing this releases")
	require.Contains(r.t, r.ben.Text("#t-"+r.task(5)), "Waits for "+r.key(3)+" Register with payroll +1")
}

// seesIn waits until somebody sees a task's card in a column.
func (r *relayRace) seesIn(tab *browser.Tab, n int, column string) {
	r.t.Helper()
	tab.Until(fmt.Sprintf("document.querySelector('#l-%s > #t-%s')", r.column[column], r.task(n)))
}

// refuseACircle tries what cannot be: the first after the last.
func (r *relayRace) refuseACircle() {
	r.open(r.ana, 1)
	r.ana.Type("#task-find-prerequisites", "first month")
	r.ana.Click("#task-waits-for .task-option >> Talk after the first month")
	r.ana.WaitVisible(".task-circle")
	circle := strings.Split(r.ana.Text(".task-circle"), " → ")
	require.Equal(r.t, []string{r.key(1), r.key(30), r.key(1)}, []string{circle[0], circle[len(circle)-2], circle[len(circle)-1]})
	for i := range len(circle) - 2 {
		before, err := strconv.Atoi(strings.TrimPrefix(circle[i], "ONB-"))
		require.NoError(r.t, err)
		after, err := strconv.Atoi(strings.TrimPrefix(circle[i+1], "ONB-"))
		require.NoError(r.t, err)
		require.Contains(r.t, onboarding[after-1].after, before, "a real path")
	}
	r.ana.Press("Escape")
	r.ana.WaitGone(".task")

	// Nor is a waiting card dragged forward: it goes back and says why.
	r.ben.Drag("#t-"+r.task(2), "#l-"+r.column["In progress"], -1)
	r.ben.WaitVisible("#refusal")
	require.Contains(r.t, r.ben.Text("#refusal"), r.key(1))
	r.ben.Press("Escape")
	r.seesIn(r.ben, 2, "Waiting")
}

// work works the list from the first ready task to the last.
func (r *relayRace) work() {
	for turn := 0; slices.Contains(r.done, false); turn++ {
		n := r.next()
		worker, other := r.ana, r.ben
		if s := onboarding[n-1]; s.owner == it || s.owner == newHire {
			worker, other = r.ben, r.ana
		}
		r.complete(worker, n, turn)
		r.done[n-1] = true
		freed := r.freedBy(n)
		r.released += len(freed)
		for _, tab := range []*browser.Tab{other, worker} {
			r.seesIn(tab, n, "Done")
			for _, f := range freed {
				r.seesIn(tab, f, "Ready")
				tab.Until(fmt.Sprintf("document.querySelector('#t-%s').innerText.includes(%q)", r.task(f), "Ready because of "+r.key(n)))
			}
		}
		if turn == 0 { // and why?
			r.open(r.ben, 2)
			r.ben.Click("#task-why summary")
			why := strings.Split(r.ben.Text("#task-why .task-chain"), "\n")
			require.Equal(r.t, r.key(2)+" went by itself from Waiting to Ready", why[0])
			require.Contains(r.t, why, manager+" completed "+r.key(1), "back to a person's click")
			r.ben.Press("Escape")
		}
		if turn == 0 { // four tasks became Ben's turn by Ana's click
			r.unread(r.ben, 4)
			r.ben.Go("/inbox")
			r.ben.WaitVisible(".inbox-item.inbox-new >> Order the laptop")
			r.ben.Go("/my-work")
			r.ben.WaitVisible("main a >> Make the door badge")
			r.ben.Go(r.board)
		}
		r.nothingElseIsReady()
	}
	for n := range onboarding {
		r.seesIn(r.ana, n+1, "Done")
	}
	require.Equal(r.t, 29, r.released, "each but the first was released once")
}

// next is the first task that is not done and has nothing left to wait for.
func (r *relayRace) next() int {
	for i := range onboarding {
		if !r.done[i] && r.isFree(i+1) {
			return i + 1
		}
	}
	require.Fail(r.t, "everything waits")
	return 0
}

func (r *relayRace) isFree(n int) bool {
	return !slices.ContainsFunc(onboarding[n-1].after, func(before int) bool { return !r.done[before-1] })
}

func (r *relayRace) freedBy(n int) []int {
	var freed []int
	for i, s := range onboarding {
		if slices.Contains(s.after, n) && r.isFree(i+1) {
			freed = append(freed, i+1)
		}
	}
	return freed
}

// nothingElseIsReady compares the whole of both boards with the checklist.
func (r *relayRace) nothingElseIsReady() {
	var ready []string
	for i := range onboarding {
		if !r.done[i] && r.isFree(i+1) {
			ready = append(ready, "t-"+r.id[i])
		}
	}
	for _, tab := range []*browser.Tab{r.ana, r.ben} {
		require.ElementsMatch(r.t, ready, browser.Eval[[]string](tab, "[...document.querySelectorAll('#l-"+r.column["Ready"]+" .card')].map(c => c.id)"))
	}
}

// complete finishes a task in one of the ways there are.
func (r *relayRace) complete(tab *browser.Tab, n, turn int) {
	card := "#t-" + r.task(n)
	switch turn % 4 {
	case 0: // in the panel, at once
		r.open(tab, n)
		tab.Click(".task-actions button >> Complete")
		tab.WaitVisible(".task .task-stands >> Done")
		tab.Press("Escape")
		tab.WaitGone(".task")
	case 1: // by mouse
		tab.Drag(card, "#l-"+r.column["Done"], -1)
	case 2: // by keyboard, three columns to the right
		tab.Focus(card + " .card-title")
		tab.Press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
	case 3: // begun first, and put into its place by the menu
		r.open(tab, n)
		tab.Click(".task-actions button >> Start")
		tab.WaitVisible(".task .task-stands >> In progress")
		tab.Click(".task-actions a >> Move to…")
		tab.Click(`[aria-label="Move to the top of Done"]`)
		tab.WaitVisible(".task .task-stands >> Done")
		tab.Press("Escape")
		tab.WaitGone(".task")
	}
}

// readTheLog reads what happened, and why the last task moved.
func (r *relayRace) readTheLog() {
	r.open(r.ana, 30)
	r.ana.Click("#task-why summary")
	require.Contains(r.t, r.ana.Text("#task-why .task-chain"), manager+" completed "+r.key(30))
	r.ana.Press("Escape")

	r.ana.Go("/teams/" + r.team + "/log?by=auto&action=" + string(models.TaskReleased))
	lines := browser.Eval[[]string](r.ana, "[...document.querySelectorAll('.log-line .log-said > p')].map(p => p.innerText)")
	require.Len(r.t, lines, r.released)
	require.Contains(r.t, lines[0], r.key(30))
	require.Contains(r.t, lines[len(lines)-1], r.key(1), "because of")
	r.ana.Axe()

	r.ben.Go("/teams/" + r.team + "/log")
	require.False(r.t, r.ben.Sees(".log-line"), "the log is for managers")
	r.ben.Go("/tasks/" + r.task(13) + "/history")
	require.Contains(r.t, r.ben.Text("main"), "Set up the laptop")
}
