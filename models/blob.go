package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"

	"gorm.io/gorm"

	"relevo/models/fault"
	"relevo/models/file"
)

// Blob is what is in a file, kept once for each team. Until it is sealed nothing
// refers to it, and nobody finds it; then its parts are there for good, until no
// file refers to it any more.
type Blob struct {
	ID        string `gorm:"primaryKey"`
	TeamID    string
	SHA256    string `gorm:"column:sha256"` // hex
	Size      int64
	Sealed    bool
	ExpiresAt *time.Time // of one that is not sealed: it is forgotten then
}

const (
	// partSize is how many bytes of a blob a row holds.
	partSize = 256 << 10
	// partsAtOnce is how many are written in one transaction: about as long as
	// anybody else's write waits.
	partsAtOnce = 4
	// relieveEvery is after how many parts what they left in the journal is put away.
	relieveEvery = 16
	// sealTime is how long it may take to keep a blob before it counts as abandoned.
	sealTime = time.Hour
	// thumbnailTime is how long making a small picture may take.
	thumbnailTime = 10 * time.Second
)

// errBlobGone says that a blob was let go between its being found and being sealed.
var errBlobGone = errors.New("models: the blob is gone")

// content is a file that has come in, weighed.
type content struct {
	Blob
	name string
	kind string
	body io.ReadSeeker
}

// weigh reads a file once, for its size, its hash and what it is.
func (s *Store) weigh(in Incoming, room Room) (c content, err error) {
	c = content{name: file.Name(in.Name), body: in.Body}
	if _, err := in.Body.Seek(0, io.SeekStart); err != nil {
		return c, err
	}
	head := make([]byte, file.HeadSize)
	n, err := io.ReadFull(in.Body, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return c, err
	}
	c.kind = file.Type(c.name, head[:n])
	sum := sha256.New()
	_, _ = sum.Write(head[:n]) // cannot fail
	rest, err := io.Copy(sum, in.Body)
	c.Size, c.SHA256 = int64(n)+rest, hex.EncodeToString(sum.Sum(nil))
	if err == nil && c.Size > room.Most {
		err = fault.New(fault.TooLarge, fault.FileOverLimit, room.Most)
	}
	return c, err
}

// keep finds the team's blob of a content, or keeps it anew: then it is not sealed
// yet. Its small picture is made on the way.
func (s *Store) keep(ctx context.Context, c content, room Room) (b Blob, anew bool, err error) {
	err = s.parts.Read.WithContext(ctx).Where("team_id = ? AND sha256 = ? AND sealed", c.TeamID, c.SHA256).Limit(1).Find(&b).Error
	if err != nil || b.ID != "" {
		return b, false, err
	}
	if c.Size > room.Left {
		return b, false, fault.New(fault.TooLarge, fault.TeamFull, room.Left, room.Quota)
	}
	thumbnail := s.thumbnail(ctx, c)
	expires := s.now().Add(sealTime)
	b = c.Blob
	b.ID, b.ExpiresAt = NewID(), &expires
	err = s.unlogged(ctx, func(db *gorm.DB) error {
		if err := db.Create(&b).Error; err != nil || thumbnail == nil {
			return err
		}
		return db.Exec("INSERT INTO thumbnails (blob_id, type, width, height, data) VALUES (?, ?, ?, ?, ?)",
			b.ID, thumbnail.Type, thumbnail.Width, thumbnail.Height, thumbnail.Data).Error
	})
	if err == nil {
		err = s.keepParts(ctx, b.ID, c)
	}
	if err != nil {
		return b, false, errors.Join(fmt.Errorf("keep a file: %w", err), s.forget(context.WithoutCancel(ctx), b.ID))
	}
	return b, true, nil
}

