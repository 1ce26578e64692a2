package tests

import (
	"bytes"
	"context"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/handlers"
	"relevo/handlers/web"
	"relevo/models"
	"relevo/models/access"
	"relevo/models/attention"
	"relevo/models/custom"
	"relevo/models/flow"
	"relevo/models/recur"
	"relevo/tests/testapp"
)

// visit says how a route is asked for so that whoever may, succeeds.
type visit struct {
	query string
	form  func(w *world) []string // prepares what is needed and fills the form in
	want  int                     // status for who may; 0: any success
	own   bool                    // ends a session, so whoever asks signs in anew
}

func plain(fields ...string) func(*world) []string {
	return func(*world) []string { return fields }
}

// visits has one visit for every route: a route without fails the test.
var visits = map[string]visit{
	"GET /healthz":  {},
	"GET /readyz":   {},
	"GET /static/*": {want: http.StatusNotFound},
	"POST /theme":   {form: plain("theme", "dark")},

	"GET /":           {},
	"GET /welcome":    {want: http.StatusSeeOther},
	"POST /welcome":   {form: plain("name", "Eve", "email", "eve@example.com", "password", testapp.Password), want: http.StatusNotFound},
	"GET /sign-up":    {},
	"POST /sign-up":   {form: plain("name", "Eve", "email", "eve@example.com", "password", testapp.Password)},
	"GET /sign-in":    {},
	"POST /sign-in":   {form: plain("email", "nobody@example.com", "password", "wrong"), want: http.StatusUnauthorized},
	"DELETE /session": {own: true},

	"GET /account":                                {},
	"PUT /account":                                {form: plain("name", "Somebody", "lang", "en", "zone", "UTC")},
	"PUT /account/password":                       {form: plain("current", "wrong", "password", "something else entirely"), want: http.StatusUnprocessableEntity},
	"DELETE /account/sessions":                    {own: true},
	"DELETE /account/sessions/:session":           {own: true, form: func(w *world) []string { w.at["session"] = w.session(); return nil }},
	"GET /settings":                               {},
	"PUT /settings":                               {form: plain("sign_up", "open")},
	"GET /teams/new":                              {},
	"POST /teams":                                 {form: plain("name", "Another", "zone", "UTC")},
	"PUT /teams/:team":                            {form: plain("name", "Renamed", "zone", "UTC")},
	"PUT /teams/:team/calendar":                   {form: plain("works", "1", "works", "2", "holidays", "2026-12-25 Christmas")},
	"GET /teams/:team/settings":                   {},
	"GET /teams/:team/members":                    {},
	"PUT /teams/:team/members/:person":            {form: plain("role", "manager")},
	"DELETE /teams/:team/members/:person":         {},
	"DELETE /teams/:team/membership":              {form: func(w *world) []string { return w.secondOwner() }},
	"POST /teams/:team/invitations":               {form: plain("role", "member", "days", "7", "uses", "1")},
	"DELETE /teams/:team/invitations/:invitation": {},
	"GET /invitations/:token":                     {},
	"POST /invitations/:token/acceptance":         {},

	"GET /tasks/:task":                 {},
	"PUT /tasks/:task":                 {form: func(w *world) []string { return w.seen("title", "Renamed") }},
	"DELETE /tasks/:task":              {form: func(w *world) []string { return w.seen() }},
	"GET /tasks/:task/place":           {},
	"PUT /tasks/:task/place":           {form: func(w *world) []string { return w.seen("column", w.column(flow.InProgress)) }},
	"GET /tasks/:task/card":            {},
	"GET /tasks/:task/card/:part":      {form: func(w *world) []string { w.at["part"] = "owners"; return nil }},
	"PUT /tasks/:task/card/:part":      {form: func(w *world) []string { w.at["part"] = "due"; return w.seen("due", "2030-02-03") }},
	"PUT /tasks/:task/dates":           {form: func(w *world) []string { return w.seen("due", "2026-11-30") }},
	"GET /boards/:board/calendar":      {query: "?month=2026-11"},
	"GET /boards/:board/timeline":      {query: "?zoom=week"},
	"GET /tasks/:task/dates":           {query: "?due=2030-02-04"},
	"GET /boards/:board/diagram":       {},
	"GET /boards/:board/diagram/:form": {form: func(w *world) []string { w.at["form"] = "svg"; return nil }},
	"POST /boards/:board/tasks":        {form: plain("title", "On a day", "due", "2026-11-30")},
	"GET /tasks/:task/copies/new":      {},
	"POST /tasks/:task/copies":         {form: plain("title", "Again", "owners", "on", "items", "on", "files", "on", "prerequisites", "on", "dependents", "on")},
	"GET /tasks/:task/board":           {},
	"PUT /tasks/:task/board":           {form: func(w *world) []string { return w.seen("board", w.app.Board(w.boss, w.team, "Elsewhere").ID) }},
	"POST /tasks/:task/completion":     {form: func(w *world) []string { return w.seen() }},
	"DELETE /tasks/:task/completion":   {form: func(w *world) []string { return w.seenAfter(w.app.Store.CompleteTask) }},
	"POST /tasks/:task/cancellation":   {form: func(w *world) []string { return w.seen("reason", "not needed") }},
	"DELETE /tasks/:task/cancellation": {form: func(w *world) []string {
		return w.seenAfter(func(ctx context.Context, who models.Actor, task string, seen int64) error {
			return w.app.Store.CancelTask(ctx, who, task, seen, "not needed")
		})
	}},
	"PUT /tasks/:task/archive":    {form: func(w *world) []string { return w.seen() }},
	"DELETE /tasks/:task/archive": {form: func(w *world) []string { return w.seenAfter(w.app.Store.ArchiveTask) }},
	"PUT /tasks/:task/block":      {form: func(w *world) []string { return w.seen("reason", "no paper") }},
	"DELETE /tasks/:task/block": {form: func(w *world) []string {
		return w.seenAfter(func(ctx context.Context, who models.Actor, task string, seen int64) error {
			return w.app.Store.BlockTask(ctx, who, task, seen, "no paper")
		})
	}},
	"PUT /tasks/:task/override": {form: func(w *world) []string { return w.waiting().seen("reason", "it cannot wait") }},
	"DELETE /tasks/:task/override": {form: func(w *world) []string {
		return w.waiting().seenAfter(func(ctx context.Context, who models.Actor, task string, seen int64) error {
			return w.app.Store.OverrideTask(ctx, who, task, seen, "it cannot wait")
		})
	}},
	"PUT /tasks/:task/repetition":                     {form: func(w *world) []string { return w.seen("preset", "FREQ=DAILY") }},
	"DELETE /tasks/:task/repetition":                  {form: func(w *world) []string { return w.seen() }},
	"POST /tasks/:task/repetition/skips":              {form: func(w *world) []string { return w.repeating().seen() }},
	"PUT /tasks/:task/approval":                       {form: func(w *world) []string { return w.seen("approvers", "", "role", "owner", "mode", "any") }},
	"DELETE /tasks/:task/approval":                    {form: func(w *world) []string { return w.asked().seen() }},
	"POST /tasks/:task/approval/renewal":              {form: func(w *world) []string { return w.rejected().seen() }},
	"POST /tasks/:task/approval/answers":              {form: func(w *world) []string { return w.asked().seen("answer", "approve") }},
	"GET /tasks/:task/candidates":                     {query: "?q=task"},
	"POST /tasks/:task/prerequisites":                 {form: func(w *world) []string { return []string{"task", w.tasks[2]} }},
	"PUT /tasks/:task/prerequisites/:prerequisite":    {form: func(w *world) []string { return w.waiting().link() }},
	"DELETE /tasks/:task/prerequisites/:prerequisite": {form: func(w *world) []string { return w.waiting().seen() }},
	"POST /tasks/:task/dependents":                    {form: func(w *world) []string { return []string{"task", w.tasks[2]} }},
	"PUT /tasks/:task/dependents/:dependent":          {form: func(w *world) []string { return w.link() }},
	"DELETE /tasks/:task/dependents/:dependent":       {form: func(w *world) []string { return w.seen() }},
	"POST /tasks/:task/items":                         {form: plain("texts", "Call\nWrite", "required", "on")},
	"PUT /tasks/:task/items/:item":                    {form: func(w *world) []string { return w.seen("text", "Renamed") }},
	"DELETE /tasks/:task/items/:item":                 {},
	"PUT /tasks/:task/items/:item/tick":               {},
	"DELETE /tasks/:task/items/:item/tick":            {},
	"PUT /tasks/:task/items/:item/place":              {form: plain("before", "")},
	"POST /tasks/:task/items/:item/task":              {},
	"POST /tasks/:task/files":                         {want: http.StatusUnprocessableEntity}, // tests of files send some
	"GET /tasks/:task/files/:file":                    {},
	"GET /tasks/:task/files/:file/thumbnail":          {},
	"PUT /tasks/:task/files/:file":                    {form: func(w *world) []string { return w.seen("name", "Renamed") }},
	"DELETE /tasks/:task/files/:file":                 {},
	"DELETE /tasks/:task/files/:file/removal":         {form: func(w *world) []string { return w.removedFile() }},
	"DELETE /tasks/:task/files/:file/content":         {form: func(w *world) []string { return w.removedFile() }},
	"DELETE /tasks/:task/deletion":                    {form: func(w *world) []string { w.deleted(); return nil }},
	"GET /tasks/:task/comments":                       {},
	"POST /tasks/:task/comments":                      {form: plain("body", "Hello @owner")},
	"GET /tasks/:task/comments/:comment":              {},
	"PUT /tasks/:task/comments/:comment":              {form: func(w *world) []string { return w.comment().seen("body", "Hello again") }},
	"DELETE /tasks/:task/comments/:comment":           {form: func(w *world) []string { w.comment(); return nil }},
	"GET /tasks/:task/history":                        {},
	"POST /tasks/:task/reading":                       {},

	"GET /search":  {query: "?q=task"},
	"GET /palette": {query: "?q=task", want: http.StatusSeeOther},

	"GET /teams/:team":                               {},
	"POST /teams/:team/boards":                       {form: plain("name", "Another")},
	"POST /teams/:team/sample-board":                 {},
	"GET /teams/:team/imports/new":                   {},
	"POST /teams/:team/imports":                      {want: http.StatusUnprocessableEntity},
	"GET /teams/:team/imports/:import":               {form: func(w *world) []string { w.keepImport(); return nil }},
	"PUT /teams/:team/imports/:import":               {form: func(w *world) []string { w.keepImport(); return []string{"name", "From a file", "field", "title"} }},
	"DELETE /teams/:team/imports/:import":            {form: func(w *world) []string { w.keepImport(); return nil }},
	"GET /teams/:team/imports/:import/plan":          {form: func(w *world) []string { w.keepImport(); return nil }},
	"GET /teams/:team/imports/:import/far":           {form: func(w *world) []string { w.keepImport(); return nil }},
	"POST /teams/:team/imports/:import/board":        {form: func(w *world) []string { w.keepImport(); return nil }},
	"GET /teams/:team/report":                        {},
	"GET /teams/:team/report/tasks":                  {query: "?of=open"},
	"GET /teams/:team/report.csv":                    {query: "?part=holding"},
	"GET /my-work/report":                            {},
	"GET /my-work/report/tasks":                      {query: "?of=doing"},
	"GET /my-work/report.csv":                        {query: "?part=people"},
	"GET /teams/:team/templates":                     {},
	"GET /teams/:team/templates/new":                 {},
	"POST /teams/:team/templates":                    {form: plain("shipped", "order-processing")},
	"GET /templates/:template":                       {},
	"PUT /templates/:template":                       {form: plain("source", "name: Renamed", "version", "999")},
	"GET /templates/:template/draft":                 {},
	"GET /templates/:template/diagram":               {},
	"GET /templates/:template/diagram/:form":         {form: func(w *world) []string { w.at["form"] = "svg"; return nil }},
	"GET /templates/:template/drawing":               {},
	"POST /templates/:template/drawing":              {form: plain("do", "add", "title", "One more step")},
	"PUT /templates/:template/drawing":               {form: plain("source", "name: Drawn", "version", "999")},
	"GET /templates/:template/comparison":            {},
	"POST /templates/:template/versions":             {form: func(w *world) []string { return w.redrafted() }},
	"GET /templates/:template/moves":                 {},
	"POST /templates/:template/moves":                {form: func(w *world) []string { return w.movable() }},
	"PUT /templates/:template/archive":               {},
	"DELETE /templates/:template/archive":            {},
	"GET /templates/:template/runs":                  {},
	"GET /templates/:template/runs/table":            {query: "?all=1"},
	"GET /templates/:template/runs.csv":              {},
	"GET /templates/:template/report":                {},
	"GET /templates/:template/report/tasks":          {query: "?of=turn&at=one"},
	"GET /templates/:template/report.csv":            {query: "?part=steps"},
	"GET /templates/:template/runs/new":              {},
	"GET /new/:code":                                 {form: func(w *world) []string { w.at["code"] = models.Template{ID: w.at["template"]}.ShortName(); return nil }},
	"POST /templates/:template/sheet":                {form: func(w *world) []string { return []string{"board", w.at["board"]} }},
	"POST /templates/:template/runs":                 {form: func(w *world) []string { return []string{"board", w.at["board"]} }},
	"GET /templates/:template/batches/new":           {},
	"GET /templates/:template/batches/example.csv":   {},
	"POST /templates/:template/batches/plan":         {form: func(w *world) []string { return []string{"board", w.at["board"], "table", "name\nOne\n"} }},
	"POST /templates/:template/batches":              {form: func(w *world) []string { return []string{"board", w.at["board"], "table", "name\nOne\n"} }},
	"GET /templates/:template/batches/:batch":        {form: func(w *world) []string { w.at["batch"] = models.NewID(); return nil }},
	"GET /runs/:run":                                 {},
	"GET /runs/:run/timeline":                        {query: "?zoom=week"},
	"GET /runs/:run/diagram":                         {},
	"GET /runs/:run/diagram/:form":                   {form: func(w *world) []string { w.at["form"] = "svg"; return nil }},
	"POST /boards/:board/template":                   {},
	"GET /runs/:run/outline":                         {},
	"GET /runs/:run/steps/new":                       {},
	"POST /runs/:run/steps":                          {form: plain("title", "Besides")},
	"POST /runs/:run/template":                       {},
	"PUT /runs/:run/pause":                           {},
	"DELETE /runs/:run/pause":                        {form: func(w *world) []string { w.paused(); return nil }},
	"POST /runs/:run/cancellation":                   {form: plain("open", "cancel")},
	"PUT /runs/:run/roles/:role":                     {form: func(w *world) []string { w.at["role"] = "doer"; return []string{"person", ""} }},
	"PUT /runs/:run/tasks/:task/items/:item/tick":    {form: func(w *world) []string { return w.inRun() }},
	"DELETE /runs/:run/tasks/:task/items/:item/tick": {form: func(w *world) []string { return w.inRun() }},
	"POST /runs/:run/tasks/:task/answers":            {form: func(w *world) []string { return append(w.inRun(), "answer.found", "It works") }},
	"POST /runs/:run/tasks/:task/completion":         {form: func(w *world) []string { return append(w.inRun(), "answer.found", "It works") }},
	"DELETE /runs/:run/tasks/:task/completion": {form: func(w *world) []string {
		fields := w.inRun()
		if v, err := w.app.Store.Task(w.ctx(), w.owner(), w.at["task"]); err == nil && v.Task.State.Open() {
			w.must(w.app.Store.CompleteStep(w.ctx(), w.owner(), w.at["task"], 1<<40, nil))
		}
		return fields
	}},
	"POST /runs/:run/tasks/:task/comments":      {form: func(w *world) []string { return append(w.inRun(), "body", "Hello") }},
	"PUT /runs/:run/tasks/:task/omission":       {form: func(w *world) []string { return w.inRun() }},
	"DELETE /runs/:run/tasks/:task/omission":    {form: func(w *world) []string { return w.inRun() }},
	"GET /boards/:board/export.csv":             {},
	"GET /boards/:board/export.json":            {},
	"GET /boards/:board":                        {},
	"GET /boards/:board/report":                 {query: "?period=90"},
	"GET /boards/:board/report/tasks":           {query: "?of=open"},
	"GET /boards/:board/report.csv":             {query: "?part=finished"},
	"GET /boards/:board/changes":                {query: "?since=0"},
	"GET /boards/:board/views":                  {query: "?face=table&sort=due"},
	"GET /boards/:board/views/new":              {query: "?face=table&query=sort%3Ddue"},
	"POST /boards/:board/views":                 {form: plain("name", "Mine", "face", "table", "query", "sort=due")},
	"GET /boards/:board/views/:view":            {form: func(w *world) []string { return w.ownView() }},
	"PUT /boards/:board/views/:view":            {form: func(w *world) []string { w.ownView(); return []string{"name", "Renamed"} }},
	"DELETE /boards/:board/views/:view":         {form: func(w *world) []string { return w.ownView() }},
	"PUT /boards/:board/views/:view/default":    {form: func(w *world) []string { return w.ownView() }},
	"DELETE /boards/:board/views/:view/default": {form: func(w *world) []string { return w.ownView() }},
	"PUT /boards/:board/views/:view/sharing":    {form: func(w *world) []string { return w.ownView() }},
	"DELETE /boards/:board/views/:view/sharing": {},
	"GET /boards/:board/table":                  {query: "?group=owner&sort=due"},
	"GET /boards/:board/table/rows":             {query: "?after=nothing"},
	"GET /boards/:board/settings":               {},
	"PUT /boards/:board":                        {form: plain("name", "Renamed", "key", "REN", "version", "999")},
	"DELETE /teams/:team/greeting":              {},
	"PUT /boards/:board/archive":                {},
	"DELETE /boards/:board":                     {form: func(w *world) []string { w.sampleBoard(); return nil }},
	"DELETE /boards/:board/archive": {form: func(w *world) []string {
		w.must(w.app.Store.ArchiveBoard(w.ctx(), w.owner(), w.at["board"]))
		return nil
	}},
	"GET /boards/:board/deeds/new": {},
	"POST /boards/:board/deeds": {form: func(w *world) []string {
		return w.seen("tasks", w.tasks[0], "tasks", w.tasks[1], "deed", "prioritise 3")
	}},
	"GET /boards/:board/closed":                 {},
	"GET /boards/:board/bin":                    {},
	"POST /boards/:board/labels":                {form: plain("name", "Urgent", "colour", "red", "icon", "flag")},
	"PUT /boards/:board/labels/:label":          {form: plain("name", "Renamed", "colour", "blue", "icon", "tag")},
	"DELETE /boards/:board/labels/:label":       {},
	"GET /boards/:board/fields":                 {},
	"POST /boards/:board/fields":                {form: plain("name", "Price", "kind", "number")},
	"GET /boards/:board/fields/:field":          {},
	"PUT /boards/:board/fields/:field":          {form: plain("name", "Renamed")},
	"PUT /boards/:board/fields/:field/place":    {form: plain("before", "")},
	"DELETE /boards/:board/fields/:field":       {},
	"POST /boards/:board/columns":               {form: plain("name", "Extra", "state", "ready")},
	"GET /columns/:column":                      {},
	"PUT /columns/:column":                      {form: plain("name", "Renamed", "state", "ready", "version", "999")},
	"PUT /columns/:column/place":                {form: plain("before", "")},
	"GET /columns/:column/removal":              {},
	"DELETE /columns/:column":                   {form: func(w *world) []string { return w.spareColumn() }},
	"GET /columns/:column/cards":                {},
	"GET /columns/:column/tasks":                {},
	"POST /columns/:column/tasks":               {form: plain("titles", "One\nTwo")},
	"POST /columns/:column/preview":             {form: plain("titles", "One @me")},
	"GET /boards/:board/dependencies":           {},
	"GET /boards/:board/offers":                 {query: "?kind=owner&q=a"},
	"GET /help/adding":                          {},
	"GET /events":                               {},
	"POST /teams/:team/changes/:change/undoing": {form: func(w *world) []string { w.deed(); return nil }},

	"GET /teams/:team/log":                             {},
	"GET /teams/:team/log/entries/:entry":              {},
	"GET /teams/:team/log/entries/:entry/proof":        {},
	"GET /teams/:team/log/seal":                        {},
	"GET /teams/:team/log/print":                       {query: "?by=hand"},
	"GET /teams/:team/log/export":                      {},
	"POST /teams/:team/log/exports":                    {form: plain("form", "csv")},
	"POST /teams/:team/log/heads":                      {},
	"POST /teams/:team/log/comparisons":                {},
	"GET /teams/:team/log/filters":                     {},
	"POST /teams/:team/log/filters":                    {form: plain("name", "Mine", "action", "overrides")},
	"PUT /teams/:team/log/filters/:filter":             {form: plain("name", "Renamed")},
	"DELETE /teams/:team/log/filters/:filter":          {},
	"PUT /teams/:team/log/filters/:filter/sharing":     {},
	"DELETE /teams/:team/log/filters/:filter/sharing":  {},
	"GET /teams/:team/log/attention":                   {query: "?show=all"},
	"GET /teams/:team/log/attention/rules":             {},
	"PUT /teams/:team/log/attention/rules/:rule":       {form: plain("on", "on", "least", "3", "opens", "8", "closes", "20")},
	"PUT /teams/:team/log/attention/:rule/:finding":    {form: plain("verdict", "fine", "note", "It was agreed")},
	"DELETE /teams/:team/log/attention/:rule/:finding": {form: func(w *world) []string { w.marked(); return nil }},
	"GET /my-work":                                 {},
	"GET /inbox":                                   {},
	"POST /inbox/reading":                          {},
	"POST /notices/:notice/reading":                {form: func(w *world) []string { w.notify(); return nil }},
	"DELETE /notices/:notice/reading":              {form: func(w *world) []string { w.notify(); return nil }},
	"PUT /notices/:notice/snooze":                  {form: func(w *world) []string { w.notify(); return []string{"until", "tomorrow"} }},
	"POST /inbox/clearing":                         {},
	"GET /inbox/settings":                          {},
	"PUT /inbox/settings":                          {form: plain("inbox.your_turn", "on", "inbox.assigned", "on", "watch_commented", "on")},
	"DELETE /tasks/:task/reading":                  {},
	"PUT /tasks/:task/clearing":                    {},
	"DELETE /tasks/:task/clearing":                 {},
	"PUT /tasks/:task/snooze":                      {form: plain("until", "tomorrow")},
	"DELETE /tasks/:task/snooze":                   {},
	"PUT /tasks/:task/mute":                        {},
	"DELETE /tasks/:task/mute":                     {},
	"PUT /tasks/:task/watch":                       {},
	"DELETE /tasks/:task/watch":                    {},
	"POST /tasks/:task/watch":                      {},
	"GET /boards/:board/watchers":                  {},
	"PUT /boards/:board/watch":                     {},
	"DELETE /boards/:board/watch":                  {},
	"PUT /boards/:board/mute":                      {},
	"DELETE /boards/:board/mute":                   {},
	"GET /teams/:team/log/reviews":                 {},
	"GET /teams/:team/log/reviews/new":             {query: "?by=hand"},
	"POST /teams/:team/log/reviews":                {form: plain("name", "Who did it?", "by", "hand", "sample", "3", "seed", "x")},
	"GET /reviews/:review":                         {},
	"GET /reviews/:review/print":                   {},
	"GET /reviews/:review/export.csv":              {},
	"POST /reviews/:review/sights":                 {},
	"POST /reviews/:review/signature":              {form: func(w *world) []string { w.unquestioned(); return []string{"conclusion", "Nobody"} }},
	"POST /reviews/:review/entries/:entry/sight":   {},
	"PUT /reviews/:review/entries/:entry/question": {form: func(w *world) []string { return []string{"person", w.boss.ID, "question", "Why?"} }},
	"GET /reviews/:review/entries/:entry/question": {form: func(w *world) []string { w.questioned(); return nil }},
	"PUT /reviews/:review/entries/:entry/answer":   {form: func(w *world) []string { w.questioned(); return []string{"answer", "Because"} }},
}

