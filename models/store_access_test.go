package models_test

import (
	"context"
	"maps"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/attention"
	"relevo/models/custom"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/playbook"
	"relevo/models/quick"
	"relevo/models/recur"
)

// scene is a team's board with two tasks that depend on each other.
type scene struct {
	*house
	board       models.Board
	column      string
	first, next string
	item        string // of the first one's checklist
	comment     string // on the first one, by Ben
	binned      string // a deleted task
	label       string // of the board
	field       string // of the board
	other       string // another board
	kept        string // a file of Ana's, to be imported
	file        string // of the first one
	removed     string // another file of the first one, removed
	views       views
	template    string // published
	run         string // of the template, on the board
	step        string // the task of its step
	link        string // for somebody outside, to the step
	filter      string // a shared one, of the log
	finding     int64  // an override
	marked      int64  // something reopened, that was looked at
	review      string // of which Vic is asked about the third entry
	seen        string // a review that can be signed
	schedule    string // of the template
	onWall      string // a link to the run's diagram, once there is one
}

// views are saved ways to look at the board: Vic's own, Ana's own, and a shared one.
type views struct{ vics, anas, shared string }

func (h *house) views(b models.Board) views {
	h.t.Helper()
	save := func(who models.Actor, name string, shared bool) string {
		v, err := h.SaveView(h.t.Context(), who, b.ID, models.ViewInput{Name: name, Face: models.FaceTable, Shared: shared})
		require.NoError(h.t, err)
		return v.ID
	}
	return views{save(vic, "Vic's", false), save(ana, "Ana's", false), save(ana, "Ours", true)}
}

func newScene(t *testing.T) scene {
	h := newHouse(t)
	h.exec("INSERT INTO users (id, email, name, password_hash, lang, zone, created_at) VALUES ('zoe', 'zoe@example.org', 'Zoe', 'x', 'en', 'UTC', $1)", h.now)
	h.exec("INSERT INTO memberships (team_id, user_id, role, created_at) VALUES ($1, 'zoe', 'member', $2)", h.team, h.now)
	b := h.board()
	tasks := h.add(b, "First", "Next")
	h.require(tasks[0].ID, tasks[1].ID, models.DependencyInput{})
	require.NoError(t, h.AddItems(t.Context(), ana, tasks[0].ID, []string{"Item"}, false))
	require.NoError(t, h.AddComment(t.Context(), ben, tasks[0].ID, "Hello"))
	require.NoError(t, h.AddLabel(t.Context(), ana, b.ID, models.LabelInput{Name: "Legal", Colour: "red", Icon: "tag"}))
	field := h.field(b, "Cost", custom.Number, models.FieldInput{})
	v, err := h.Task(t.Context(), ana, tasks[0].ID)
	require.NoError(t, err)
	binned := h.add(b, "Binned")[0]
	require.NoError(t, h.DeleteTask(t.Context(), ana, binned.ID, binned.Version))
	kept, err := h.KeepImport(t.Context(), ana, h.team, "a.csv", []byte("title\nA\n"))
	require.NoError(t, err)
	attached := h.attach(tasks[0].ID, "a.png", picture(t))
	removed := h.attach(tasks[0].ID, "b.txt", []byte("B"))
	require.NoError(t, h.RemoveFile(t.Context(), ana, tasks[0].ID, removed))
	template := h.template(t, "name: Small\nroles: [{id: r, name: R, who: ask}]\nsteps: [{id: one, title: One, role: r}]\n")
	run := h.launch(t, template, models.RunInput{Board: b.ID})
	filter, err := h.SaveFilter(t.Context(), ana, h.team, "Ours", models.LogQuery{By: models.ByHand}, true)
	require.NoError(t, err)
	finding, marked := h.findings(b)
	step := h.run(t, run.ID).Steps[0].Task.ID
	_, link, err := h.MakeStepLink(t.Context(), asking(ben), step, models.StepLinkInput{Whom: "mario@example.org", Days: 7})
	require.NoError(t, err)
	review, seen := h.reviews()
	s := scene{h, b, h.column(b, flow.Ready), tasks[0].ID, tasks[1].ID, v.Items[0].ID, v.Comments[0].ID, binned.ID, v.BoardLabels[0].ID, field.ID, h.board().ID, kept, attached, removed, h.views(b), template.ID, run.ID, step, link.ID, filter.ID, finding, marked, review, seen, h.scheduled(template, monthly(t, b.ID)).ID, ""}
	s.pattern()
	return s
}

