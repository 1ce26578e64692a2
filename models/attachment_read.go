package models

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/file"
)

// FileView is a file as the panel shows it.
type FileView struct {
	Attachment
	By      string // who added it
	Remover string // who removed it
	Width   int    // of its small picture; 0: it has none
	Height  int
}

// Download is a file with what is in it.
type Download struct {
	Attachment
	Body io.ReadSeeker // read from the database part by part
}

// File reads a file of a task. A removed one is Missing.
func (s *Store) File(ctx context.Context, who Actor, task, id string) (d Download, err error) {
	db := s.parts.Read.WithContext(ctx)
	if d.Attachment, err = seeFile(db, who, task, id); err != nil {
		return d, err
	}
	d.Body = &blobReader{ctx: ctx, db: s.parts.Read, blob: d.BlobID, size: d.Size, n: -1}
	return d, nil
}

// FileThumbnail reads the small picture of a file. One that has none is Missing.
func (s *Store) FileThumbnail(ctx context.Context, who Actor, task, id string) (a Attachment, t file.Thumbnail, err error) {
	db := s.parts.Read.WithContext(ctx)
	if a, err = seeFile(db, who, task, id); err != nil {
		return a, t, err
	}
	err = db.Raw("SELECT type, width, height, data FROM thumbnails WHERE blob_id = ?", a.BlobID).Row().Scan(&t.Type, &t.Width, &t.Height, &t.Data)
	return a, t, orMissing(err)
}

func seeFile(db *gorm.DB, who Actor, task, id string) (a Attachment, err error) {
	if _, err := sees(db, who, ofTask(task), access.SeeBoard); err != nil {
		return a, err
	}
	return a, orMissing(db.Take(&a, "id = ? AND task_id = ? AND removed_at IS NULL", id, task).Error)
}

// blobReader reads a blob, one part at a time.
type blobReader struct {
	ctx  context.Context
	db   *gorm.DB
	blob string
	size int64
	at   int64
	n    int64  // the part that is at hand; -1: none
	part []byte // what is in it
}

// Read reads from the part that the place is in.
func (r *blobReader) Read(p []byte) (int, error) {
	if r.at >= r.size {
		return 0, io.EOF
	}
	if n := r.at / partSize; n != r.n {
		err := r.db.WithContext(r.ctx).Raw("SELECT data FROM blob_parts WHERE blob_id = ? AND n = ?", r.blob, n).Row().Scan(&r.part)
		if err != nil {
			return 0, fmt.Errorf("read part %d of a file: %w", n, err)
		}
		r.n = n
	}
	from := r.at % partSize
	if from >= int64(len(r.part)) {
		return 0, io.ErrUnexpectedEOF
	}
	got := copy(p, r.part[from:])
	r.at += int64(got)
	return got, nil
}

var errSeek = errors.New("models: a place before a file's beginning")

// Seek goes to a place; nothing is read for it.
func (r *blobReader) Seek(offset int64, whence int) (int64, error) {
	switch whence {
	case io.SeekCurrent:
		offset += r.at
	case io.SeekEnd:
		offset += r.size
	}
	if offset < 0 {
		return 0, errSeek
	}
	r.at = offset
	return offset, nil
}

// files reads the files of a task, the oldest first: those there are, and those that
// can be brought back.
func files(db *gorm.DB, task string) (there, removed []FileView, err error) {
	var all []FileView
	err = db.Raw(`SELECT a.*, u.name AS "by", COALESCE(r.name, '') AS remover, COALESCE(p.width, 0) AS width, COALESCE(p.height, 0) AS height
		FROM attachments a JOIN users u ON u.id = a.created_by LEFT JOIN users r ON r.id = a.removed_by LEFT JOIN thumbnails p ON p.blob_id = a.blob_id
		WHERE a.task_id = ? ORDER BY a.created_at, a.id`, task).Scan(&all).Error
	for _, f := range all {
		if f.RemovedAt == nil {
			there = append(there, f)
		} else {
			removed = append(removed, f)
		}
	}
	return there, removed, err
}

// filesOn counts the files of tasks.
func filesOn(db *gorm.DB, ids []string) (map[string]int, error) {
	counts := map[string]int{}
	for part := range slices.Chunk(ids, chunk) {
		var rows []struct {
			TaskID string
			N      int
		}
		err := db.Raw("SELECT task_id, COUNT(*) AS n FROM attachments WHERE task_id IN ? AND removed_at IS NULL GROUP BY task_id", part).Scan(&rows).Error
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			counts[r.TaskID] = r.N
		}
	}
	return counts, nil
}
