package models_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/custom"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/flow"
	"relevo/tests/replay"
)

var importWords = exchange.Local{Columns: columnNames, Headings: exchange.Headings{Files: "Files"}}

// bring makes a board of a file, as proposed.
func (h *house) bring(team, name string, data []byte) (models.Board, error) {
	h.t.Helper()
	id, err := h.KeepImport(h.t.Context(), ana, team, name, data)
	require.NoError(h.t, err)
	return h.MakeImport(h.t.Context(), ana, team, id, importWords, func(int, int) {})
}

// secondTeam has the same people.
func (h *house) secondTeam() string {
	id := models.NewID()
	sql, err := h.db.DB()
	require.NoError(h.t, err)
	for query, args := range map[string][]any{
		"INSERT INTO teams (id, name, zone, created_at) VALUES ($1, 'Theirs', 'Europe/Madrid', $2)": {id, h.now},
		"INSERT INTO logs (id, seq) VALUES ($1, 0)":                                                 {id},
	} {
		_, err := sql.Exec(query, args...)
		require.NoError(h.t, err)
	}
	for name, role := range map[string]access.Role{"ana": access.Manager, "ben": access.Member, "vic": access.Viewer} {
		_, err := sql.Exec("INSERT INTO memberships (team_id, user_id, role, created_at) VALUES ($1, $2, $3, $4)", id, name, string(role), h.now)
		require.NoError(h.t, err)
	}
	return id
}

func TestAFileBecomesABoardAtOnceWithAnEntryForEachThingAndOneCause(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	csv := "key;title;state;owners;due;estimate;priority;requires\n" +
		"ONB-3;Sign contract;done;ana;2026-03-01;1h 30m;high;\n" +
		"ONB-4;Create accounts;waiting;ben@example.org;;;;ONB-3\n" +
		"ONB-7;First day;ready;ben;;;;ONB-4 ONB-9\n"
	b, err := h.bring(h.team, "plan.csv", []byte(csv))
	require.NoError(t, err)
	require.Equal(t, "plan", b.Name)
	require.Equal(t, "ONB", b.Key)
	got, err := h.ExportBoard(ctx, vic, b.ID)
	require.NoError(t, err)
	state := map[string]flow.State{}
	for _, task := range got.Tasks {
		state[task.Key] = task.State
	}
	require.Equal(t, map[string]flow.State{"ONB-3": flow.Done, "ONB-4": flow.Ready, "ONB-7": flow.Waiting}, state,
		"what it needs is done, so it is ready; what needs an open one waits")
	more := h.add(b, "Next")
	require.EqualValues(t, 8, more[0].Number, "numbers go on after the file's")

	var entries []struct {
		Action string
		Cause  int64
	}
	require.NoError(t, h.db.Raw("SELECT action, cause FROM entries WHERE log_id = ? AND cause > 0 ORDER BY seq", h.team).Scan(&entries).Error)
	require.Len(t, entries, 3+2)
	for _, e := range entries {
		require.Equal(t, entries[0].Cause, e.Cause)
	}
	var notices int64
	require.NoError(t, h.db.Raw("SELECT COUNT(*) FROM notices").Scan(&notices).Error)
	require.Zero(t, notices, "what was assigned elsewhere is no news")
	replay.Check(t, h.db)
}

func TestAnImportIsAllOrNothing(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	var before, after, kept int64
	count := func(table string, n *int64) {
		require.NoError(t, h.db.Raw("SELECT COUNT(*) FROM "+table).Scan(n).Error)
	}
	count("entries", &before)
	_, err := h.bring(h.team, "a.csv", []byte("key,title,requires\nA-1,One,A-3\nA-2,Two,A-1\nA-3,Three,A-2\n"))
	f := h.refused(err, fault.Cycle)
	require.Equal(t, []fault.Ref{{Key: "A-1", Title: "One"}, {Key: "A-2", Title: "Two"}, {Key: "A-3", Title: "Three"}, {Key: "A-1", Title: "One"}}, f.Refs)
	plan := &exchange.Plan{Name: "X", Columns: []exchange.Column{{Name: "R", State: flow.Ready}},
		Tasks: []exchange.Task{{Title: "fine", State: flow.Ready, Number: 1}, {Title: "the same number", State: flow.Ready, Number: 1}}}
	_, err = h.ImportBoard(ctx, ana, h.team, "x", plan)
	require.Error(t, err)
	plan = &exchange.Plan{Name: "X", People: []exchange.Person{{Name: "Eve", User: "eve"}}}
	_, err = h.ImportBoard(ctx, ana, h.team, "x", plan)
	h.refused(err, fault.NotInTeam)
	count("entries", &after)
	require.Equal(t, before, after)
	for _, table := range []string{"boards", "columns", "tasks"} {
		count(table, &kept)
		require.Zero(t, kept, table)
	}
}

