package models_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models"
	"relevo/models/custom"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/models/recur"
	"relevo/tests/replay"
)

func rule(t require.TestingT, text string) recur.Rule {
	r, err := recur.Parse(text)
	require.NoError(t, err)
	return r
}

func (h *house) repeat(task, text string) {
	h.t.Helper()
	require.NoError(h.t, h.RepeatTask(h.t.Context(), ana, task, h.task(task).Task.Version, rule(h.t, text)))
}

// madeOf are the tasks that were made of a task, the bin left out.
func (h *house) madeOf(task string) (made []models.Task) {
	h.t.Helper()
	require.NoError(h.t, h.db.Order("id").Find(&made, "repeat_of = ? AND deleted_at IS NULL", task).Error)
	return made
}

func (h *house) only(task string) models.TaskView {
	h.t.Helper()
	made := h.madeOf(task)
	require.Len(h.t, made, 1)
	return h.task(made[0].ID)
}

// at is a moment in the team's zone.
func (h *house) at(day, clock string) time.Time {
	zone, err := time.LoadLocation("Europe/Madrid")
	require.NoError(h.t, err)
	at, err := time.ParseInLocation("2006-01-02 15:04:05", day+" "+clock, zone)
	require.NoError(h.t, err)
	return at.UTC()
}

func TestATaskComesAgainOnItsScheduleWithoutWhatItProved(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	client := h.field(b, "Client", custom.Text, models.FieldInput{})
	invoice := h.field(b, "Invoice", custom.Text, models.FieldInput{Required: true})
	report := h.add(b, "Report")[0].ID
	require.NoError(t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: "Finance", Colour: models.Colours[0], Icon: models.LabelIcons[0]}))
	text, owners, due, high, estimate := "To the board", []string{"ben"}, models.Date("2026-03-02"), models.High, 90
	require.NoError(t, h.EditTask(ctx, ana, report, h.task(report).Task.Version, models.TaskInput{Description: &text, Owners: &owners, Due: &due, Priority: &high, Estimate: &estimate,
		Labels: &[]string{h.task(report).BoardLabels[0].ID}, Fields: map[string]string{client.ID: "ACME", invoice.ID: "2026/17"}}))
	require.NoError(t, h.AddItems(ctx, ana, report, []string{"Gather", "Check"}, true))
	item := h.task(report).Items[0]
	require.NoError(t, h.EditItem(ctx, ana, report, item.ID, h.task(report).Task.Version, models.ItemInput{Text: "Gather", Due: "2026-03-01", Owner: "ben", Required: true}))
	require.NoError(t, h.TickItem(ctx, ben, report, item.ID))
	require.NoError(t, h.AddComment(ctx, ben, report, "Nearly there"))
	h.repeat(report, "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;X-DUE=1")
	require.Equal(t, models.Date("2026-03-16"), h.task(report).Repeat.Next)

	h.now = h.at("2026-03-15", "23:59:59")
	require.NoError(t, h.Repeat(ctx))
	require.Empty(t, h.madeOf(report), "not before its day begins in the team's zone")
	h.now = h.at("2026-03-16", "00:00:00")
	require.NoError(t, h.Repeat(ctx))
	require.NoError(t, h.Repeat(ctx))
	next := h.only(report)
	require.Equal(t, "Report", next.Task.Title)
	require.Equal(t, text, next.Task.Description)
	require.Equal(t, models.Date("2026-03-17"), next.Task.Due)
	require.Equal(t, high, next.Task.Priority)
	require.Equal(t, estimate, next.Task.Estimate)
	require.Equal(t, flow.Ready, next.Task.State)
	require.Equal(t, "ben", next.Owners[0].ID)
	require.Equal(t, "Finance", next.Labels[0].Name)
	require.Len(t, next.Items, 2)
	require.Nil(t, next.Items[0].TickedAt)
	require.True(t, next.Items[0].Required)
	require.Equal(t, models.Date("2026-03-15"), next.Items[0].Due, "an item's date moves along")
	require.Empty(t, next.Comments)
	require.Equal(t, "ACME", next.Fields[0].Value)
	require.Empty(t, next.Fields[1].Value, "what done requires is proved anew")
	require.Equal(t, report, next.Repeat.Of.ID)
	require.Equal(t, models.Date("2026-03-30"), next.Repeat.Next)
	before := h.task(report)
	require.True(t, before.Repeat.Rule.None(), "the rule has gone on")
	require.Equal(t, next.Task.ID, before.Repeat.Made.ID)

	inbox, err := h.Inbox(ctx, ben, models.InboxFilter{}, "")
	require.NoError(t, err)
	require.Equal(t, models.YourTurn, inbox.Items[0].Notices[0].Kind)
	replay.Check(t, h.db)
}