// everyone plays the parts that a route is asked for in.
type everyone struct {
	admin, visitor, stranger, extra *testapp.Person
	roles                           map[access.Role]*testapp.Person
}

// world is a team with everything in it that a route can name.
type world struct {
	t     *testing.T
	app   *testapp.App
	boss  *testapp.Person
	asks  *testapp.Person // who asks
	team  models.Team
	tasks []string
	at    map[string]string // what the parameters of a path stand for
}

func TestEveryRouteLetsInWhomItsActionLetsInAndNobodyElse(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	all := everyone{admin: app.Person("Admin"), visitor: app.Visitor(), stranger: app.Person("Stranger"), extra: app.Person("Extra"),
		roles: map[access.Role]*testapp.Person{}}
	for _, role := range access.Roles {
		all.roles[role] = app.Person("The " + string(role))
	}
	secret := newWorld(t, app, all.stranger, "Secret", everyone{})
	routes := handlers.Routes(&web.Web{})
	var kept *world // between routes that only read
	spent := false
	for _, r := range routes {
		changes := r.Method != http.MethodGet
		if spent || changes {
			kept = nil
		}
		spent = changes
		open := func() *world {
			if kept == nil {
				kept = newWorld(t, app, all.roles[access.Owner], "Open", all)
			}
			return kept
		}
		name := r.Method + " " + r.Path
		v, known := visits[name]
		if !known {
			t.Errorf("%s has no visit in this test: say how it is asked for", name)
			continue
		}
		ask := func(p *testapp.Person, who string, want func(int) bool) {
			t.Helper()
			a := open().ask(p, r, v)
			if v.own && p != all.visitor {
				p.SignIn()
			}
			if !want(a.Status) {
				t.Errorf("%s for %s: %d", name, who, a.Status)
			}
			if changes && a.Status < 400 {
				kept = nil
			}
		}
		mayEnter := func(s int) bool { return s == v.want || v.want == 0 && s >= 200 && s < 400 }
		refusedUnknown := func(s int) bool {
			return s == http.StatusUnauthorized || r.Method == http.MethodGet && s == http.StatusSeeOther
		}
		is := func(want int) func(int) bool { return func(s int) bool { return s == want } }
		switch r.Action {
		case access.Anyone:
			ask(all.visitor, "nobody", mayEnter)
			ask(all.roles[access.Viewer], "viewer", mayEnter)
			continue
		case access.SignedIn:
			ask(all.visitor, "nobody", refusedUnknown)
			ask(all.roles[access.Member], "member", mayEnter)
		case access.Administer:
			ask(all.visitor, "nobody", refusedUnknown)
			ask(all.roles[access.Owner], "owner", is(http.StatusNotFound))
			ask(all.admin, "administrator", mayEnter)
		default:
			ask(all.visitor, "nobody", refusedUnknown)
			ask(all.stranger, "another team's owner", is(http.StatusNotFound))
			for _, role := range access.Roles {
				if access.Can(role, r.Action) {
					ask(all.roles[role], string(role), mayEnter)
				} else {
					ask(all.roles[role], string(role), is(http.StatusForbidden))
				}
			}
		}
		open().foreign(all.roles[access.Owner], r, v, secret)
	}
	for name := range visits {
		if !slices.ContainsFunc(routes, func(r handlers.Route) bool { return r.Method+" "+r.Path == name }) {
			t.Errorf("%s is visited here and is no route", name)
		}
	}
}

