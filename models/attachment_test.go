package models_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/find"
	"relevo/tests/replay"
)

// attach adds a file as Ana and returns its ID.
func (h *house) attach(task, name string, data []byte) string {
	h.t.Helper()
	id, err := h.AddFile(h.t.Context(), ana, task, models.Incoming{Name: name, Body: bytes.NewReader(data)})
	require.NoError(h.t, err)
	return id
}

// limited is the same house with other limits.
func (h *house) limited(most, quota int64) {
	h.t.Helper()
	p := h.parts
	p.MaxFile, p.MaxTeamFiles = most, quota
	var err error
	h.Store, err = models.New(p)
	require.NoError(h.t, err)
}

func (h *house) content(task, file string) string {
	h.t.Helper()
	d, err := h.File(h.t.Context(), vic, task, file)
	require.NoError(h.t, err)
	all, err := io.ReadAll(d.Body)
	require.NoError(h.t, err)
	return string(all)
}

func (h *house) kept() (blobs, parts, stored int) {
	h.t.Helper()
	require.NoError(h.t, h.db.Raw("SELECT (SELECT COUNT(*) FROM blobs), (SELECT COUNT(*) FROM blob_parts), (SELECT stored FROM teams WHERE id = ?)", h.team).Row().Scan(&blobs, &parts, &stored))
	return blobs, parts, stored
}

func fileNames(files []models.FileView) []string {
	names := []string{}
	for _, f := range files {
		names = append(names, f.Name)
	}
	return names
}

func picture(t testing.TB) []byte {
	t.Helper()
	p := image.NewRGBA(image.Rect(0, 0, 640, 400))
	for i := range p.Pix {
		p.Pix[i] = 255
	}
	p.SetRGBA(1, 1, color.RGBA{A: 255})
	var out bytes.Buffer
	require.NoError(t, png.Encode(&out, p))
	return out.Bytes()
}

// long is some bytes that do not repeat, more than a part of a blob holds.
func long(n int) []byte {
	data := make([]byte, 0, n+32)
	for i := 0; len(data) < n; i++ {
		sum := sha256.Sum256(fmt.Append(nil, i))
		data = append(data, sum[:]...)
	}
	return data[:n]
}

func TestAFileIsKeptWithItsTaskAndReadAnywhere(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign")[0].ID
	data := long(3<<20 + 5)
	id := h.attach(task, `C:\docs\contract.pdf`, data)
	empty := h.attach(task, "empty.txt", nil)
	shot := h.attach(task, "photo.png", picture(t))
	require.Equal(t, string(data), h.content(task, id))
	require.Empty(t, h.content(task, empty))

	v := h.task(task)
	require.Equal(t, []string{"contract.pdf", "empty.txt", "photo.png"}, fileNames(v.Files))
	f := v.Files[0]
	sum := sha256.Sum256(data)
	require.Equal(t, []any{int64(len(data)), hex.EncodeToString(sum[:]), "application/octet-stream", "ana", 0},
		[]any{f.Size, f.SHA256, f.Type, f.By, f.Width})
	require.Equal(t, [2]int{320, 200}, [2]int{v.Files[2].Width, v.Files[2].Height})
	_, small, err := h.FileThumbnail(ctx, vic, task, shot)
	require.NoError(t, err)
	require.Equal(t, "image/jpeg", small.Type)
	_, _, err = h.FileThumbnail(ctx, vic, task, id)
	h.refused(err, fault.NotFound)

	d, err := h.File(ctx, vic, task, id)
	require.NoError(t, err)
	for _, at := range []int64{0, 256<<10 - 3, 1 << 20, int64(len(data)) - 2, 7} {
		_, err := d.Body.Seek(at, io.SeekStart)
		require.NoError(t, err)
		some := make([]byte, 10)
		n, err := io.ReadFull(d.Body, some)
		if n < 10 {
			require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		}
		require.Equal(t, data[at:at+int64(n)], some[:n])
	}
	end, err := d.Body.Seek(-1, io.SeekEnd)
	require.NoError(t, err)
	require.Equal(t, int64(len(data)-1), end)
	_, err = d.Body.Seek(-1, io.SeekStart)
	require.Error(t, err)

	page, err := h.Board(ctx, vic, b.ID)
	require.NoError(t, err)
	require.Equal(t, 3, page.Lanes[1].Cards[0].Files)
	replay.Check(t, h.db)
}