func TestATaskComesAgainAfterItIsDoneAndUndoTakesThatBack(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	plants := h.add(b, "Water the plants")[0].ID
	h.repeat(plants, "FREQ=DAILY;INTERVAL=3;X-AFTER=DONE;X-DUE=0")
	h.now = h.at("2026-03-04", "18:00:00")
	before := h.visible(t, b.ID)
	done := h.did(h.CompleteTask(ctx, asking(ben), plants, h.task(plants).Task.Version))
	next := h.only(plants)
	require.Equal(t, flow.Waiting, next.Task.State)
	require.Equal(t, models.Date("2026-03-07"), next.Task.Due)
	require.True(t, h.at("2026-03-07", "00:00:00").Equal(*next.Task.NotBefore), next.Task.NotBefore)
	require.Equal(t, h.at("2026-03-07", "00:00:00").UTC(), h.due[len(h.due)-1].UTC(), "and is on the clock")

	u := h.undo(done)
	require.Empty(t, h.madeOf(plants))
	require.Equal(t, "FREQ=DAILY;INTERVAL=3;X-AFTER=DONE;X-DUE=0", h.task(plants).Task.Repeats)
	require.Equal(t, before, withoutBinned(h, b.ID))
	h.undo(u.Entry.Seq)
	require.Equal(t, flow.Done, h.state(plants))
	require.Equal(t, next.Task.ID, h.only(plants).Task.ID, "the same comes back")
	require.Empty(t, h.task(plants).Task.Repeats)

	h.now = h.at("2026-03-07", "00:00:00")
	require.NoError(t, h.Release(ctx, h.jobs[len(h.jobs)-1]))
	require.Equal(t, flow.Ready, h.state(next.Task.ID))
	replay.Check(t, h.db)
}

// withoutBinned is what people see of a board, the bin aside.
func withoutBinned(h *house, board string) (all []string) {
	gone := map[string]bool{}
	var ids []string
	require.NoError(h.t, h.db.Raw("SELECT id FROM tasks WHERE deleted_at IS NOT NULL").Scan(&ids).Error)
	for _, id := range ids {
		gone[id] = true
	}
	for _, line := range h.visible(h.t, board) {
		keep := true
		for id := range gone {
			keep = keep && !strings.Contains(line, id)
		}
		if keep {
			all = append(all, line)
		}
	}
	return all
}

func TestUndoingLeavesANextOneThatSomebodyHasTakenUp(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	plants := h.add(h.board(), "Water the plants")[0].ID
	h.repeat(plants, "FREQ=DAILY;X-AFTER=DONE")
	h.now = h.now.Add(time.Hour)
	done := h.did(h.CompleteTask(ctx, asking(ben), plants, h.task(plants).Task.Version))
	next := h.only(plants).Task
	title := "Water the plants, the cactus too"
	h.now = h.now.Add(time.Minute)
	require.NoError(t, h.EditTask(ctx, asking(ben), next.ID, next.Version, models.TaskInput{Title: &title}))
	h.undo(done)
	require.Equal(t, flow.Ready, h.state(plants))
	require.Empty(t, h.task(plants).Task.Repeats, "one of them has the rule")
	require.Equal(t, "FREQ=DAILY;X-AFTER=DONE", h.only(plants).Task.Repeats)
	h.now = h.now.Add(time.Minute)
	require.NoError(t, h.CompleteTask(ctx, ben, plants, h.task(plants).Task.Version))
	require.Len(t, h.madeOf(plants), 1)
	replay.Check(t, h.db)
}