// foreign puts another team's ID in each place of the path in turn.
func (w *world) foreign(p *testapp.Person, r handlers.Route, v visit, secret *world) {
	w.t.Helper()
	for param, theirs := range secret.at {
		if !strings.Contains(r.Path+"/", "/:"+param+"/") {
			continue
		}
		ids := []string{theirs, "nothing", "%00", "%ff", "'"}
		if param == "token" || param == "entry" || param == "finding" || param == "rule" { // whoever holds the one may enter: that is what it is for; the other is a number that every log has
			ids = ids[1:]
		}
		for _, id := range ids {
			w.asks = p
			kept := maps.Clone(w.at)
			fields := w.fill(v)
			w.at[param] = id
			a := w.send(p, r, v, fields)
			w.at = kept
			if a.Status != http.StatusNotFound {
				w.t.Errorf("%s %s with %s %q: %d", r.Method, r.Path, param, id, a.Status)
			}
			if strings.Contains(a.Body, "Secret") {
				w.t.Errorf("%s %s with another team's %s tells of it", r.Method, r.Path, param)
			}
		}
	}
}

func TestAnotherTeamsThingsInAFormAreNotThere(t *testing.T) {
	t.Parallel()
	app := testapp.Start(t)
	owner, stranger := app.Person("Owner"), app.Person("Stranger")
	secret := newWorld(t, app, stranger, "Secret", everyone{})
	w := newWorld(t, app, owner, "Open", everyone{})
	task, column := "/tasks/"+w.at["task"], "/columns/"+w.at["column"]
	for _, try := range []struct {
		method, path string
		fields       []string
	}{
		{"PUT", task + "/place", w.seen("column", secret.at["column"])},
		{"POST", task + "/prerequisites", []string{"task", secret.at["task"]}},
		{"POST", task + "/dependents", []string{"task", secret.at["task"]}},
		{"PUT", task, w.seen("owners", stranger.ID)},
		{"PUT", column + "/place", []string{"before", secret.at["column"]}},
		{"DELETE", column, []string{"to", secret.at["column"]}},
		{"PUT", "/teams/" + w.team.ID + "/members/" + stranger.ID, []string{"role", "owner"}},
		{"GET", "/events?board=" + secret.at["board"], nil},
	} {
		before := w.entries()
		a := owner.Send(try.method, try.path, try.fields...)
		if try.method == "GET" {
			a = owner.Get(try.path)
		}
		require.GreaterOrEqual(t, a.Status, 400, "%s %s", try.method, try.path)
		require.Less(t, a.Status, 500, "%s %s", try.method, try.path)
		require.NotContains(t, a.Body, "Secret", "%s %s", try.method, try.path)
		require.Equal(t, before, w.entries(), "%s %s changed something", try.method, try.path)
	}
	// A card that is not in the column (any more) is no place to put another above: it goes to the bottom.
	require.Equal(t, http.StatusSeeOther, owner.Send("PUT", task+"/place", w.seen("column", w.column(flow.Ready), "before", secret.at["task"])...).Status)
	require.NotContains(t, owner.Get("/boards/"+w.at["board"]).Body, "Secret")
	require.NotContains(t, owner.Get(task+"/candidates?q=Secret").Body, "Secret task")
	require.NotContains(t, owner.Get("/my-work").Body, "Secret")
}