// verbs are all that anybody may ask of a team's things, and the weakest role that may.
func (s scene) verbs() map[string]struct {
	least access.Role
	do    func(context.Context, models.Actor) error
} {
	type verb = struct {
		least access.Role
		do    func(context.Context, models.Actor) error
	}
	const now = 1 << 40 // a version that nobody has passed
	title := "Mine"
	all := map[string]verb{
		"Home":        {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Home(c, w, s.team); return err }},
		"EndGreeting": {access.Viewer, func(c context.Context, w models.Actor) error { return s.EndGreeting(c, w, s.team) }},
		"People":      {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.People(c, w, s.team); return err }},
		"TeamFor": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.TeamFor(c, w, s.team, access.SeeTeam)
			return err
		}},
		"Board": {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Board(c, w, s.board.ID); return err }},
		"FilteredBoard": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.FilteredBoard(c, w, s.board.ID, models.BoardFilter{Owner: models.FilterMe})
			return err
		}},
		"BoardIn": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.BoardIn(c, w, s.board.ID, models.Look{Sort: []models.SortKey{{By: "due"}}})
			return err
		}},
		"Table": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.Table(c, w, s.board.ID, models.TableAsk{Look: models.Look{Group: models.GroupOwner}})
			return err
		}},
		"Calendar": {access.Viewer, func(c context.Context, w models.Actor) error {
			span, _ := models.ParseSpan(url.Values{}, s.now)
			_, err := s.Calendar(c, w, s.board.ID, span, models.BoardFilter{})
			return err
		}},
		"Timeline": {access.Viewer, func(c context.Context, w models.Actor) error {
			reach, _ := models.ParseReach(nil, s.now)
			_, err := s.Timeline(c, w, s.board.ID, reach, models.BoardFilter{})
			return err
		}},
		"DatesOf": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.DatesOf(c, w, s.first)
			return err
		}},
		"PreviewDates": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.PreviewDates(c, w, s.first, "2030-01-07", false)
			return err
		}},
		"Diagram": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.Diagram(c, w, s.board.ID, "", models.BoardFilter{})
			return err
		}},
		"TeamReport": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.TeamReport(c, w, s.team, url.Values{})
			return err
		}},
		"TemplateReport": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.TemplateReport(c, w, s.template, url.Values{})
			return err
		}},
		"BoardReport": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.BoardReport(c, w, s.board.ID, url.Values{})
			return err
		}},
		"AddTaskOn": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.AddTaskOn(c, w, s.board.ID, "2026-11-30", "x")
			return err
		}},
		"Patterns": {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Patterns(c, w, s.board.ID); return err }},
		"SavePattern": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.SavePattern(c, w, s.first, models.PatternSave{Name: models.NewID()})
		}},
		"EditPattern": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.EditPattern(c, w, s.board.ID, s.pattern(), models.PatternInput{Name: models.NewID(), Title: "Mine"})
		}},
		"ColumnPatterns": {access.Member, func(c context.Context, w models.Actor) error {
			_, _, err := s.ColumnPatterns(c, w, s.column)
			return err
		}},
		"AddFromPattern": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.AddFromPattern(c, w, s.board.ID, s.pattern(), s.column)
			return err
		}},
		"RemovePattern": {access.Manager, func(c context.Context, w models.Actor) error { return s.RemovePattern(c, w, s.board.ID, s.pattern()) }},
		"Views":         {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Views(c, w, s.board.ID); return err }},
		"View": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.View(c, w, s.board.ID, s.views.shared)
			return err
		}},
		"SaveView": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.SaveView(c, w, s.board.ID, models.ViewInput{Name: "x", Face: models.FaceBoard})
			return err
		}},
		"EditView": {access.Viewer, func(c context.Context, w models.Actor) error {
			name := "y"
			return s.EditView(c, w, s.board.ID, s.views.vics, models.ViewEdit{Name: &name})
		}},
		"OpenWith":     {access.Viewer, func(c context.Context, w models.Actor) error { return s.OpenWith(c, w, s.board.ID, s.views.shared) }},
		"RemoveView":   {access.Manager, func(c context.Context, w models.Actor) error { return s.RemoveView(c, w, s.board.ID, s.views.shared) }},
		"ShareView":    {access.Manager, func(c context.Context, w models.Actor) error { return s.ShareView(c, w, s.board.ID, s.views.anas) }},
		"WithdrawView": {access.Manager, func(c context.Context, w models.Actor) error { return s.WithdrawView(c, w, s.board.ID, s.views.shared) }},
		"MoreCards": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.MoreCards(c, w, models.Cell{Column: s.column}, s.first, models.Look{})
			return err
		}},
		"ColumnTasks": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, _, err := s.ColumnTasks(c, w, s.column, models.BoardFilter{})
			return err
		}},
		"BoardChanges": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.BoardChanges(c, w, s.board.ID, 0, models.Look{})
			return err
		}},
		"ClosedTasks": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.ClosedTasks(c, w, s.board.ID, 0)
			return err
		}},
		"Task":    {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Task(c, w, s.first); return err }},
		"History": {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.History(c, w, s.first, 0); return err }},
		"Bin":     {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Bin(c, w, s.board.ID, ""); return err }},
		"PastBoard": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.PastBoard(c, w, s.board.ID, models.PastQuery{})
			return err
		}},
		"PastTask": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.PastTask(c, w, s.board.ID, s.first, models.PastQuery{})
			return err
		}},
		"PastRun": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.PastRun(c, w, s.run, models.PastQuery{})
			return err
		}},
		"BoardSince": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.BoardSince(c, w, s.board.ID, models.SinceMonday)
			return err
		}},
		"RunSince": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.RunSince(c, w, s.run, models.SinceMonday)
			return err
		}},
		"LookAtBoard": {access.Viewer, func(c context.Context, w models.Actor) error { return s.LookAtBoard(c, w, s.board.ID, 1) }},
		"FindTasks":   {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.FindTasks(c, w, s.first, "n"); return err }},
		"Watch":       {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Watch(c, w, s.board.ID); return err }},
		"ColumnsOf":   {access.Viewer, func(c context.Context, w models.Actor) error { _, _, err := s.ColumnsOf(c, w, s.board.ID); return err }},
		"ColumnBoard": {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.ColumnBoard(c, w, s.column); return err }},
		"AddTasks": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.AddTasks(c, w, s.column, []string{"x"})
			return err
		}},
		"Edges": {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Edges(c, w, s.board.ID); return err }},
		"ReadLines": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.ReadLines(c, w, s.column, []string{"x @ana"})
			return err
		}},
		"Offers": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.Offers(c, w, s.board.ID, quick.Owner, "")
			return err
		}},
		"ChangeDates": {access.Member, func(c context.Context, w models.Actor) error {
			return s.ChangeDates(c, w, s.first, now, models.Dates{Due: "2030-01-07"})
		}},
		"TurnWatch":    {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.TurnWatch(c, w, s.first); return err }},
		"TaskName":     {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.TaskName(c, w, s.first); return err }},
		"WatchTask":    {access.Viewer, func(c context.Context, w models.Actor) error { return s.WatchTask(c, w, s.first) }},
		"UnwatchTask":  {access.Viewer, func(c context.Context, w models.Actor) error { return s.UnwatchTask(c, w, s.first) }},
		"WatchBoard":   {access.Viewer, func(c context.Context, w models.Actor) error { return s.WatchBoard(c, w, s.board.ID) }},
		"UnwatchBoard": {access.Viewer, func(c context.Context, w models.Actor) error { return s.UnwatchBoard(c, w, s.board.ID) }},
		"MuteTask":     {access.Viewer, func(c context.Context, w models.Actor) error { return s.MuteTask(c, w, s.first) }},
		"UnmuteTask":   {access.Viewer, func(c context.Context, w models.Actor) error { return s.UnmuteTask(c, w, s.first) }},
		"MuteBoard":    {access.Viewer, func(c context.Context, w models.Actor) error { return s.MuteBoard(c, w, s.board.ID) }},
		"UnmuteBoard":  {access.Viewer, func(c context.Context, w models.Actor) error { return s.UnmuteBoard(c, w, s.board.ID) }},
		"BoardAttention": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.BoardAttention(c, w, s.board.ID)
			return err
		}},
		"MarkTaskUnread": {access.Viewer, func(c context.Context, w models.Actor) error { return s.MarkTaskUnread(c, w, s.first) }},
		"ClearTask":      {access.Viewer, func(c context.Context, w models.Actor) error { return s.ClearTask(c, w, s.first) }},
		"ReturnTask":     {access.Viewer, func(c context.Context, w models.Actor) error { return s.ReturnTask(c, w, s.first) }},
		"WakeTask":       {access.Viewer, func(c context.Context, w models.Actor) error { return s.WakeTask(c, w, s.first) }},
		"SnoozeTask": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.SnoozeTask(c, w, s.first, models.Tomorrow, "")
			return err
		}},
		"EditTask": {access.Member, func(c context.Context, w models.Actor) error {
			return s.EditTask(c, w, s.first, now, models.TaskInput{Title: &title})
		}},
		"ChangeTasks": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.ChangeTasks(c, w, s.board.ID, now, []string{s.first, s.next}, models.Bulk{Deed: models.DeedArchive})
			return err
		}},
		"MoveTask": {access.Member, func(c context.Context, w models.Actor) error {
			return s.MoveTask(c, w, s.first, now, models.Place{Column: s.column})
		}},
		"CompleteTask": {access.Member, func(c context.Context, w models.Actor) error { return s.CompleteTask(c, w, s.first, now) }},
		"ReopenTask":   {access.Member, func(c context.Context, w models.Actor) error { return s.ReopenTask(c, w, s.first, now) }},
		"Templates":    {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Templates(c, w, s.team); return err }},
		"Template":     {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Template(c, w, s.template); return err }},
		"TemplateAt": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.TemplateAt(c, w, s.template, 1)
			return err
		}},
		"CompareVersions": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.CompareVersions(c, w, s.template, models.Usual, models.Usual)
			return err
		}},
		"CreateTemplate": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.CreateTemplate(c, w, s.team, "x", "name: X")
			return err
		}},
		"AdoptTemplate": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.AdoptTemplate(c, w, s.team, playbook.ShippedIn("en")[0])
			return err
		}},
		"DrawTemplate": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.DrawTemplate(c, w, s.template, now, models.Stroke{Do: models.AddStep, Form: playbook.Form{Title: "More"}})
			return err
		}},
		"EditTemplate": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.EditTemplate(c, w, s.template, now, "name: Y")
		}},
		"PublishTemplate": {access.Manager, func(c context.Context, w models.Actor) error { return s.PublishTemplate(c, w, s.template, now) }},
		"ArchiveTemplate": {access.Manager, func(c context.Context, w models.Actor) error { return s.ArchiveTemplate(c, w, s.template) }},
		"RestoreTemplate": {access.Manager, func(c context.Context, w models.Actor) error { return s.RestoreTemplate(c, w, s.template) }},
		"Forecast": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.Forecast(c, w, s.run)
			return err
		}},
		"Rehearse": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.Rehearse(c, w, s.template, models.RehearsalInput{})
			return err
		}},
		"PrepareRun": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.PrepareRun(c, w, s.template, models.RunInput{})
			return err
		}},
		"PlanRun": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.PlanRun(c, w, s.template, models.RunInput{Board: s.board.ID})
			return err
		}},
		"SaveBoard": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.SaveBoard(c, w, s.board.ID, models.RecallWords{Lang: "en", Evidence: "A file"})
			return err
		}},
		"SaveRun": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.SaveRun(c, w, s.run, models.RecallWords{Lang: "en", Evidence: "A file"})
			return err
		}},
		"AddStep": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.AddStep(c, w, s.run, models.StepInput{Title: "Besides"})
			return err
		}},
		"DeedAt": {access.Viewer, func(c context.Context, w models.Actor) error { _, _, err := s.DeedAt(c, w, s.team, 1); return err }},
		"PlanMoves": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.PlanMoves(c, w, s.template, "", models.MovesInput{})
			return err
		}},
		"MoveRuns": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.MoveRuns(c, w, s.template, models.MovesInput{Version: 1})
			return err
		}},
		"StartRun": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.StartRun(c, w, s.template, models.RunInput{Board: s.board.ID})
			return err
		}},
		"MakeStepLink": {access.Member, func(c context.Context, w models.Actor) error {
			_, _, err := s.MakeStepLink(c, w, s.step, models.StepLinkInput{Whom: "mario@example.org", Days: 7})
			return err
		}},
		"RevokeStepLink": {access.Member, func(c context.Context, w models.Actor) error { return s.RevokeStepLink(c, w, s.step, s.link) }},
		"PlayTemplate": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.PlayTemplate(c, w, s.template, 0, models.RunInput{}, nil)
			return err
		}},
		"MakeRunLink": {access.Member, func(c context.Context, w models.Actor) error {
			_, _, err := s.MakeRunLink(c, w, s.run, models.RunLinkInput{Place: "Intranet"})
			return err
		}},
		"RevokeRunLink": {access.Member, func(c context.Context, w models.Actor) error { return s.RevokeRunLink(c, w, s.run, s.onWall) }},
		"RunLinks":      {access.Member, func(c context.Context, w models.Actor) error { _, err := s.RunLinks(c, w, s.run); return err }},
		"MayStart":      {access.Member, func(c context.Context, w models.Actor) error { return s.MayStart(c, w, s.template) }},
		"PrepareBatch": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.PrepareBatch(c, w, s.template)
			return err
		}},
		"PlanBatch": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.PlanBatch(c, w, s.template, models.BatchInput{Board: s.board.ID, Table: []byte("name\nA\n")})
			return err
		}},
		"StartBatch": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.StartBatch(c, w, s.template, models.BatchInput{ID: models.NewID(), Board: s.board.ID, Table: []byte("name\nA\n")}, silent)
			return err
		}},
		"RunOf": {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.RunOf(c, w, s.run); return err }},
		"Runs": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.Runs(c, w, s.template, "", true)
			return err
		}},
		"RunTimeline": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, _, err := s.RunTimeline(c, w, s.run, models.Reach{})
			return err
		}},
		"RunChart": {access.Viewer, func(c context.Context, w models.Actor) error { _, _, err := s.RunChart(c, w, s.run, ""); return err }},
		"RunTable": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.RunTable(c, w, s.template, "", "", true)
			return err
		}},
		"StepOf": {access.Viewer, func(c context.Context, w models.Actor) error { return s.StepOf(c, w, s.run, s.step) }},
		"EditCalendar": {access.Owner, func(c context.Context, w models.Actor) error {
			return s.EditCalendar(c, w, s.team, models.CalendarInput{})
		}},
		"PauseRun":  {access.Member, func(c context.Context, w models.Actor) error { return s.PauseRun(c, w, s.run, "") }},
		"ResumeRun": {access.Member, func(c context.Context, w models.Actor) error { return s.ResumeRun(c, w, s.run) }},
		"CancelRun": {access.Member, func(c context.Context, w models.Actor) error {
			return s.CancelRun(c, w, s.run, "", models.CancelTasks)
		}},
		"RecastRun":    {access.Member, func(c context.Context, w models.Actor) error { return s.RecastRun(c, w, s.run, "r", "ben") }},
		"FillIn":       {access.Member, func(c context.Context, w models.Actor) error { return s.FillIn(c, w, s.step, now, nil) }},
		"CompleteStep": {access.Member, func(c context.Context, w models.Actor) error { return s.CompleteStep(c, w, s.step, now, nil) }},
		"DropStep":     {access.Member, func(c context.Context, w models.Actor) error { return s.DropStep(c, w, s.step, "") }},
		"KeepStep":     {access.Member, func(c context.Context, w models.Actor) error { return s.KeepStep(c, w, s.step) }},
		"CancelTask":   {access.Member, func(c context.Context, w models.Actor) error { return s.CancelTask(c, w, s.first, now, "") }},
		"ArchiveTask":  {access.Member, func(c context.Context, w models.Actor) error { return s.ArchiveTask(c, w, s.first, now) }},
		"RestoreTask":  {access.Member, func(c context.Context, w models.Actor) error { return s.RestoreTask(c, w, s.first, now) }},
		"Undo":         {access.Member, func(c context.Context, w models.Actor) error { _, err := s.Undo(c, w, s.team, 1); return err }},
		"RecallTask":   {access.Member, func(c context.Context, w models.Actor) error { return s.RecallTask(c, w, s.binned) }},
		"DeleteTask":   {access.Member, func(c context.Context, w models.Actor) error { return s.DeleteTask(c, w, s.first, now) }},
		"BlockTask":    {access.Member, func(c context.Context, w models.Actor) error { return s.BlockTask(c, w, s.first, now, "x") }},
		"UnblockTask":  {access.Member, func(c context.Context, w models.Actor) error { return s.UnblockTask(c, w, s.first, now) }},
		"Require": {access.Member, func(c context.Context, w models.Actor) error {
			return s.Require(c, w, s.first, s.next, models.DependencyInput{})
		}},
		"ChangeDependency": {access.Member, func(c context.Context, w models.Actor) error {
			return s.ChangeDependency(c, w, s.first, s.next, models.DependencyInput{})
		}},
		"Unrequire": {access.Member, func(c context.Context, w models.Actor) error { return s.Unrequire(c, w, s.first, s.next) }},
		"Comments":  {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.Comments(c, w, s.first, ""); return err }},
		"CommentVersions": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.CommentVersions(c, w, s.first, s.comment)
			return err
		}},
		"AddComment": {access.Member, func(c context.Context, w models.Actor) error { return s.AddComment(c, w, s.first, "x") }},
		"EditComment": {access.Member, func(c context.Context, w models.Actor) error {
			return s.EditComment(c, w, s.first, s.comment, now, "x")
		}},
		"DeleteComment": {access.Member, func(c context.Context, w models.Actor) error { return s.DeleteComment(c, w, s.first, s.comment) }},
		"MayAttach":     {access.Member, func(c context.Context, w models.Actor) error { _, err := s.MayAttach(c, w, s.first); return err }},
		"AddFile": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.AddFile(c, w, s.first, models.Incoming{Name: "x", Body: strings.NewReader("x")})
			return err
		}},
		"RenameFile": {access.Member, func(c context.Context, w models.Actor) error { return s.RenameFile(c, w, s.first, s.file, now, "x") }},
		"RemoveFile": {access.Member, func(c context.Context, w models.Actor) error { return s.RemoveFile(c, w, s.first, s.file) }},
		"RecallFile": {access.Member, func(c context.Context, w models.Actor) error { return s.RecallFile(c, w, s.first, s.removed) }},
		"PurgeFile":  {access.Manager, func(c context.Context, w models.Actor) error { return s.PurgeFile(c, w, s.first, s.removed) }},
		"File":       {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.File(c, w, s.first, s.file); return err }},
		"FileThumbnail": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, _, err := s.FileThumbnail(c, w, s.first, s.file)
			return err
		}},
		"AddLabel": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.AddLabel(c, w, s.board.ID, models.LabelInput{Name: "x", Colour: "red", Icon: "tag"})
		}},
		"EditLabel": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.EditLabel(c, w, s.board.ID, s.label, models.LabelInput{Name: "x", Colour: "red", Icon: "tag"})
		}},
		"RemoveLabel": {access.Manager, func(c context.Context, w models.Actor) error { return s.RemoveLabel(c, w, s.board.ID, s.label) }},
		"AddItems": {access.Member, func(c context.Context, w models.Actor) error {
			return s.AddItems(c, w, s.first, []string{"x"}, false)
		}},
		"EditItem": {access.Member, func(c context.Context, w models.Actor) error {
			return s.EditItem(c, w, s.first, s.item, now, models.ItemInput{Text: "x"})
		}},
		"TickItem":         {access.Member, func(c context.Context, w models.Actor) error { return s.TickItem(c, w, s.first, s.item) }},
		"UntickItem":       {access.Member, func(c context.Context, w models.Actor) error { return s.UntickItem(c, w, s.first, s.item) }},
		"MoveItem":         {access.Member, func(c context.Context, w models.Actor) error { return s.MoveItem(c, w, s.first, s.item, "") }},
		"RemoveItem":       {access.Member, func(c context.Context, w models.Actor) error { return s.RemoveItem(c, w, s.first, s.item) }},
		"MakeItemTask":     {access.Member, func(c context.Context, w models.Actor) error { return s.MakeItemTask(c, w, s.first, s.item) }},
		"OverrideTask":     {access.Manager, func(c context.Context, w models.Actor) error { return s.OverrideTask(c, w, s.next, now, "x") }},
		"WithdrawOverride": {access.Manager, func(c context.Context, w models.Actor) error { return s.WithdrawOverride(c, w, s.next, now) }},
		"Log": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.Log(c, w, s.team, models.LogQuery{})
			return err
		}},
		"OpenReview": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.OpenReview(c, w, s.team, models.ReviewInput{Name: "x"})
			return err
		}},
		"Reviews":  {access.Manager, func(c context.Context, w models.Actor) error { _, _, err := s.Reviews(c, w, s.team); return err }},
		"ReviewOf": {access.Manager, func(c context.Context, w models.Actor) error { _, err := s.ReviewOf(c, w, s.review); return err }},
		"SeeEntry": {access.Manager, func(c context.Context, w models.Actor) error { return s.SeeEntry(c, w, s.review, 1) }},
		"SeeRest":  {access.Manager, func(c context.Context, w models.Actor) error { return s.SeeRest(c, w, s.review) }},
		"QuestionEntry": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.QuestionEntry(c, w, s.review, 2, "ben", "Why?")
		}},
		"QuestionOf": {access.Viewer, func(c context.Context, w models.Actor) error {
			_, err := s.QuestionOf(c, w, s.review, 3)
			return err
		}},
		"AnswerEntry": {access.Viewer, func(c context.Context, w models.Actor) error { return s.AnswerEntry(c, w, s.review, 3, "Because") }},
		"SignReview":  {access.Manager, func(c context.Context, w models.Actor) error { return s.SignReview(c, w, s.seen, "Nobody") }},
		"Attention": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.Attention(c, w, s.team, models.AttentionQuery{})
			return err
		}},
		"SetAttentionRule": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.SetAttentionRule(c, w, s.team, "odd_hours", attention.Setting{On: true, Least: 1, Opens: 9, Closes: 9 + int(s.now.Unix()%2+1)})
		}},
		"MarkFinding": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.MarkFinding(c, w, s.team, "overrides", s.finding, models.LookedFine, "")
		}},
		"UnmarkFinding": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.UnmarkFinding(c, w, s.team, "reopened", s.marked)
		}},
		"Filters": {access.Manager, func(c context.Context, w models.Actor) error { _, err := s.Filters(c, w, s.team); return err }},
		"SaveFilter": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.SaveFilter(c, w, s.team, "x", models.LogQuery{}, false)
			return err
		}},
		"RenameFilter": {access.Manager, func(c context.Context, w models.Actor) error { return s.RenameFilter(c, w, s.team, s.filter, "y") }},
		"ShareFilter":  {access.Manager, func(c context.Context, w models.Actor) error { return s.ShareFilter(c, w, s.team, s.filter, false) }},
		"RemoveFilter": {access.Manager, func(c context.Context, w models.Actor) error { return s.RemoveFilter(c, w, s.team, s.filter) }},
		"CopyTask": {access.Member, func(c context.Context, w models.Actor) error {
			_, err := s.CopyTask(c, w, s.first, models.CopyInput{})
			return err
		}},
		"Bringing": {access.Member, func(c context.Context, w models.Actor) error { _, err := s.Bringing(c, w, s.first); return err }},
		"TransferTask": {access.Member, func(c context.Context, w models.Actor) error {
			return s.TransferTask(c, w, s.first, now, s.other)
		}},
		"CreateBoard": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.CreateBoard(c, w, s.team, models.BoardInput{Name: "x"})
			return err
		}},
		"CreateSampleBoard": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.CreateSampleBoard(c, w, s.team, sampleWords())
			return err
		}},
		"EditBoard": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.EditBoard(c, w, s.board.ID, now, models.BoardInput{Name: "x"})
		}},
		"Fields": {access.Manager, func(c context.Context, w models.Actor) error { _, err := s.Fields(c, w, s.board.ID); return err }},
		"AddField": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.AddField(c, w, s.board.ID, models.FieldInput{Name: "x", Kind: custom.Text})
		}},
		"EditField": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.EditField(c, w, s.board.ID, s.field, models.FieldInput{Name: "x"})
		}},
		"MoveField":   {access.Manager, func(c context.Context, w models.Actor) error { return s.MoveField(c, w, s.board.ID, s.field, "") }},
		"RemoveField": {access.Manager, func(c context.Context, w models.Actor) error { return s.RemoveField(c, w, s.board.ID, s.field) }},
		"RepeatTask": {access.Member, func(c context.Context, w models.Actor) error {
			return s.RepeatTask(c, w, s.first, now, recur.Rule{Unit: recur.Days, Every: 1, Due: recur.NoDue})
		}},
		"SkipRepeat":    {access.Member, func(c context.Context, w models.Actor) error { return s.SkipRepeat(c, w, s.first, now) }},
		"StopRepeating": {access.Member, func(c context.Context, w models.Actor) error { return s.StopRepeating(c, w, s.first, now) }},
		"AskApproval": {access.Member, func(c context.Context, w models.Actor) error {
			return s.AskApproval(c, w, s.first, now, models.ApprovalInput{Role: access.Owner, Mode: models.AnyApprover})
		}},
		"AskAgain":         {access.Member, func(c context.Context, w models.Actor) error { return s.AskAgain(c, w, s.first, now) }},
		"WithdrawApproval": {access.Member, func(c context.Context, w models.Actor) error { return s.WithdrawApproval(c, w, s.first, now) }},
		"ApproveTask":      {access.Member, func(c context.Context, w models.Actor) error { return s.ApproveTask(c, w, s.first, now, "") }},
		"RejectTask":       {access.Member, func(c context.Context, w models.Actor) error { return s.RejectTask(c, w, s.first, now, "no") }},
		"DiscardSample":    {access.Manager, func(c context.Context, w models.Actor) error { return s.DiscardSample(c, w, s.board.ID) }},
		"ArchiveBoard":     {access.Manager, func(c context.Context, w models.Actor) error { return s.ArchiveBoard(c, w, s.board.ID) }},
		"RestoreBoard":     {access.Manager, func(c context.Context, w models.Actor) error { return s.RestoreBoard(c, w, s.board.ID) }},
		"AddColumn": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.AddColumn(c, w, s.board.ID, models.ColumnInput{Name: "x", State: flow.Ready})
			return err
		}},
		"EditColumn": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.EditColumn(c, w, s.column, now, models.ColumnInput{Name: "x"})
		}},
		"MoveColumn":   {access.Manager, func(c context.Context, w models.Actor) error { return s.MoveColumn(c, w, s.column, "") }},
		"RemoveColumn": {access.Manager, func(c context.Context, w models.Actor) error { return s.RemoveColumn(c, w, s.column, "") }},
		"LogHead":      {access.Manager, func(c context.Context, w models.Actor) error { _, err := s.LogHead(c, w, s.team); return err }},
		"CountLog": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.CountLog(c, w, s.team, models.LogQuery{})
			return err
		}},
		"ExportLog": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.ExportLog(c, w, s.team, models.LogQuery{}, models.ExportCSV, 0)
			return err
		}},
		"PrintLog": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.PrintLog(c, w, s.team, models.LogQuery{})
			return err
		}},
		"LogSeal":     {access.Manager, func(c context.Context, w models.Actor) error { _, err := s.LogSeal(c, w, s.team); return err }},
		"Proof":       {access.Manager, func(c context.Context, w models.Actor) error { _, err := s.Proof(c, w, s.team, 1); return err }},
		"VerifyLog":   {access.Manager, func(c context.Context, w models.Actor) error { _, err := s.VerifyLog(c, w, s.team, ""); return err }},
		"ExportBoard": {access.Viewer, func(c context.Context, w models.Actor) error { _, err := s.ExportBoard(c, w, s.board.ID); return err }},
		"MayImport":   {access.Manager, func(c context.Context, w models.Actor) error { return s.MayImport(c, w, s.team) }},
		"KeepImport": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.KeepImport(c, w, s.team, "a.csv", []byte("title\nA\n"))
			return err
		}},
		"Import": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.Import(c, w, s.team, s.kept, importWords)
			return err
		}},
		"MapImport": {access.Manager, func(c context.Context, w models.Actor) error {
			return s.MapImport(c, w, s.team, s.kept, exchange.Mapping{})
		}},
		"MayMake":    {access.Manager, func(c context.Context, w models.Actor) error { return s.MayMake(c, w, s.team, s.kept) }},
		"DropImport": {access.Manager, func(c context.Context, w models.Actor) error { return s.DropImport(c, w, s.team, s.kept) }},
		"MakeImport": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.MakeImport(c, w, s.team, s.kept, importWords, func(int, int) {})
			return err
		}},
		"ImportBoard": {access.Manager, func(c context.Context, w models.Actor) error {
			_, err := s.ImportBoard(c, w, s.team, "a.csv", &exchange.Plan{})
			return err
		}},
		"EditTeam": {access.Owner, func(c context.Context, w models.Actor) error {
			return s.EditTeam(c, w, s.team, models.TeamInput{Name: "x", Zone: "UTC"})
		}},
		"Invite": {access.Owner, func(c context.Context, w models.Actor) error {
			_, err := s.Invite(c, w, s.team, models.InvitationInput{Role: access.Viewer, Days: 1})
			return err
		}},
		"RevokeInvitation": {access.Owner, func(c context.Context, w models.Actor) error { return s.RevokeInvitation(c, w, s.team, "x") }},
		"ChangeRole":       {access.Owner, func(c context.Context, w models.Actor) error { return s.ChangeRole(c, w, s.team, "zoe", access.Owner) }},
		"RemoveMember":     {access.Owner, func(c context.Context, w models.Actor) error { return s.RemoveMember(c, w, s.team, "zoe") }},
	}
	maps.Copy(all, s.ofSchedules())
	return all
}