func TestTheSameContentIsKeptOnceAndAFileOfOneNameGetsANumber(t *testing.T) {
	h := newHouse(t)
	tasks := h.add(h.board(), "Sign", "Accounts")
	data := long(300 << 10)
	h.attach(tasks[0].ID, "plan.pdf", data)
	h.attach(tasks[0].ID, "PLAN.pdf", data)
	h.attach(tasks[1].ID, "plan.pdf", data)
	h.attach(tasks[0].ID, "plan.pdf", []byte("other"))
	require.Equal(t, []string{"plan.pdf", "PLAN (2).pdf", "plan (3).pdf"}, fileNames(h.task(tasks[0].ID).Files))
	blobs, parts, stored := h.kept()
	require.Equal(t, []int{2, 3, 300<<10 + 5}, []int{blobs, parts, stored})

	// What another team has is no business of theirs.
	theirs, err := h.CreateTeam(t.Context(), eve, models.TeamInput{Name: "Theirs", Zone: "UTC"})
	require.NoError(t, err)
	board, err := h.CreateBoard(t.Context(), eve, theirs.ID, models.BoardInput{Name: "Secret"})
	require.NoError(t, err)
	v, err := h.Board(t.Context(), eve, board.ID)
	require.NoError(t, err)
	secret, err := h.AddTasks(t.Context(), eve, v.Lanes[1].ID, []string{"Secret"})
	require.NoError(t, err)
	_, err = h.AddFile(t.Context(), eve, secret[0].ID, models.Incoming{Name: "a", Body: bytes.NewReader(data)})
	require.NoError(t, err)
	blobs, _, _ = h.kept()
	require.Equal(t, 3, blobs)
	seen := h.task(tasks[0].ID).Files[0].ID
	_, err = h.File(t.Context(), eve, secret[0].ID, seen)
	h.refused(err, fault.NotFound)
	replay.Check(t, h.db)
}

func TestManyWhoBringTheSameAtOnceKeepItOnce(t *testing.T) {
	h := newHouse(t)
	tasks := h.add(h.board(), "a", "b", "c", "d", "e", "f")
	data := long(600 << 10)
	var all sync.WaitGroup
	errs := make([]error, len(tasks))
	for i, task := range tasks {
		all.Go(func() {
			_, errs[i] = h.AddFile(t.Context(), ana, task.ID, models.Incoming{Name: "same", Body: bytes.NewReader(data)})
		})
	}
	all.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	blobs, parts, stored := h.kept()
	require.Equal(t, []int{1, 3, 600 << 10}, []int{blobs, parts, stored})
	replay.Check(t, h.db)
}

func TestWhatIsTooMuchIsRefusedAndLeavesNothing(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	h.limited(1000, 2500)
	task := h.add(h.board(), "Sign")[0].ID
	room, err := h.MayAttach(ctx, ben, task)
	require.NoError(t, err)
	require.Equal(t, models.Room{Most: 1000, Left: 2500, Quota: 2500}, room)
	_, err = h.AddFile(ctx, ana, task, models.Incoming{Name: "big", Body: bytes.NewReader(long(1001))})
	f := h.refused(err, fault.FileOverLimit)
	require.Equal(t, []any{int64(1000)}, f.Args)
	h.attach(task, "one", long(1000))
	h.attach(task, "two", long(999))
	_, err = h.AddFile(ctx, ana, task, models.Incoming{Name: "three", Body: bytes.NewReader(long(502))})
	f = h.refused(err, fault.TeamFull)
	require.Equal(t, []any{int64(501), int64(2500)}, f.Args)
	h.attach(task, "the same again", long(1000)) // takes no room
	h.attach(task, "just fits", long(501))
	require.Zero(t, h.task(task).Room.Left)
	blobs, _, stored := h.kept()
	require.Equal(t, []int{3, 2500}, []int{blobs, stored})

	for i := len(h.task(task).Files); i < models.MaxFiles; i++ {
		h.attach(task, "one", long(1000))
	}
	_, err = h.AddFile(ctx, ana, task, models.Incoming{Name: "one too many", Body: bytes.NewReader(long(1000))})
	h.refused(err, fault.TooManyFiles)
	replay.Check(t, h.db)
}