// inRun makes the task and the item of the path those of the run's step.
func (w *world) inRun() []string {
	v, err := w.app.Store.RunOf(w.ctx(), w.owner(), w.at["run"])
	w.must(err)
	w.at["task"], w.at["item"] = v.Steps[0].Task.ID, v.Steps[0].Items[0].ID
	return []string{"version", strconv.FormatInt(v.Steps[0].Task.Version, 10)}
}

// paused makes the run one that is paused.
func (w *world) paused() {
	v, err := w.app.Store.RunOf(w.ctx(), w.owner(), w.at["run"])
	w.must(err)
	if v.Run.State != models.RunIsPaused {
		w.must(w.app.Store.PauseRun(w.ctx(), w.owner(), w.at["run"], ""))
	}
}

// redrafted is what publishes the template's draft, which is new.
func (w *world) redrafted() []string {
	w.must(w.app.Store.EditTemplate(w.ctx(), w.owner(), w.at["template"], 1<<40, "name: New\nsteps: [{id: one, title: "+models.NewID()+"}]\n"))
	v, err := w.app.Store.Template(w.ctx(), w.owner(), w.at["template"])
	w.must(err)
	return []string{"version", strconv.FormatInt(v.Template.Version, 10)}
}

// movable is what moves the run to a version that is new.
func (w *world) movable() []string {
	ctx, owner := w.ctx(), w.owner()
	w.must(w.app.Store.EditTemplate(ctx, owner, w.at["template"], 1<<40, "name: New\nsteps: [{id: one, title: "+models.NewID()+"}, {id: two, title: Two}]\n"))
	w.must(w.app.Store.PublishTemplate(ctx, owner, w.at["template"], 1<<40))
	v, err := w.app.Store.PlanMoves(ctx, owner, w.at["template"], w.at["run"], models.MovesInput{})
	w.must(err)
	fields := []string{"version", strconv.FormatInt(v.Template.Published, 10), "run", w.at["run"]}
	for _, m := range v.Moves {
		fields = append(fields, models.MoveField(m.Run.ID, "seal"), m.Seal)
	}
	return fields
}