// elsewhere are the verbs that belong to no team, or to the caller alone, or to
// the server; each has its tests where it is.
var elsewhere = []string{
	"Release", "Repeat", "StartScheduled", "EmptyBins", "CatchUp", "ForgetExpiredSessions", "ForgetExpiredImports", "ForgetBlobs", "SignHeads", "NewestHeads", "RecordKey", "LoadTemplates", // the automation's
	"Inbox", "UnreadNotices", "MarkNoticeRead", "MarkTaskRead", "MarkAllNoticesRead", "MyWork", "MyReport", "LastDeed", "Search", "DefaultView", "Teams", "CreateTeam", "Leave", // one's own
	"Invitation", "AcceptInvitation", "Outside", "AnswerOutside", "CompleteOutside", "ShownRun", // a link's
	"Session", "SeeSession", "SignOut", "Sessions", "RevokeSession", "RevokeOtherSessions", "SignIn", "Me", "EditProfile", "ChangePassword", // accounts
	"SignUpMode", "MaySignUp", "SetSignUp", "Unclaimed", "Claim", "SignUp", // the server's
}

// Whoever adds a verb has to say here who may use it.
func TestNoVerbIsForgotten(t *testing.T) {
	known := slices.Concat(elsewhere, ofInboxes, ofErasing)
	for name := range (scene{}).verbs() {
		known = append(known, name)
	}
	var there []string
	for m := range reflect.TypeFor[*models.Store]().Methods() {
		there = append(there, m.Name)
	}
	slices.Sort(known)
	require.Equal(t, there, known)
}