func TestAKeptFileIsItsOwnersAloneAndMadeOnce(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	_, err := h.KeepImport(ctx, ben, h.team, "a.csv", []byte("title\nx\n"))
	h.refused(err, fault.NotAllowed)
	_, err = h.KeepImport(ctx, eve, h.team, "a.csv", []byte("title\nx\n"))
	h.refused(err, fault.NotFound)
	_, err = h.KeepImport(ctx, ana, h.team, "a.csv", []byte("\x00"))
	h.refused(err, fault.FileUnknown)
	id, err := h.KeepImport(ctx, ana, h.team, `C:\files\my-plan.csv`, []byte("title\nx\n"))
	require.NoError(t, err)
	v, err := h.Import(ctx, ana, h.team, id, importWords)
	require.NoError(t, err)
	require.Equal(t, "my plan", v.Mapping.Name)
	sql, err := h.db.DB()
	require.NoError(t, err)
	_, err = sql.Exec("UPDATE memberships SET role = 'owner' WHERE user_id = 'ben'")
	require.NoError(t, err)
	_, err = h.Import(ctx, ben, h.team, id, importWords)
	h.refused(err, fault.NotFound)
	h.refused(h.DropImport(ctx, ben, h.team, id), fault.NotFound)
	h.refused(h.MapImport(ctx, ben, h.team, id, exchange.Mapping{}), fault.NotFound)

	second, err := h.KeepImport(ctx, ana, h.team, "b.csv", []byte("title\ny\n"))
	require.NoError(t, err)
	_, err = h.Import(ctx, ana, h.team, id, importWords)
	h.refused(err, fault.NotFound) // a newer file took its place
	_, err = h.MakeImport(ctx, ana, h.team, second, importWords, func(int, int) {})
	require.NoError(t, err)
	_, err = h.MakeImport(ctx, ana, h.team, second, importWords, func(int, int) {})
	h.refused(err, fault.NotFound)

	id, err = h.KeepImport(ctx, ana, h.team, "a.csv", []byte("title\nx\n"))
	require.NoError(t, err)
	h.now = h.now.Add(models.ImportLife + time.Hour)
	require.NoError(t, h.ForgetExpiredImports(ctx))
	_, err = h.Import(ctx, ana, h.team, id, importWords)
	h.refused(err, fault.NotFound)
}

func TestTimeReleasesWhatAFileSaysToWaitFor(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	done := h.now.Add(-time.Hour)
	var out bytes.Buffer
	require.NoError(t, exchange.WriteJSON(&out, exchange.Board{Board: exchange.BoardName{Name: "B", Key: "BB"},
		Columns: []exchange.BoardColumn{{Name: "W", State: flow.Waiting}, {Name: "R", State: flow.Ready}, {Name: "D", State: flow.Done}},
		Tasks: []exchange.BoardTask{{Key: "BB-1", Title: "one", State: flow.Done, DoneAt: &done},
			{Key: "BB-2", Title: "two", State: flow.Ready, Requires: []exchange.BoardNeeds{{Key: "BB-1", Lag: 2, LagUnit: flow.Hours}}}}}))
	b, err := h.bring(h.team, "b.json", out.Bytes())
	require.NoError(t, err)
	require.Len(t, h.jobs, 1)
	require.Equal(t, done.Add(2*time.Hour), h.due[0])
	h.now = h.due[0]
	require.NoError(t, h.Release(ctx, h.jobs[0]))
	got, err := h.ExportBoard(ctx, ana, b.ID)
	require.NoError(t, err)
	require.Equal(t, flow.Ready, got.Tasks[0].State)
	replay.Check(t, h.db)
}