func newWorld(t *testing.T, app *testapp.App, owner *testapp.Person, name string, all everyone) *world {
	t.Helper()
	w := &world{t: t, app: app, boss: owner, team: app.Team(owner, name+" team"), at: map[string]string{}}
	for role, p := range all.roles {
		if p != owner {
			w.join(p, role)
		}
	}
	person := owner
	if all.extra != nil {
		person = all.extra
		w.join(person, access.Member)
	}
	board := app.Board(owner, w.team, name+" board")
	w.at["team"], w.at["board"], w.at["person"] = w.team.ID, board.ID, person.ID
	w.at["column"] = w.column(flow.Ready)
	made, err := app.Store.AddTasks(t.Context(), owner.Actor(), w.at["column"], []string{name + " task one", name + " task two", name + " task three"})
	w.must(err)
	for _, task := range made {
		w.tasks = append(w.tasks, task.ID)
	}
	w.must(app.Store.Require(t.Context(), owner.Actor(), w.tasks[0], w.tasks[1], models.DependencyInput{}))
	w.at["task"], w.at["prerequisite"], w.at["dependent"] = w.tasks[0], w.tasks[0], w.tasks[1]
	w.must(app.Store.AddItems(t.Context(), owner.Actor(), w.tasks[0], []string{name + " item"}, false))
	seen, err := app.Store.Task(t.Context(), owner.Actor(), w.tasks[0])
	w.must(err)
	w.at["item"] = seen.Items[0].ID
	w.at["file"], err = app.Store.AddFile(t.Context(), owner.Actor(), w.tasks[0], models.Incoming{Name: name + ".png", Body: bytes.NewReader(aPicture(t, 8, 8))})
	w.must(err)
	w.asks = owner
	w.comment()
	w.must(app.Store.AddLabel(t.Context(), owner.Actor(), board.ID, models.LabelInput{Name: name + " label", Colour: "red", Icon: "tag"}))
	w.must(app.Store.AddField(t.Context(), owner.Actor(), board.ID, models.FieldInput{Name: name + " field", Kind: custom.Text}))
	labelled, err := app.Store.Board(t.Context(), owner.Actor(), board.ID)
	w.must(err)
	w.at["label"] = labelled.Labels[0].ID
	w.at["field"] = labelled.Fields[0].ID
	shared, err := app.Store.SaveView(t.Context(), owner.Actor(), board.ID, models.ViewInput{Name: name + " view", Face: models.FaceTable, Shared: true})
	w.must(err)
	w.at["view"] = shared.ID
	template, err := app.Store.CreateTemplate(t.Context(), owner.Actor(), w.team.ID, name, "name: "+name+" template\nroles: [{id: doer, name: Doer, who: ask}]\n"+
		"steps: [{id: one, title: "+name+" step, role: doer, checklist: ["+name+" item], fields: [{id: found, label: Found}]}]\n")
	w.must(err)
	w.must(app.Store.PublishTemplate(t.Context(), owner.Actor(), template.ID, template.Version))
	run, err := app.Store.StartRun(t.Context(), owner.Actor(), template.ID, models.RunInput{Board: board.ID})
	w.must(err)
	w.at["template"], w.at["run"] = template.ID, run.ID
	w.at["token"] = app.Invitation(owner, w.team, access.Member)
	view, err := app.Store.People(t.Context(), owner.Actor(), w.team.ID)
	w.must(err)
	w.at["invitation"] = view.Invitations[0].ID
	w.at["session"] = models.SessionID(owner.Cookie().Value)
	w.at["notice"] = models.NewID()
	w.at["entry"] = "1"
	filter, err := app.Store.SaveFilter(t.Context(), owner.Actor(), w.team.ID, name+" filter", models.LogQuery{By: models.ByHand}, true)
	w.must(err)
	w.at["filter"] = filter.ID
	w.overridden()
	review, err := app.Store.OpenReview(t.Context(), owner.Actor(), w.team.ID, models.ReviewInput{Name: name + " review"})
	w.must(err)
	w.at["review"] = review.ID
	w.at["pattern"] = w.pattern(name + " pattern")
	w.at["import"], err = app.Store.KeepImport(t.Context(), owner.Actor(), w.team.ID, "Secret.csv", []byte("title\n"+name+" task\n"))
	w.must(err)
	return w
}