func TestOfTheDaysThatPassedOnlyTheLastIsMadeUpFor(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	daily := h.add(b, "Stand-up")[0].ID
	h.repeat(daily, "FREQ=DAILY;COUNT=20")
	require.NoError(t, h.ArchiveBoard(ctx, ana, b.ID))
	h.now = h.at("2026-03-08", "09:00:00")
	require.NoError(t, h.Repeat(ctx))
	require.Empty(t, h.madeOf(daily), "an archived board rests")
	require.NoError(t, h.RestoreBoard(ctx, ana, b.ID))
	require.NoError(t, h.Repeat(ctx))
	next := h.only(daily)
	require.Equal(t, models.Date("2026-03-08"), next.Task.RepeatsOn)
	require.Equal(t, 14, next.Repeat.Rule.Count, "the days that passed have passed")
	require.Empty(t, h.madeOf(next.Task.ID))
}

func TestRepeatingEndsIsSkippedAndIsStopped(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Twice", "Skipped", "Stopped", "Binned")
	twice, skipped, stopped, binned := tasks[0].ID, tasks[1].ID, tasks[2].ID, tasks[3].ID
	h.repeat(twice, "FREQ=DAILY;COUNT=2")
	h.repeat(skipped, "FREQ=DAILY")
	h.repeat(stopped, "FREQ=DAILY")
	h.repeat(binned, "FREQ=DAILY")
	h.refused(h.RepeatTask(ctx, ana, twice, h.task(twice).Task.Version, rule(t, "FREQ=DAILY;UNTIL=20260301")), fault.NeverAgain)
	h.refused(h.RepeatTask(ctx, ana, twice, h.task(twice).Task.Version, recur.Rule{Unit: recur.Weeks, Every: 1}), fault.Needed)
	h.refused(h.SkipRepeat(ctx, ana, h.add(b, "Once")[0].ID, 1<<40), fault.NothingToSkip)
	require.NoError(t, h.SkipRepeat(ctx, ben, skipped, h.task(skipped).Task.Version))
	require.Equal(t, models.Date("2026-03-04"), h.task(skipped).Repeat.Next)
	h.now = h.now.Add(time.Minute)
	seq := h.did(h.StopRepeating(ctx, asking(ana), stopped, h.task(stopped).Task.Version))
	require.NoError(t, h.DeleteTask(ctx, ben, binned, h.task(binned).Task.Version))

	h.now = h.at("2026-03-03", "08:00:00")
	require.NoError(t, h.Repeat(ctx))
	require.Empty(t, h.madeOf(skipped))
	require.Empty(t, h.madeOf(stopped))
	require.Empty(t, h.madeOf(binned))
	second := h.only(twice).Task.ID
	require.True(t, h.task(second).Repeat.Rule.Ends())
	h.undo(seq)
	h.now = h.at("2026-03-04", "08:00:00")
	require.NoError(t, h.Repeat(ctx))
	require.Empty(t, h.madeOf(second), "that was the last")
	require.Len(t, h.madeOf(skipped), 1)
	require.Len(t, h.madeOf(stopped), 1, "whose stopping was undone")
	done := h.add(b, "Done")[0].ID
	require.NoError(t, h.CompleteTask(ctx, ana, done, h.task(done).Task.Version))
	h.refused(h.RepeatTask(ctx, ana, done, h.task(done).Task.Version, rule(t, "FREQ=DAILY;X-AFTER=DONE")), fault.NotOpen)
	h.repeat(done, "FREQ=DAILY")
	replay.Check(t, h.db)
}

func TestWhoeverHasLeftOwnsNoNextTask(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	task := h.add(h.board(), "Rota")[0].ID
	owners := []string{"ben"}
	require.NoError(t, h.EditTask(ctx, ana, task, h.task(task).Task.Version, models.TaskInput{Owners: &owners}))
	h.repeat(task, "FREQ=DAILY")
	require.NoError(t, h.db.Set("relevo:marked", true).Exec("DELETE FROM memberships WHERE user_id = 'ben'").Error)
	h.now = h.now.AddDate(0, 0, 1)
	require.NoError(t, h.Repeat(ctx))
	require.Empty(t, h.only(task).Owners)
}