// TestExportThenImportIsTheIdentity is a property: whatever a board holds, its
// JSON makes the same board in another team; its CSV the same as far as CSV holds it.
func TestExportThenImportIsTheIdentity(t *testing.T) {
	var all strings.Builder
	defer func() {
		for _, held := range []string{`"checklist":`, `"ticked_by":`, `"became":`, `"comments":`, `"requires":`, `"owners":`, `"labels":["=Money`, `"blocked":`, `"archived_at":`, `"column":null`, `"repeats":`, `"repeat_of":`, `X-DAYS=WORKING`, `"patterns":[`, `"due_in":`, `"name":"=cmd|`} {
			require.Contains(t, all.String(), held, "the boards were worth trying")
		}
	}()
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			h, ctx := newHouse(t), t.Context()
			other := h.secondTeam()
			b := h.anyBoard(rand.New(rand.NewPCG(seed, 1)))
			was, err := h.ExportBoard(ctx, vic, b.ID)
			require.NoError(t, err)

			var json, again bytes.Buffer
			require.NoError(t, exchange.WriteJSON(&json, was))
			made, err := h.bring(other, "board.json", json.Bytes())
			require.NoError(t, err)
			is, err := h.ExportBoard(ctx, vic, made.ID)
			require.NoError(t, err)
			require.NoError(t, exchange.WriteJSON(&again, is))
			require.Equal(t, json.String(), again.String())
			all.Write(json.Bytes())

			third := h.secondTeam()
			var csv, csvAgain bytes.Buffer
			require.NoError(t, exchange.WriteCSV(&csv, was, flow.FormatEstimate))
			made, err = h.bring(third, "board.csv", csv.Bytes())
			require.NoError(t, err)
			is, err = h.ExportBoard(ctx, vic, made.ID)
			require.NoError(t, err)
			require.NoError(t, exchange.WriteCSV(&csvAgain, is, flow.FormatEstimate))
			require.Equal(t, csv.String(), csvAgain.String())
			replay.Check(t, h.db)
		})
	}
}