func (w *world) removedFile() []string {
	w.t.Helper()
	w.must(w.app.Store.RemoveFile(w.ctx(), w.owner(), w.at["task"], w.at["file"]))
	return nil
}

// ownView makes the path name a view of whoever asks, if they may save one.
func (w *world) ownView() []string {
	w.t.Helper()
	v, err := w.app.Store.SaveView(w.ctx(), w.asks.Actor(), w.at["board"], models.ViewInput{Name: "Mine " + models.NewID(), Face: models.FaceTable})
	if err == nil {
		w.at["view"] = v.ID
	}
	return nil
}

// sampleBoard makes the path name a sample board.
func (w *world) sampleBoard() {
	w.t.Helper()
	named := map[flow.State]string{flow.Waiting: "Waiting", flow.Ready: "Ready", flow.InProgress: "In progress", flow.InReview: "In review", flow.Done: "Done"}
	words := models.SampleWords{Name: "Sample", Columns: named, Tasks: slices.Repeat([]models.SampleTask{{Title: "Task"}}, models.SampleSize)}
	b, err := w.app.Store.CreateSampleBoard(w.ctx(), w.owner(), w.team.ID, words)
	w.must(err)
	w.at["board"] = b.ID
}

// keepImport makes the path name a file of whoever asks, if they may bring one.
func (w *world) keepImport() {
	w.t.Helper()
	id, err := w.app.Store.KeepImport(w.ctx(), w.asks.Actor(), w.team.ID, "file.csv", []byte("title\nOne\n"))
	if err == nil {
		w.at["import"] = id
	}
}

