package models

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/file"
	"relevo/models/flow"
	"relevo/models/ledger"
)

// MaxFiles is the most files of a task, those included that were removed and can
// still be brought back.
const MaxFiles = 200

// What a file and all files of a team may take in bytes, where Parts do not say.
const (
	UsualFile  = 25 << 20
	UsualQuota = 5 << 30
)

// Attachment is a file of a task. What is in it is a blob, which other files of
// the team may share.
type Attachment struct {
	ID         string `gorm:"primaryKey"`
	TaskID     string
	TeamID     string
	BlobID     string
	Name       string
	Size       int64
	Type       string // media type under which it is served
	SHA256     string `gorm:"column:sha256"` // hex
	CreatedBy  string
	CreatedAt  time.Time
	RemovedAt  *time.Time // it can be brought back for BinTime
	RemovedBy  string
	RemovedSeq int64 // the entry that removed it
}

func (a Attachment) subject() ledger.Subject {
	return ledger.Subject{Kind: "file", ID: a.ID, Name: a.Name}
}

// Incoming is a file that has come in whole: what it was called, and what is in it.
type Incoming struct {
	Name string
	Body io.ReadSeeker
}

// Room is what a task takes of files.
type Room struct {
	Most  int64 // bytes of one file
	Left  int64 // bytes that the team's files may still take
	Quota int64 // of all that they may take
}

// MayAttach returns the room for a file of a task, for whoever may add one.
func (s *Store) MayAttach(ctx context.Context, who Actor, task string) (Room, error) {
	room, _, err := s.mayAttach(ctx, who, task)
	return room, err
}

func (s *Store) mayAttach(ctx context.Context, who Actor, task string) (Room, string, error) {
	db := s.parts.Read.WithContext(ctx)
	team, err := sees(db, who, ofTask(task), access.EditTask)
	if err != nil {
		return Room{}, "", err
	}
	room, err := s.room(db, team.ID)
	return room, team.ID, err
}

// AddFile adds a file to a task and returns its ID. What is in it is kept before
// the team's log is locked, part by part, so that nobody waits for it. It returns
// FileOverLimit, TeamFull and TooManyFiles.
func (s *Store) AddFile(ctx context.Context, who Actor, task string, in Incoming) (string, error) {
	room, team, err := s.mayAttach(ctx, who, task)
	if err != nil {
		return "", err
	}
	c, err := s.weigh(in, room)
	if err != nil {
		return "", err
	}
	c.TeamID = team
	for {
		id, err := s.attach(ctx, who, task, c, room)
		if !errors.Is(err, errBlobGone) {
			return id, err
		}
	}
}

func (s *Store) attach(ctx context.Context, who Actor, task string, c content, room Room) (id string, err error) {
	b, anew, err := s.keep(ctx, c, room)
	if err != nil {
		return "", err
	}
	var sealed string
	err = s.change(ctx, who, ofTask(task), access.EditTask, func(tx *Tx) error {
		t, err := tx.task(task)
		if err != nil {
			return err
		}
		if sealed, err = tx.sealBlob(b, room); err != nil {
			return err
		}
		id, err = tx.addFile(t, Attachment{BlobID: sealed, Name: c.name, Size: b.Size, Type: c.kind, SHA256: b.SHA256}, 0)
		if err != nil {
			return err
		}
		if err := tx.approvalFalls(t, tx.seq); err != nil {
			return err
		}
		return tx.touch(t)
	})
	if anew && (err != nil || sealed != b.ID) {
		err = errors.Join(err, s.forget(context.WithoutCancel(ctx), b.ID))
	}
	return id, err
}