func TestTheNextDayBeginsAnewWhenTheTeamMoves(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	require.NoError(t, h.db.Set("relevo:marked", true).Exec("UPDATE memberships SET role = 'owner' WHERE user_id = 'ana'").Error)
	task := h.add(h.board(), "Rota")[0].ID
	h.repeat(task, "FREQ=DAILY")
	require.NoError(t, h.EditTeam(ctx, ana, h.team, models.TeamInput{Name: "Ours", Zone: "Asia/Tokyo"}))
	h.now = time.Date(2026, 3, 2, 14, 59, 59, 0, time.UTC)
	require.NoError(t, h.Repeat(ctx))
	require.Empty(t, h.madeOf(task))
	h.now = h.now.Add(time.Second) // 3 March begins in Tokyo
	require.NoError(t, h.Repeat(ctx))
	require.Len(t, h.madeOf(task), 1)
}

func TestWorkingDaysAreTheTeamsAndFollowItsCalendar(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	require.NoError(t, h.db.Set("relevo:marked", true).Exec("UPDATE memberships SET role = 'owner' WHERE user_id = 'ana'").Error)
	h.now = h.at("2026-03-06", "09:00:00") // a Friday
	tasks := h.add(h.board(), "Open the shop", "Count the till")
	shop, till := tasks[0].ID, tasks[1].ID
	h.repeat(shop, "FREQ=DAILY;X-DAYS=WORKING")
	h.repeat(till, "FREQ=DAILY;INTERVAL=2;X-AFTER=DONE;X-DAYS=WORKING")
	require.Equal(t, models.Date("2026-03-09"), h.task(shop).Repeat.Next)
	tuesdayToSaturday := []time.Weekday{time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday}
	require.NoError(t, h.EditCalendar(ctx, ana, h.team, models.CalendarInput{Works: tuesdayToSaturday, Holidays: "2026-03-07"}))
	require.Equal(t, models.Date("2026-03-10"), h.task(shop).Repeat.Next, "the next one goes by the new calendar")
	require.NoError(t, h.CompleteTask(ctx, ben, till, h.task(till).Task.Version))
	require.True(t, h.at("2026-03-11", "00:00:00").Equal(*h.only(till).Task.NotBefore), "the second day on which the team works")
	h.now = h.at("2026-03-09", "23:59:59")
	require.NoError(t, h.Repeat(ctx))
	require.Empty(t, h.madeOf(shop))
	h.now = h.at("2026-03-10", "00:00:00")
	require.NoError(t, h.Repeat(ctx))
	require.Equal(t, models.Date("2026-03-11"), h.only(shop).Repeat.Next)
	replay.Check(t, h.db)
}

func TestANextTaskAsksForApprovalAnew(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	task := h.add(h.board(), "Pay")[0].ID
	require.NoError(t, h.AskApproval(ctx, ana, task, h.task(task).Task.Version, models.ApprovalInput{Approvers: []string{"ben"}, Mode: models.AnyApprover}))
	require.NoError(t, h.ApproveTask(ctx, ben, task, h.task(task).Task.Version, ""))
	h.repeat(task, "FREQ=DAILY;X-AFTER=DONE")
	h.now = h.now.Add(time.Hour)
	done := h.did(h.CompleteTask(ctx, asking(ana), task, h.task(task).Task.Version))
	next := h.only(task)
	require.Equal(t, models.ApprovalPending, next.Task.Approval)
	require.Equal(t, "ana", next.Approval.AskedBy.ID)
	h.undo(done)
	require.Empty(t, h.madeOf(task))
	replay.Check(t, h.db)
}