func (w *world) join(p *testapp.Person, role access.Role) {
	w.t.Helper()
	_, err := w.app.Store.AcceptInvitation(w.ctx(), p.Actor(), w.app.Invitation(w.boss, w.team, role))
	w.must(err)
}

// ask asks for the route as it is meant to be.
func (w *world) ask(p *testapp.Person, r handlers.Route, v visit) testapp.Answer {
	w.t.Helper()
	w.asks = p
	kept := maps.Clone(w.at)
	defer func() { w.at = kept }()
	return w.send(p, r, v, w.fill(v))
}

func (w *world) fill(v visit) []string {
	if v.form == nil {
		return nil
	}
	return v.form(w)
}

func (w *world) send(p *testapp.Person, r handlers.Route, v visit, fields []string) testapp.Answer {
	w.t.Helper()
	path := r.Path
	for param, id := range w.at {
		path = strings.ReplaceAll(path+"/", "/:"+param+"/", "/"+id+"/")
		path = strings.TrimSuffix(path, "/")
	}
	if path == "" {
		path = "/"
	}
	switch {
	case r.Path == "/events":
		return p.Listen(path+"?board="+w.at["board"], 50*time.Millisecond)
	case r.Method == http.MethodGet:
		return p.Get(path + v.query)
	}
	return p.Send(r.Method, path, fields...)
}

func (w *world) ctx() context.Context { return w.t.Context() }

func (w *world) owner() models.Actor { return w.boss.Actor() }

func (w *world) must(err error) {
	w.t.Helper()
	require.NoError(w.t, err)
}

// waiting makes the path name the task that waits.
func (w *world) waiting() *world {
	w.at["task"] = w.tasks[1]
	return w
}

// repeating makes the task come every day.
func (w *world) repeating() *world {
	w.must(w.app.Store.RepeatTask(w.ctx(), w.owner(), w.at["task"], 1<<40, recur.Rule{Unit: recur.Days, Every: 1, Due: recur.NoDue}))
	return w
}

// asked makes a task that nobody has worked on ask for the approval of whoever asks,
// if they can give it; and by themselves, so that they may change it.
func (w *world) asked() *world {
	w.t.Helper()
	w.at["task"] = w.tasks[2]
	w.must(w.app.Store.WithdrawApproval(w.ctx(), w.owner(), w.at["task"], 1<<40)) // what somebody else was to see
	v, err := w.app.Store.Task(w.ctx(), w.owner(), w.at["task"])
	w.must(err)
	in := models.ApprovalInput{Approvers: []string{w.asks.ID}, Mode: models.AnyApprover}
	if w.app.Store.AskApproval(w.ctx(), w.asks.Actor(), w.at["task"], v.Task.Version, in) != nil {
		in = models.ApprovalInput{Role: access.Owner, Mode: models.AnyApprover}
		w.must(w.app.Store.AskApproval(w.ctx(), w.owner(), w.at["task"], v.Task.Version, in))
	}
	return w
}

// rejected makes it ask the owner, who rejects it.
func (w *world) rejected() *world {
	w.t.Helper()
	v, err := w.app.Store.Task(w.ctx(), w.owner(), w.at["task"])
	w.must(err)
	w.must(w.app.Store.AskApproval(w.ctx(), w.owner(), w.at["task"], v.Task.Version, models.ApprovalInput{Role: access.Owner, Mode: models.AnyApprover}))
	w.must(w.app.Store.RejectTask(w.ctx(), w.owner(), w.at["task"], v.Task.Version+1, "Not yet"))
	return w
}

// seen is a form about the task as it is now.
func (w *world) seen(fields ...string) []string {
	w.t.Helper()
	v, err := w.app.Store.Task(w.ctx(), w.owner(), w.at["task"])
	w.must(err)
	return append(fields, "version", strconv.FormatInt(v.Task.Version, 10))
}