// addFile adds a file to a task, of what is kept already. A name that the task has
// a file of gets a number.
func (tx *Tx) addFile(t onBoard, a Attachment, cause int64) (string, error) {
	var has int
	if err := tx.db.Raw("SELECT COUNT(*) FROM attachments WHERE task_id = ?", t.ID).Row().Scan(&has); err != nil {
		return "", err
	}
	if has >= MaxFiles {
		return "", fault.New(fault.TooLarge, fault.TooManyFiles, MaxFiles)
	}
	name, err := tx.unlike(t.ID, "", a.Name)
	if err != nil {
		return "", err
	}
	a.ID, a.TaskID, a.TeamID, a.Name, a.CreatedBy, a.CreatedAt = NewID(), t.ID, tx.Team.ID, name, tx.actor.ID, tx.now
	n := fileNote(FileAdded, t, a, fileChanges(Attachment{}, a))
	n.cause = cause
	return a.ID, tx.create(&a, n)
}

// makeFiles gives a new task files with the same content as those of another one.
func (tx *Tx) makeFiles(t onBoard, files []Attachment, cause int64) error {
	for _, f := range files {
		if _, err := tx.addFile(t, Attachment{BlobID: f.BlobID, Name: f.Name, Size: f.Size, Type: f.Type, SHA256: f.SHA256}, cause); err != nil {
			return err
		}
	}
	if len(files) == 0 {
		return nil
	}
	return tx.touch(t)
}

// unlike is a name that no other file of the task has.
func (tx *Tx) unlike(task, but, name string) (string, error) {
	var names []string
	err := tx.db.Raw("SELECT name FROM attachments WHERE task_id = ? AND id <> ? AND removed_at IS NULL", task, but).Scan(&names).Error
	free := name
	for n := 2; slices.ContainsFunc(names, func(o string) bool { return strings.EqualFold(o, free) }); n++ {
		free = file.Numbered(name, n)
	}
	return free, err
}

// RenameFile gives a file another name. It returns Invalid faults for the field
// name, and Stale if somebody has renamed it since seen.
func (s *Store) RenameFile(ctx context.Context, who Actor, task, id string, seen int64, name string) error {
	return s.changeFile(ctx, who, task, id, access.EditTask, func(tx *Tx, t onBoard, was Attachment) error {
		name = strings.TrimSpace(name)
		switch {
		case was.RemovedAt != nil:
			return fault.New(fault.Missing, fault.NotFound)
		case name == "":
			return fault.On("name", fault.Needed)
		case utf8.RuneCountInString(name) > file.MaxName:
			return fault.On("name", fault.TooLong, file.MaxName)
		}
		is := was
		var err error
		if is.Name, err = tx.unlike(task, id, file.Name(name)); err != nil || is.Name == was.Name {
			return err
		}
		if err := tx.meanwhile(task, id, seen, []string{"name"}); err != nil {
			return err
		}
		return tx.saveFile(t, was, is, FileRenamed, 0)
	})
}

// RemoveFile takes a file off a task. It can be brought back for BinTime. It returns
// LastFile, if the task is done and needs one.
func (s *Store) RemoveFile(ctx context.Context, who Actor, task, id string) error {
	return s.changeFile(ctx, who, task, id, access.EditTask, func(tx *Tx, t onBoard, was Attachment) error {
		if was.RemovedAt != nil {
			return nil
		}
		if err := tx.mayGo(t, was); err != nil {
			return err
		}
		return tx.saveFile(t, was, was.removed(tx), FileRemoved, 0)
	})
}

// mayGo refuses to take from a done task the only file that it was done with.
func (tx *Tx) mayGo(t onBoard, a Attachment) error {
	if !t.NeedsFile || t.State != flow.Done {
		return nil
	}
	left, err := tx.filesBut(t.ID, a.ID)
	if err == nil && left == 0 {
		err = fault.New(fault.Conflict, fault.LastFile)
	}
	return err
}

// fileThere is the requirement that a task which needs a file has one.
func fileThere(tx *Tx, t onBoard) ([]*fault.Fault, error) {
	if !t.NeedsFile {
		return nil, nil
	}
	there, err := tx.filesBut(t.ID, "")
	if err != nil || there > 0 {
		return nil, err
	}
	return []*fault.Fault{fault.New(fault.Conflict, fault.FileNeeded)}, nil
}