// However many look at once, and whatever was done meanwhile, nothing is made twice
// for one day, and one task of a series has the rule.
func TestNothingIsMadeTwiceForOneDay(t *testing.T) {
	fewer(t, "8")
	h := newHouse(t)
	second, err := models.New(h.parts) // another server on the same database
	require.NoError(t, err)
	rapid.Check(t, func(t *rapid.T) {
		h.now = time.Date(2026, 3, rapid.IntRange(20, 29).Draw(t, "day"), 9, 0, 0, 0, time.UTC)
		b := h.board()
		root := h.add(b, "Root")[0].ID
		rules := []string{"FREQ=DAILY", "FREQ=DAILY;INTERVAL=2;COUNT=5", "FREQ=WEEKLY;BYDAY=SU,WE", "FREQ=DAILY;X-AFTER=DONE", "FREQ=MONTHLY;BYDAY=1WE"}
		head := func() string { // the last one that is there
			var ids []string
			require.NoError(t, h.db.Raw("SELECT id FROM tasks WHERE board_id = ? AND deleted_at IS NULL ORDER BY number DESC", b.ID).Scan(&ids).Error)
			return ids[0]
		}
		set := func(t *rapid.T, task string) {
			v, err := h.Task(h.t.Context(), ana, task)
			require.NoError(t, err)
			err = h.RepeatTask(h.t.Context(), ana, task, v.Task.Version, rule(t, rapid.SampledFrom(rules).Draw(t, "rule")))
			require.True(t, err == nil || fault.From(err) != nil, "%v", err)
		}
		set(t, root)
		var last int64
		t.Repeat(map[string]func(*rapid.T){
			"time": func(t *rapid.T) {
				h.now = h.now.Add(time.Duration(rapid.IntRange(1, 80).Draw(t, "hours")) * time.Hour)
				var all sync.WaitGroup
				for i := range 4 {
					all.Go(func() {
						s := []*models.Store{h.Store, second}[i%2]
						require.NoError(h.t, s.Repeat(h.t.Context()))
					})
				}
				all.Wait()
			},
			"set": func(t *rapid.T) { set(t, head()) },
			"done": func(t *rapid.T) {
				h.now = h.now.Add(time.Second)
				task := head()
				seq := h.seq()
				v, err := h.Task(h.t.Context(), ana, task)
				require.NoError(t, err)
				if h.CompleteTask(h.t.Context(), asking(ana), task, v.Task.Version) == nil {
					last = seq + 1
				}
			},
			"undo": func(t *rapid.T) {
				h.now = h.now.Add(time.Second)
				if last != 0 {
					u, err := h.Undo(h.t.Context(), asking(ana), h.team, last)
					require.True(t, err == nil || fault.From(err) != nil, "%v", err)
					last = u.Entry.Seq
				}
			},
			"": func(t *rapid.T) {
				var twice []string
				require.NoError(t, h.db.Raw(`SELECT repeat_of FROM tasks WHERE board_id = ? AND repeat_of <> '' AND deleted_at IS NULL GROUP BY repeat_of HAVING COUNT(*) > 1`, b.ID).Scan(&twice).Error)
				require.Empty(t, twice, "two were made of one")
				require.NoError(t, h.db.Raw(`SELECT repeats_on FROM tasks WHERE board_id = ? AND repeat_of <> '' AND deleted_at IS NULL AND repeats_on <> '' GROUP BY repeats_on HAVING COUNT(*) > 1`, b.ID).Scan(&twice).Error)
				require.Empty(t, twice, "two for one day")
				var holders int
				require.NoError(t, h.db.Raw("SELECT COUNT(*) FROM tasks WHERE board_id = ? AND deleted_at IS NULL AND repeats <> ''", b.ID).Row().Scan(&holders))
				require.LessOrEqual(t, holders, 1, "one has the rule")
				var untimed []models.Task
				require.NoError(t, h.db.Find(&untimed, "board_id = ? AND ((repeats <> '' AND repeats NOT LIKE '%X-AFTER%' AND repeats NOT LIKE '%COUNT=1') <> (repeat_at IS NOT NULL))", b.ID).Error)
				require.Empty(t, untimed, "what has a schedule has its time")
			},
		})
	})
	replay.Check(t, h.db)
}