// keepParts writes a content a few parts at a time: on SQLite everybody's writes
// wait for each other. Between any two of them the disk is for others for as long.
func (s *Store) keepParts(ctx context.Context, blob string, c content) error {
	if _, err := c.body.Seek(0, io.SeekStart); err != nil {
		return err
	}
	for n := 0; int64(n)*partSize < c.Size; n += partsAtOnce {
		took, err := s.keepSome(ctx, blob, c, n)
		if err != nil {
			return err
		}
		if n%relieveEvery == 0 && s.parts.Relieve != nil {
			_ = s.parts.Relieve(ctx) // a courtesy: without it somebody's write does that
		}
		select {
		case <-time.After(took):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// keepSome writes up to partsAtOnce parts, from the n-th on, and says how long that
// took. Of all files that come in at once one is written at a time, so that nobody
// waits for more than one.
func (s *Store) keepSome(ctx context.Context, blob string, c content, n int) (took time.Duration, err error) {
	s.keeping.Lock()
	defer s.keeping.Unlock()
	began := time.Now()
	part := make([]byte, partSize)
	err = s.unlogged(ctx, func(db *gorm.DB) error {
		for i := n; i < n+partsAtOnce; i++ {
			size := min(c.Size-int64(i)*partSize, partSize)
			if size <= 0 {
				return nil
			}
			if _, err := io.ReadFull(c.body, part[:size]); err != nil {
				return err
			}
			if err := db.Exec("INSERT INTO blob_parts (blob_id, n, data) VALUES (?, ?, ?)", blob, i, part[:size]).Error; err != nil {
				return err
			}
		}
		return nil
	})
	return time.Since(began), err
}

// thumbnail makes the small picture of a content, if there can be one. One is made
// at a time, for each may take much memory.
func (s *Store) thumbnail(ctx context.Context, c content) *file.Thumbnail {
	if !file.Picture(c.kind) {
		return nil
	}
	select {
	case s.pictures <- struct{}{}:
		defer func() { <-s.pictures }()
	case <-ctx.Done():
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, thumbnailTime)
	defer cancel()
	small, err := file.Small(ctx, c.kind, c.body)
	if err != nil {
		return nil // a broken picture has none
	}
	return &small
}

// sealBlob makes a kept blob one that files refer to, and returns its ID; that of
// another one, if the same content was sealed meanwhile. It returns TeamFull.
func (tx *Tx) sealBlob(b Blob, room Room) (string, error) {
	var there string
	err := tx.db.Raw("SELECT COALESCE(MIN(id), '') FROM blobs WHERE team_id = ? AND sha256 = ? AND sealed", tx.Team.ID, b.SHA256).Row().Scan(&there)
	if err != nil || there != "" {
		return there, err
	}
	if b.Sealed {
		return "", errBlobGone
	}
	var stored int64
	if err := tx.db.Raw("SELECT stored FROM teams WHERE id = ?", tx.Team.ID).Row().Scan(&stored); err != nil {
		return "", err
	}
	if stored+b.Size > room.Quota {
		return "", fault.New(fault.TooLarge, fault.TeamFull, max(0, room.Quota-stored), room.Quota)
	}
	if err := one(tx.rows().Exec("UPDATE blobs SET sealed = ?, expires_at = NULL WHERE id = ? AND NOT sealed AND expires_at > ?", true, b.ID, tx.now)); err != nil {
		return "", fmt.Errorf("seal a blob: %w", err)
	}
	return b.ID, tx.store(b.Size)
}

// store counts what the team's blobs take.
func (tx *Tx) store(bytes int64) error {
	return one(tx.rows().Exec("UPDATE teams SET stored = stored + ? WHERE id = ?", bytes, tx.Team.ID))
}

// letGo lets go of those blobs to which no file refers any more: their parts are
// forgotten after this.
func (tx *Tx) letGo(ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	var loose []Blob
	err := tx.db.Where("id IN ? AND team_id = ? AND sealed AND NOT EXISTS (SELECT 1 FROM attachments a WHERE a.blob_id = blobs.id)", ids, tx.Team.ID).Find(&loose).Error
	if err != nil {
		return err
	}
	for _, b := range loose {
		if err := one(tx.rows().Exec("UPDATE blobs SET sealed = ?, expires_at = ? WHERE id = ?", false, tx.now, b.ID)); err != nil {
			return err
		}
		if err := tx.store(-b.Size); err != nil {
			return err
		}
	}
	return nil
}

// ForgetBlobs forgets what was let go, and what was left behind by uploads that
// broke off.
func (s *Store) ForgetBlobs(ctx context.Context) error {
	var ids []string
	err := s.parts.Read.WithContext(ctx).Raw("SELECT id FROM blobs WHERE expires_at <= ? ORDER BY expires_at, id", s.now()).Scan(&ids).Error
	for _, id := range ids {
		if err == nil {
			err = s.forget(ctx, id)
		}
	}
	return err
}

// forget deletes a blob that is not sealed, some parts at a time.
func (s *Store) forget(ctx context.Context, blob string) error {
	for more := true; more; {
		err := s.unlogged(ctx, func(db *gorm.DB) error {
			res := db.Exec(`DELETE FROM blob_parts WHERE blob_id = ? AND n IN (SELECT p.n FROM blob_parts p JOIN blobs b ON b.id = p.blob_id
				WHERE p.blob_id = ? AND NOT b.sealed ORDER BY p.n LIMIT ?)`, blob, blob, 4*partsAtOnce)
			if more = res.RowsAffected > 0; more || res.Error != nil {
				return res.Error
			}
			err := db.Exec("DELETE FROM thumbnails WHERE blob_id IN (SELECT id FROM blobs WHERE id = ? AND NOT sealed)", blob).Error
			return errors.Join(err, db.Exec("DELETE FROM blobs WHERE id = ? AND NOT sealed", blob).Error)
		})
		if err != nil {
			return fmt.Errorf("forget a blob: %w", err)
		}
	}
	return nil
}

// room is what a team's files may still take.
func (s *Store) room(db *gorm.DB, team string) (Room, error) {
	var stored int64
	err := db.Raw("SELECT stored FROM teams WHERE id = ?", team).Row().Scan(&stored)
	return Room{Most: s.parts.MaxFile, Left: max(0, s.parts.MaxTeamFiles-stored), Quota: s.parts.MaxTeamFiles}, err
}