// together is a file that is not read before all of them are there.
type together struct {
	io.ReadSeeker
	all *sync.WaitGroup
	was *sync.Once
}

func (b together) Read(p []byte) (int, error) {
	b.was.Do(func() { b.all.Done(); b.all.Wait() })
	return b.ReadSeeker.Read(p)
}

func TestManyWhoFillTheRoomAtOnceDoNotOverfillIt(t *testing.T) {
	h := newHouse(t)
	h.limited(1000, 1000)
	tasks := h.add(h.board(), "a", "b", "c", "d", "e")
	var begun, done sync.WaitGroup
	begun.Add(len(tasks))
	errs := make([]error, len(tasks))
	for i, task := range tasks {
		done.Go(func() {
			body := bytes.NewReader(append(long(400), byte(i)))
			_, errs[i] = h.AddFile(t.Context(), ana, task.ID, models.Incoming{Name: "a", Body: together{body, &begun, new(sync.Once)}})
		})
	}
	done.Wait()
	kept := 0
	for _, err := range errs {
		if err == nil {
			kept++
		} else {
			h.refused(err, fault.TeamFull)
		}
	}
	require.Equal(t, 2, kept)
	blobs, _, stored := h.kept()
	require.Equal(t, []int{2, 802}, []int{blobs, stored})
	replay.Check(t, h.db)
}

// broken ends in an error, as a file does whose disk is full.
type broken struct{ io.ReadSeeker }

func (b broken) Read(p []byte) (int, error) {
	at, _ := b.Seek(0, io.SeekCurrent)
	if at > 300<<10 {
		return 0, io.ErrClosedPipe
	}
	return b.ReadSeeker.Read(p[:min(len(p), 100<<10)])
}

func TestAnUploadThatBreaksLeavesNothing(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	task := h.add(h.board(), "Sign")[0].ID
	before := h.length()
	_, err := h.AddFile(ctx, ana, task, models.Incoming{Name: "a", Body: broken{bytes.NewReader(long(1 << 20))}})
	require.ErrorIs(t, err, io.ErrClosedPipe)
	// One of which only half was written when the server died is forgotten in time.
	h.exec("INSERT INTO blobs (id, team_id, sha256, size, sealed, expires_at) VALUES ('left', $1, $2, 5, FALSE, $3)", h.team, strings.Repeat("0", 64), h.now.Add(time.Hour))
	h.exec("INSERT INTO blob_parts (blob_id, n, data) VALUES ('left', 0, $1)", []byte("abc"))
	require.NoError(t, h.ForgetBlobs(ctx))
	blobs, parts, _ := h.kept()
	require.Equal(t, []int{1, 1}, []int{blobs, parts})
	h.now = h.now.Add(time.Hour)
	require.NoError(t, h.ForgetBlobs(ctx))
	blobs, parts, _ = h.kept()
	require.Equal(t, []int{0, 0}, []int{blobs, parts})
	require.Equal(t, before, h.length())
}