// To a stranger a team's things are not there, by any verb; to somebody whose
// role is too weak they are, and the verb is forbidden. Neither leaves a trace.
func TestAStrangerFindsNothingAndAWeakRoleMayNot(t *testing.T) {
	s, ctx := newScene(t), t.Context()
	s.onWall = s.shown()
	people := map[access.Role]models.Actor{access.Viewer: vic, access.Member: ben, access.Manager: ana}
	before := s.length()
	for name, verb := range s.verbs() {
		for _, stranger := range []models.Actor{eve, {}, {ID: "nobody"}} {
			f := fault.From(verb.do(ctx, stranger))
			require.NotNil(t, f, "%s by %q", name, stranger.ID)
			require.Equal(t, fault.Missing, f.Kind, "%s by %q", name, stranger.ID)
			require.Equal(t, fault.NotFound, f.Code, "%s by %q", name, stranger.ID)
		}
		for role, who := range people {
			if slices.Index(access.Roles, role) >= slices.Index(access.Roles, verb.least) {
				continue
			}
			f := fault.From(verb.do(ctx, who))
			require.NotNil(t, f, "%s by a %s", name, role)
			require.Equal(t, fault.Forbidden, f.Kind, "%s by a %s", name, role)
		}
		require.Equal(t, before, s.length(), "what is refused is not done: %s", name)
		if verb.least == access.Viewer {
			require.NoError(t, verb.do(ctx, vic), name)
			before = s.length()
		}
	}
}