func (w *world) seenAfter(verb func(context.Context, models.Actor, string, int64) error) []string {
	w.t.Helper()
	v, err := w.app.Store.Task(w.ctx(), w.owner(), w.at["task"])
	w.must(err)
	_ = verb(w.ctx(), w.owner(), w.at["task"], v.Task.Version) // refused where it has been prepared already
	return w.seen()
}

// deed makes the path name a change that whoever asks has just made.
func (w *world) deed() {
	w.t.Helper()
	w.at["change"] = "1"
	who := w.asks.Actor()
	who.Request = models.NewID()
	v, err := w.app.Store.Task(w.ctx(), w.owner(), w.at["task"])
	w.must(err)
	if w.app.Store.MoveTask(w.ctx(), who, w.at["task"], v.Task.Version, models.Place{Column: w.column(flow.InProgress)}) != nil {
		return // not theirs to do
	}
	e, _, err := w.app.Store.LastDeed(w.ctx(), who, w.at["task"])
	w.must(err)
	w.at["change"] = strconv.FormatInt(e.Seq, 10)
}

// deleted makes the path name a task in the bin.
func (w *world) deleted() {
	w.t.Helper()
	if v, err := w.app.Store.Task(w.ctx(), w.owner(), w.at["task"]); err == nil { // not yet
		w.must(w.app.Store.DeleteTask(w.ctx(), w.owner(), w.at["task"], v.Task.Version))
	}
}

func (w *world) link() []string {
	return w.seen("lag_amount", "2", "lag_unit", "days", "on_cancel", "hold", "satisfied_at", "done")
}

func (w *world) column(state flow.State) string {
	w.t.Helper()
	v, err := w.app.Store.Board(w.ctx(), w.owner(), w.at["board"])
	w.must(err)
	for _, lane := range v.Lanes {
		if lane.State == state {
			return lane.ID
		}
	}
	w.t.Fatalf("no column of %s", state)
	return ""
}

// secondOwner lets the first one go.
func (w *world) secondOwner() []string {
	w.t.Helper()
	w.must(w.app.Store.ChangeRole(w.ctx(), w.owner(), w.team.ID, w.at["person"], access.Owner))
	return nil
}

// spareColumn makes the path name a second column of its state.
func (w *world) spareColumn() []string {
	w.t.Helper()
	c, err := w.app.Store.AddColumn(w.ctx(), w.owner(), w.at["board"], models.ColumnInput{Name: "Spare", State: flow.Ready})
	w.must(err)
	w.at["column"] = c.ID
	return nil
}

// comment makes the path name a comment of whoever asks, if they may make one.
func (w *world) comment() *world {
	w.t.Helper()
	if w.app.Store.AddComment(w.ctx(), w.asks.Actor(), w.at["task"], "Said by "+w.asks.Name) != nil {
		return w
	}
	v, err := w.app.Store.Task(w.ctx(), w.owner(), w.at["task"])
	w.must(err)
	w.at["comment"] = v.Comments[len(v.Comments)-1].ID
	return w
}

// notify makes the path name a notice of whoever asks.
func (w *world) notify() {
	w.t.Helper()
	owners := []string{w.asks.ID}
	v, err := w.app.Store.Task(w.ctx(), w.owner(), w.tasks[2])
	w.must(err)
	if w.asks.ID == "" || slices.ContainsFunc(v.Owners, func(p models.Person) bool { return p.ID == w.asks.ID }) {
		return
	}
	w.must(w.app.Store.EditTask(w.ctx(), w.owner(), w.tasks[2], v.Task.Version, models.TaskInput{Owners: &owners}))
	var id string
	w.must(w.app.DB.Read.Raw("SELECT id FROM notices WHERE user_id = ? ORDER BY created_at DESC, id DESC LIMIT 1", w.asks.ID).Scan(&id).Error)
	if id != "" {
		w.at["notice"] = id
	}
}

// session is another session of whoever asks.
func (w *world) session() string {
	if w.asks.ID == "" {
		return w.at["session"]
	}
	other := w.asks.OtherBrowser()
	other.SignIn()
	return models.SessionID(other.Cookie().Value)
}

func (w *world) entries() (n int64) {
	w.t.Helper()
	w.must(w.app.DB.Read.Raw("SELECT count(*) FROM entries").Scan(&n).Error)
	return n
}

// overridden makes a finding of the attention list, which the path names.
func (w *world) overridden() {
	w.t.Helper()
	v, err := w.app.Store.Task(w.ctx(), w.owner(), w.tasks[1])
	w.must(err)
	w.must(w.app.Store.OverrideTask(w.ctx(), w.owner(), w.tasks[1], v.Task.Version, "it cannot wait"))
	found, err := w.app.Store.Attention(w.ctx(), w.owner(), w.team.ID, models.AttentionQuery{Rule: string(attention.Overrides)})
	w.must(err)
	w.at["rule"], w.at["finding"] = string(attention.Overrides), strconv.FormatInt(found.Findings[0].Seq, 10)
	v, err = w.app.Store.Task(w.ctx(), w.owner(), w.tasks[1])
	w.must(err)
	w.must(w.app.Store.WithdrawOverride(w.ctx(), w.owner(), w.tasks[1], v.Task.Version))
}

// marked makes somebody have looked at the finding.
func (w *world) marked() {
	w.t.Helper()
	seq, err := strconv.ParseInt(w.at["finding"], 10, 64)
	w.must(err)
	w.must(w.app.Store.MarkFinding(w.ctx(), w.owner(), w.team.ID, w.at["rule"], seq, models.LookedFine, models.NewID()))
}

// questioned asks whoever asks for the route about the entry, if they are of the team.
func (w *world) questioned() {
	w.t.Helper()
	_ = w.app.Store.QuestionEntry(w.ctx(), w.owner(), w.at["review"], 1, w.asks.ID, "Why?")
}

// unquestioned makes the review ready to be signed.
func (w *world) unquestioned() {
	w.t.Helper()
	w.must(w.app.Store.SeeEntry(w.ctx(), w.owner(), w.at["review"], 1))
	w.must(w.app.Store.SeeRest(w.ctx(), w.owner(), w.at["review"]))
}