func TestAFileIsRenamedRemovedBroughtBackAndUndone(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign")[0].ID
	id := h.attach(task, "plan.pdf", []byte("A"))
	h.attach(task, "other.pdf", []byte("B"))
	seen := h.task(task).Seq
	require.NoError(t, h.RenameFile(ctx, ben, task, id, seen, "  ../The plan.pdf "))
	require.Equal(t, "The plan.pdf", h.task(task).Files[0].Name)
	h.refused(h.RenameFile(ctx, ana, task, id, seen, "Mine.pdf"), fault.Changed)
	h.refused(h.RenameFile(ctx, ana, task, id, 1<<40, " "), fault.Needed)
	h.refused(h.RenameFile(ctx, ana, task, id, 1<<40, strings.Repeat("a", 201)), fault.TooLong)
	require.NoError(t, h.RenameFile(ctx, ana, task, id, 1<<40, "other.pdf"))
	require.Equal(t, "other (2).pdf", h.task(task).Files[0].Name, "two of one name are not told apart")

	h.now = h.now.Add(time.Second)
	gone := h.did(h.RemoveFile(ctx, asking(ana), task, id))
	require.Len(t, h.task(task).Files, 1)
	require.Equal(t, []string{"other (2).pdf"}, fileNames(h.task(task).Removed))
	page, err := h.Board(ctx, vic, b.ID)
	require.NoError(t, err)
	require.Equal(t, 1, page.Lanes[1].Cards[0].Files)
	_, err = h.File(ctx, ana, task, id)
	h.refused(err, fault.NotFound)
	h.refused(h.RenameFile(ctx, ana, task, id, 1<<40, "x"), fault.NotFound)
	back := h.undo(gone)
	require.Equal(t, "file.returned", back.Entry.Action)
	require.Equal(t, "A", h.content(task, id))
	again := h.undo(back.Entry.Seq) // redone
	require.Len(t, h.task(task).Removed, 1)
	require.Equal(t, "file.withdrawn", again.Entry.Action)
	require.NoError(t, h.RecallFile(ctx, ben, task, id))
	require.Len(t, h.task(task).Files, 2)

	h.now = h.now.Add(time.Second)
	named := h.did(h.RenameFile(ctx, asking(ana), task, id, 1<<40, "Final.pdf"))
	h.undo(named)
	require.Equal(t, "other (2).pdf", h.task(task).Files[0].Name)
	_, err = h.Undo(ctx, ana, h.team, gone)
	h.refused(err, fault.MovedOn)

	h.now = h.now.Add(time.Second)
	made := h.did(func() error {
		_, err := h.AddFile(ctx, asking(ana), task, models.Incoming{Name: "new", Body: strings.NewReader("N")})
		return err
	}())
	h.undo(made)
	require.Equal(t, []string{"new"}, fileNames(h.task(task).Removed))
	replay.Check(t, h.db)
}

func TestWhatIsRemovedIsPurgedAfterThirtyDaysAndWhatNobodyRefersToIsForgotten(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	tasks := h.add(b, "Sign", "Accounts")
	shared, alone := long(300<<10), []byte("alone")
	one, two := h.attach(tasks[0].ID, "shared", shared), h.attach(tasks[0].ID, "alone", alone)
	h.attach(tasks[1].ID, "shared", shared)
	require.NoError(t, h.RemoveFile(ctx, ana, tasks[0].ID, one))
	require.NoError(t, h.RemoveFile(ctx, ana, tasks[0].ID, two))
	h.now = h.now.Add(models.BinTime)
	require.NoError(t, h.EmptyBins(ctx))
	require.Len(t, h.task(tasks[0].ID).Removed, 2, "not before its time is over")
	h.now = h.now.Add(time.Second)
	require.NoError(t, h.EmptyBins(ctx))
	require.NoError(t, h.ForgetBlobs(ctx))
	require.Empty(t, h.task(tasks[0].ID).Removed)
	h.refused(h.RecallFile(ctx, ana, tasks[0].ID, two), fault.NotFound)
	blobs, parts, stored := h.kept()
	require.Equal(t, []int{1, 2, 300 << 10}, []int{blobs, parts, stored})
	replay.Check(t, h.db)

	// A task in the bin keeps its files; purged, it takes them along.
	h.delete(tasks[1].ID)
	require.NoError(t, h.RecallTask(ctx, ana, tasks[1].ID))
	require.Equal(t, string(shared), h.content(tasks[1].ID, h.task(tasks[1].ID).Files[0].ID))
	h.delete(tasks[1].ID)
	h.now = h.now.Add(models.BinTime + time.Second)
	require.NoError(t, h.EmptyBins(ctx))
	require.NoError(t, h.ForgetBlobs(ctx))
	blobs, parts, stored = h.kept()
	require.Equal(t, []int{0, 0, 0}, []int{blobs, parts, stored})
	replay.Check(t, h.db)

	// What should never have been here goes at once.
	three := h.attach(tasks[0].ID, "secret", shared)
	h.refused(h.PurgeFile(ctx, ana, tasks[0].ID, three), fault.NotFound)
	require.NoError(t, h.RemoveFile(ctx, ana, tasks[0].ID, three))
	require.NoError(t, h.PurgeFile(ctx, ana, tasks[0].ID, three))
	require.NoError(t, h.ForgetBlobs(ctx))
	blobs, parts, stored = h.kept()
	require.Equal(t, []int{0, 0, 0}, []int{blobs, parts, stored})
	replay.Check(t, h.db)
}