// Whoever may do a thing is not refused it for who they are.
func TestARoleThatIsStrongEnoughMay(t *testing.T) {
	for name, verb := range newScene(t).verbs() {
		who, ok := map[access.Role]models.Actor{access.Member: ben, access.Manager: ana}[verb.least]
		if !ok {
			continue
		}
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.onWall = s.shown()
			if f := fault.From(s.verbs()[name].do(t.Context(), who)); f != nil {
				require.NotContains(t, []fault.Kind{fault.Forbidden, fault.Missing}, f.Kind)
			}
		})
	}
}

// What another team's task is called, or that it is there at all, cannot be
// found out by naming it.
func TestATaskOfAnotherTeamCannotBeReachedThroughOnesOwn(t *testing.T) {
	s, ctx := newScene(t), t.Context()
	theirs, err := s.CreateTeam(ctx, eve, models.TeamInput{Name: "Theirs", Zone: "UTC"})
	require.NoError(t, err)
	b, err := s.CreateBoard(ctx, eve, theirs.ID, models.BoardInput{Name: "Secret"})
	require.NoError(t, err)
	v, err := s.Board(ctx, eve, b.ID)
	require.NoError(t, err)
	secret, err := s.AddTasks(ctx, eve, v.Lanes[1].ID, []string{"Secret"})
	require.NoError(t, err)
	s.refused(s.Require(ctx, ana, secret[0].ID, s.next, models.DependencyInput{}), fault.NotFound)
	s.refused(s.Require(ctx, ana, s.first, secret[0].ID, models.DependencyInput{}), fault.NotFound)
	s.refused(s.MoveTask(ctx, ana, s.first, 1<<40, models.Place{Column: v.Lanes[1].ID}), fault.NotAChoice)
	owners := []string{"eve"}
	s.refused(s.EditTask(ctx, ana, s.first, 1<<40, models.TaskInput{Owners: &owners}), fault.NotInTeam)
	found, err := s.FindTasks(ctx, ana, s.first, "Secret")
	require.NoError(t, err)
	require.Empty(t, found)
	// Who is in both teams is told why.
	s.exec("INSERT INTO memberships (team_id, user_id, role, created_at) VALUES ($1, 'ana', 'viewer', $2)", theirs.ID, s.now)
	s.refused(s.Require(ctx, ana, secret[0].ID, s.next, models.DependencyInput{}), fault.OtherTeam)
	s.refused(s.Require(ctx, ana, s.first, secret[0].ID, models.DependencyInput{}), fault.NotAllowed)
}

// length is how many entries all logs have.
func (h *house) length() (n int) {
	require.NoError(h.t, h.db.Raw("SELECT COUNT(*) FROM entries").Row().Scan(&n))
	return n
}

// exec writes past the store, as nothing but a test may.
func (h *house) exec(query string, args ...any) {
	sql, err := h.db.DB()
	require.NoError(h.t, err)
	_, err = sql.Exec(query, args...)
	require.NoError(h.t, err)
}

func sampleWords() models.SampleWords {
	words := models.SampleWords{Name: "Sample", Columns: columnNames, Tasks: make([]models.SampleTask, models.SampleSize)}
	for i := range words.Tasks {
		words.Tasks[i].Title = "Task"
	}
	return words
}