// anyBoard is a board after some thirty random acts.
func (h *house) anyBoard(r *rand.Rand) models.Board {
	ctx := context.WithoutCancel(h.t.Context())
	b := h.board()
	texts := []string{"Sign contract", "=cmd|' /C calc'!A0", "'=quoted", "+34 600", "@home, \"really\"; yes", "ñandú 🎉", "-"}
	var tasks []models.Task
	for i := range 8 + r.IntN(8) {
		tasks = append(tasks, h.add(b, fmt.Sprint(texts[r.IntN(len(texts))], " ", i))...)
	}
	for _, name := range []string{"legal", "=Money", "Unused"} {
		require.NoError(h.t, h.AddLabel(ctx, ana, b.ID, models.LabelInput{Name: name, Colour: models.Colours[r.IntN(9)], Icon: models.LabelIcons[r.IntN(9)]}))
	}
	var labels []string
	require.NoError(h.t, h.db.Raw("SELECT id FROM labels WHERE board_id = ? AND name <> 'Unused' ORDER BY id", b.ID).Scan(&labels).Error)
	fields := map[string]models.Field{}
	for _, kind := range custom.Kinds {
		in := models.FieldInput{Help: texts[r.IntN(len(texts))], Required: r.IntN(8) == 0, OnCard: r.IntN(2) == 0}
		options := []string{"low", "=High", "a, b", "never chosen"}[:map[bool]int{true: 4}[kind == custom.Choice]]
		f := h.field(b, fmt.Sprint(texts[r.IntN(len(texts))], " ", kind), kind, in, options...)
		fields[f.ID] = f
	}
	pick := func() models.Task { return h.task(tasks[r.IntN(len(tasks))].ID).Task }
	for range 60 {
		t := pick()
		switch r.IntN(17) {
		case 0, 1, 2:
			// Options of a prerequisite and the join are not for CSV, where they would judge otherwise.
			_ = h.Require(ctx, ana, t.ID, pick().ID, models.DependencyInput{})
		case 3:
			description, due, estimate, priority := strings.Repeat(texts[r.IntN(len(texts))]+"\n", r.IntN(3)), models.Date("2026-05-0"+fmt.Sprint(1+r.IntN(9))), r.IntN(3000), models.Priorities[r.IntN(5)]
			owners := [][]string{{"ana"}, {"ben", "vic"}, {}}[r.IntN(3)]
			worn := labels[:r.IntN(3)]
			_ = h.EditTask(ctx, ana, t.ID, t.Version, models.TaskInput{Description: &description, Due: &due, Estimate: &estimate, Priority: &priority, Owners: &owners, Labels: &worn})
		case 4:
			_ = h.MoveTask(ctx, ana, t.ID, t.Version, models.Place{Column: h.column(b, flow.States[r.IntN(5)])})
		case 5:
			_ = h.BlockTask(ctx, ana, t.ID, t.Version, "no, not yet")
		case 6:
			_ = h.CancelTask(ctx, ana, t.ID, t.Version, "not needed")
		case 7:
			_ = h.ArchiveTask(ctx, ana, t.ID, t.Version)
		case 8:
			_ = h.CompleteTask(ctx, ana, t.ID, t.Version)
		case 9:
			_ = h.AddItems(ctx, ana, t.ID, []string{"First " + texts[r.IntN(len(texts))], "Second"}, r.IntN(2) == 0)
		case 10:
			_ = h.AddComment(ctx, ana, t.ID, texts[r.IntN(len(texts))]+"\n\n@Ben")
		case 15:
			rules := []string{"FREQ=DAILY", "FREQ=DAILY;X-DAYS=WORKING;X-DUE=3", "FREQ=DAILY;INTERVAL=2;X-AFTER=DONE", "FREQ=WEEKLY;BYDAY=MO;COUNT=3", "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;UNTIL=20301231"}
			again := rules[r.IntN(len(rules))]
			_ = h.RepeatTask(ctx, ana, t.ID, t.Version, rule(h.t, again))
			if strings.Contains(again, "DONE") {
				_ = h.CompleteTask(ctx, ana, t.ID, h.task(t.ID).Task.Version)
			}
		case 16:
			_ = h.SkipRepeat(ctx, ana, t.ID, t.Version)
		case 14:
			in := models.ApprovalInput{Approvers: [][]string{{"ana"}, {"ben", "ana"}, {}}[r.IntN(3)], Role: []access.Role{"", access.Owner}[r.IntN(2)],
				Mode: []models.ApprovalMode{models.AnyApprover, models.AllApprovers}[r.IntN(2)], Note: texts[r.IntN(len(texts))]}
			_ = h.AskApproval(ctx, ana, t.ID, t.Version, in)
			_ = h.ApproveTask(ctx, []models.Actor{ana, ben}[r.IntN(2)], t.ID, t.Version+1, "")
		case 12, 13:
			for id, f := range fields {
				typed := map[custom.Kind]string{custom.Text: strings.Repeat(texts[r.IntN(len(texts))]+"\n", 2), custom.Number: fmt.Sprint(r.IntN(100_000)-50, ".5"), custom.Date: "2026-02-0" + fmt.Sprint(1+r.IntN(9)),
					custom.Person: []string{"ana", "ben"}[r.IntN(2)], custom.YesNo: []string{"yes", "no"}[r.IntN(2)], custom.URL: "example.org/ñ?a=" + fmt.Sprint(r.IntN(9))}[f.Kind]
				if f.Kind == custom.Choice {
					typed = f.Options[r.IntN(3)].ID
				}
				_ = h.fill(ben, t.ID, id, typed)
			}
		case 11:
			if items := h.task(t.ID).Items; len(items) > 0 {
				_ = h.TickItem(ctx, ben, t.ID, items[r.IntN(len(items))].ID)
				_ = h.MakeItemTask(ctx, ben, t.ID, items[0].ID)
			}
		}
	}
	for i, t := range tasks[:6] { // some of them are templates, too
		_ = h.SavePattern(ctx, ana, t.ID, models.PatternSave{Name: texts[i], DueIn: []*int{nil, &i}[i%2]})
	}
	return b
}

// TestAJSONFileKeepsHowTasksWaitAndColumnsFill is the same property for what CSV has no
// place for: any or all, lags, times not before, limits of columns.
func TestAJSONFileKeepsHowTasksWaitAndColumnsFill(t *testing.T) {
	var all strings.Builder
	defer func() {
		for _, held := range []string{`"join":"any"`, `"not_before":`, `"lag":`, `"lag_unit":"working_days"`, `"on_cancel":"hold"`, `"satisfied_at":"in_review"`, `"wip_limit":`, `"wip_hard":true`, `"needs_file":true`, `"repeats":`, `"approval":`, `"became":`, `"ticked_by":`} {
			require.Contains(t, all.String(), held, "the boards were worth trying")
		}
	}()
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			h, ctx := newHouse(t), t.Context()
			other := h.secondTeam()
			r := rand.New(rand.NewPCG(seed, 2))
			b := h.anyBoard(r)
			h.waitsAnyhow(b, r)
			was, err := h.ExportBoard(ctx, vic, b.ID)
			require.NoError(t, err)
			var json, again bytes.Buffer
			require.NoError(t, exchange.WriteJSON(&json, was))
			made, err := h.bring(other, "board.json", json.Bytes())
			require.NoError(t, err)
			is, err := h.ExportBoard(ctx, vic, made.ID)
			require.NoError(t, err)
			require.NoError(t, exchange.WriteJSON(&again, is))
			require.Equal(t, json.String(), again.String())
			all.Write(json.Bytes())
			replay.Check(t, h.db)
		})
	}
}