func TestTheNamesOfFilesAreFound(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.second()
	task := h.add(b, "Sign")[0].ID
	id := h.attach(task, "Salary_agreement-2026.pdf", []byte("A"))
	found := func(who models.Actor, q string) []models.Found {
		v, err := h.Search(ctx, who, find.Parse(q), 0)
		require.NoError(t, err)
		if v.Similar {
			return nil
		}
		return v.Tasks
	}
	hits := found(vic, "agreement 2026")
	require.Len(t, hits, 1)
	require.Equal(t, "file", hits[0].In)
	text := ""
	for _, p := range hits[0].Snippet {
		text += p.Text
	}
	require.Equal(t, "Salary_agreement-2026.pdf", text)
	require.Empty(t, found(eve, "agreement"))
	require.NoError(t, h.TransferTask(ctx, ana, task, 1<<40, other.ID))
	require.Len(t, found(vic, "agreement board:LEG"), 1)
	require.Empty(t, found(vic, "agreement board:ONB"))
	require.NoError(t, h.RemoveFile(ctx, ana, task, id))
	require.Empty(t, found(vic, "agreement"))
	require.NoError(t, h.RecallFile(ctx, ana, task, id))
	require.NoError(t, h.RenameFile(ctx, ana, task, id, 1<<40, "Contract.pdf"))
	require.Empty(t, found(vic, "agreement"))
	require.Len(t, found(vic, "contract"), 1)
	h.delete(task)
	require.Empty(t, found(vic, "contract"))
}

func TestATaskThatNeedsAFileIsNotDoneWithoutAndKeepsItsLast(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	task := h.add(h.board(), "Sign")[0].ID
	yes := true
	h.now = h.now.Add(time.Second)
	needs := h.did(h.EditTask(ctx, asking(ana), task, 1<<40, models.TaskInput{NeedsFile: &yes}))
	require.Equal(t, []fault.Code{fault.FileNeeded}, codesOf(h.task(task).Missing))
	h.refused(h.CompleteTask(ctx, ana, task, 1<<40), fault.FileNeeded)
	h.undo(needs)
	require.False(t, h.task(task).Task.NeedsFile)
	require.NoError(t, h.EditTask(ctx, ana, task, 1<<40, models.TaskInput{NeedsFile: &yes}))

	h.now = h.now.Add(time.Second)
	var one string
	added := h.did(func() (err error) {
		one, err = h.AddFile(ctx, asking(ana), task, models.Incoming{Name: "signed.pdf", Body: strings.NewReader("A")})
		return err
	}())
	require.NoError(t, h.CompleteTask(ctx, ana, task, 1<<40))
	h.refused(h.RemoveFile(ctx, ana, task, one), fault.LastFile)
	_, err := h.Undo(ctx, asking(ana), h.team, added)
	h.refused(err, fault.LastFile)
	h.attach(task, "another.pdf", []byte("B"))
	require.NoError(t, h.RemoveFile(ctx, ana, task, one))
	require.NoError(t, h.ReopenTask(ctx, ana, task, 1<<40))
	require.NoError(t, h.RemoveFile(ctx, ana, task, h.task(task).Files[0].ID))
	h.refused(h.CompleteTask(ctx, ana, task, 1<<40), fault.FileNeeded)

	// What is done without one is not made to lack one.
	other := h.add(h.board(), "Other")[0].ID
	require.NoError(t, h.CompleteTask(ctx, ana, other, 1<<40))
	h.refused(h.EditTask(ctx, ana, other, 1<<40, models.TaskInput{NeedsFile: &yes}), fault.FileNeeded)
	replay.Check(t, h.db)
}