// filesBut counts a task's files, one of them left out.
func (tx *Tx) filesBut(task, but string) (n int, err error) {
	err = tx.db.Raw("SELECT COUNT(*) FROM attachments WHERE task_id = ? AND id <> ? AND removed_at IS NULL", task, but).Row().Scan(&n)
	return n, err
}

// RecallFile brings a removed file back.
func (s *Store) RecallFile(ctx context.Context, who Actor, task, id string) error {
	return s.changeFile(ctx, who, task, id, access.EditTask, func(tx *Tx, t onBoard, was Attachment) error {
		return tx.saveFile(t, was, was.back(), FileRecalled, 0)
	})
}

// PurgeFile forgets a removed file at once, for good: what should never have been
// here, or takes room that is needed. The log keeps its name.
func (s *Store) PurgeFile(ctx context.Context, who Actor, task, id string) error {
	return s.changeFile(ctx, who, task, id, access.EditBoard, func(tx *Tx, t onBoard, was Attachment) error {
		if was.RemovedAt == nil {
			return fault.New(fault.Missing, fault.NotFound)
		}
		if err := tx.delete(&Attachment{ID: id}, fileNote(FilePurged, t, was, nil)); err != nil {
			return err
		}
		if err := tx.touch(t); err != nil {
			return err
		}
		return tx.letGo([]string{was.BlobID})
	})
}

// changeFile is change for a file of a task, removed or not.
func (s *Store) changeFile(ctx context.Context, who Actor, task, id string, act access.Action, fn func(*Tx, onBoard, Attachment) error) error {
	return s.change(ctx, who, ofTask(task), act, func(tx *Tx) error {
		t, err := tx.task(task)
		if err != nil {
			return err
		}
		var a Attachment
		if err := tx.db.Take(&a, "id = ? AND task_id = ?", id, task).Error; err != nil {
			return orMissing(err)
		}
		return fn(tx, t, a)
	})
}

func (a Attachment) removed(tx *Tx) Attachment {
	a.RemovedAt, a.RemovedBy, a.RemovedSeq = &tx.now, tx.actor.ID, tx.seq+1
	return a
}

func (a Attachment) back() Attachment {
	a.RemovedAt, a.RemovedBy, a.RemovedSeq = nil, "", 0
	return a
}

func (tx *Tx) saveFile(t onBoard, was, is Attachment, action Action, cause int64) error {
	changes := fileChanges(was, is)
	if len(changes) == 0 {
		return nil
	}
	n := fileNote(action, t, is, changes)
	n.cause = cause
	err := tx.update(&Attachment{ID: is.ID}, map[string]any{"name": is.Name, "removed_at": is.RemovedAt, "removed_by": is.RemovedBy, "removed_seq": is.RemovedSeq}, n)
	if err != nil {
		return err
	}
	if err := tx.approvalFalls(t, tx.seq); err != nil {
		return err
	}
	return tx.touch(t)
}

func fileNote(action Action, t onBoard, a Attachment, changes []ledger.Change) note {
	return note{action: action, subject: a.subject(), task: t.subject(), board: t.board.subject(), changes: changes}
}

// fileChanges says what a file is, never what is in it.
func fileChanges(was, is Attachment) []ledger.Change {
	return changed("name", was.Name, is.Name, "size", size(was), size(is), "type", was.Type, is.Type, "sha256", was.SHA256, is.SHA256,
		"removed_at", moment(was.RemovedAt), moment(is.RemovedAt))
}

// size is a file's size as the log writes it; empty, where there is no file.
func size(a Attachment) string {
	if a.SHA256 == "" {
		return ""
	}
	return strconv.FormatInt(a.Size, 10)
}