// waitsAnyhow lets tasks of a board wait for each other and for time, in every way.
func (h *house) waitsAnyhow(b models.Board, r *rand.Rand) {
	ctx := context.WithoutCancel(h.t.Context())
	var tasks []models.Task
	require.NoError(h.t, h.db.Order("number").Find(&tasks, "board_id = ? AND deleted_at IS NULL", b.ID).Error)
	pick := func() models.Task { return h.task(tasks[r.IntN(len(tasks))].ID).Task }
	for range 40 {
		t := pick()
		switch r.IntN(5) {
		case 0, 1:
			lag := flow.Lag{Amount: r.IntN(3), Unit: flow.Units[r.IntN(len(flow.Units))]}
			_ = h.Require(ctx, ana, t.ID, pick().ID, models.DependencyInput{Lag: lag, OnCancel: []flow.OnCancel{flow.Skip, flow.Hold}[r.IntN(2)], SatisfiedAt: []flow.State{flow.Done, flow.InReview}[r.IntN(2)]})
		case 2:
			join, at, file := flow.Any, h.now.Add(time.Duration(r.IntN(100)-20)*time.Hour), r.IntN(2) == 0
			notBefore := &at
			_ = h.EditTask(ctx, ana, t.ID, t.Version, models.TaskInput{Join: &join, NotBefore: &notBefore, NeedsFile: &file})
		case 3:
			_ = h.MoveTask(ctx, ana, t.ID, t.Version, models.Place{Column: h.column(b, flow.States[r.IntN(5)])})
		case 4:
			state := flow.States[r.IntN(4)]
			_ = h.EditColumn(ctx, ana, h.column(b, state), 1<<40, models.ColumnInput{Name: "Lane " + string(state), State: state, WIPLimit: r.IntN(9), WIPHard: r.IntN(2) == 0})
		}
	}
}

func TestTenThousandCardsAreABoardInSeconds(t *testing.T) {
	if testing.Short() {
		t.Skip("a large board")
	}
	h := newHouse(t)
	var csv strings.Builder
	csv.WriteString("key,title,description,state,owners,requires\n")
	for i := 1; i <= exchange.MaxTasks; i++ {
		requires := ""
		if i > 10 {
			requires = fmt.Sprintf("BIG-%d", i/10)
		}
		fmt.Fprintf(&csv, "BIG-%d,Card %d,\"%s\",ready,ana,%s\n", i, i, strings.Repeat("Some words. ", 20), requires)
	}
	began := time.Now()
	b, err := h.bring(h.team, "big.csv", []byte(csv.String()))
	require.NoError(t, err)
	t.Logf("%d cards in %s", exchange.MaxTasks, time.Since(began))
	v, err := h.Board(t.Context(), ana, b.ID)
	require.NoError(t, err)
	require.Equal(t, exchange.MaxTasks, v.Lanes[0].Count+v.Lanes[1].Count)
	require.Equal(t, 10, v.Lanes[1].Count, "only what needs nothing is ready")
}

func TestNobodySpeaksInAnothersNameByAFile(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign contract")[0]
	require.NoError(t, h.AddComment(ctx, ben, task.ID, "I signed."))
	require.NoError(t, h.AddComment(ctx, ana, task.ID, "Thank you."))
	was, err := h.ExportBoard(ctx, vic, b.ID)
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, exchange.WriteJSON(&out, was))
	made, err := h.bring(h.secondTeam(), "b.json", out.Bytes())
	require.NoError(t, err)
	is, err := h.ExportBoard(ctx, vic, made.ID)
	require.NoError(t, err)
	said := is.Tasks[0].Comments
	require.Equal(t, []string{"ana", "**ben**:\n\nI signed.", "ana", "Thank you."}, []string{said[0].By, said[0].Body, said[1].By, said[1].Body})
	replay.Check(t, h.db)
}