func codesOf(missing []*fault.Fault) (codes []fault.Code) {
	for _, f := range missing {
		codes = append(codes, f.Code)
	}
	return codes
}

func TestACopyTakesItsFilesAlongWithoutKeepingThemTwice(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b, other := h.board(), h.second()
	task := h.add(b, "Sign")[0].ID
	data := long(300 << 10)
	h.attach(task, "plan.pdf", data)
	gone := h.attach(task, "gone.pdf", []byte("B"))
	require.NoError(t, h.RemoveFile(ctx, ana, task, gone))
	without, err := h.CopyTask(ctx, ben, task, models.CopyInput{})
	require.NoError(t, err)
	require.Empty(t, h.task(without).Files)
	id, err := h.CopyTask(ctx, ben, task, models.CopyInput{Board: other.ID, Files: true})
	require.NoError(t, err)
	v := h.task(id)
	require.Equal(t, []string{"plan.pdf"}, fileNames(v.Files))
	require.Equal(t, "ben", v.Files[0].By)
	require.Equal(t, string(data), h.content(id, v.Files[0].ID))
	blobs, _, _ := h.kept()
	require.Equal(t, 2, blobs)

	// Each goes its own way.
	h.delete(task)
	h.now = h.now.Add(models.BinTime + time.Second)
	require.NoError(t, h.EmptyBins(ctx))
	require.NoError(t, h.ForgetBlobs(ctx))
	require.Equal(t, string(data), h.content(id, v.Files[0].ID))
	replay.Check(t, h.db)
}

func TestAnExportNamesTheFilesAndAnImportSaysThatTheyAreNotThere(t *testing.T) {
	h, ctx := newHouse(t), t.Context()
	b := h.board()
	task := h.add(b, "Sign")[0].ID
	h.attach(task, "plan.pdf", []byte("%PDF-"))
	yes := true
	require.NoError(t, h.EditTask(ctx, ana, task, 1<<40, models.TaskInput{NeedsFile: &yes}))
	require.NoError(t, h.RemoveFile(ctx, ana, task, h.attach(task, "gone.pdf", []byte("B"))))
	out, err := h.ExportBoard(ctx, vic, b.ID)
	require.NoError(t, err)
	require.Equal(t, []exchange.BoardFile{{Name: "plan.pdf", Size: 5, Type: "application/pdf", SHA256: h.task(task).Files[0].SHA256, By: "ana", At: h.now}}, out.Tasks[0].Files)
	var json bytes.Buffer
	require.NoError(t, exchange.WriteJSON(&json, out))
	id, err := h.KeepImport(ctx, ana, h.team, "b.json", json.Bytes())
	require.NoError(t, err)
	plan, err := h.Import(ctx, ana, h.team, id, importWords)
	require.NoError(t, err)
	require.Equal(t, fault.FoundDropped, plan.Plan.Found[len(plan.Plan.Found)-1].Fault.Code)
	made, err := h.MakeImport(ctx, ana, h.team, id, importWords, func(int, int) {})
	require.NoError(t, err)
	page, err := h.Board(ctx, ana, made.ID)
	require.NoError(t, err)
	v := h.task(page.Lanes[1].Cards[0].ID)
	require.True(t, v.Task.NeedsFile)
	require.Empty(t, v.Files)
	replay.Check(t, h.db)
}
