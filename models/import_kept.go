package models

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/flow"
)

// Import is a file kept for whoever wants to make a board of it.
type Import struct {
	ID        string `gorm:"primaryKey"`
	TeamID    string
	UserID    string
	Name      string
	Data      []byte // gzipped
	Mapping   string // JSON; empty: nothing is decided yet
	CreatedAt time.Time
	ExpiresAt time.Time
}

// ImportLife is how long a file is kept.
const ImportLife = 24 * time.Hour

// ImportView is a kept file with what would be made of it.
type ImportView struct {
	Team    MyTeam
	ID      string
	Name    string
	File    *exchange.File
	Mapping exchange.Mapping
	Members []Person
	Plan    *exchange.Plan // settled, unless Problem refuses it
	Problem error          // why it cannot be made as it is mapped
}

// KeepImport keeps a file, in place of an earlier one of the same person, and
// returns its ID. What cannot be read at all is refused as exchange.Open does.
func (s *Store) KeepImport(ctx context.Context, who Actor, team, name string, data []byte) (string, error) {
	if err := s.MayImport(ctx, who, team); err != nil {
		return "", err
	}
	if _, err := exchange.Open(data); err != nil {
		return "", err
	}
	var packed bytes.Buffer
	zip := gzip.NewWriter(&packed)
	if _, err := zip.Write(data); err != nil {
		return "", err
	}
	if err := zip.Close(); err != nil {
		return "", err
	}
	now := s.now()
	name = strings.TrimSpace(path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/")))
	in := Import{ID: NewID(), TeamID: team, UserID: who.ID, Name: string([]rune(name)[:min(MaxTitle, len([]rune(name)))]), Data: packed.Bytes(), CreatedAt: now, ExpiresAt: now.Add(ImportLife)}
	err := s.unlogged(ctx, func(db *gorm.DB) error {
		if err := db.Exec("DELETE FROM imports WHERE team_id = ? AND user_id = ?", team, who.ID).Error; err != nil {
			return err
		}
		return db.Create(&in).Error
	})
	return in.ID, err
}

// MayImport refuses whoever may not make boards in the team.
func (s *Store) MayImport(ctx context.Context, who Actor, team string) error {
	_, err := s.TeamFor(ctx, who, team, access.EditBoard)
	return err
}

// MayMake refuses whoever may not make the board of a kept file; if it is somebody
// else's, or made, it is Missing.
func (s *Store) MayMake(ctx context.Context, who Actor, team, id string) error {
	return s.snapshot(ctx, func(db *gorm.DB) error {
		if _, err := seeTeam(db, who, team, access.EditBoard); err != nil {
			return err
		}
		var in Import
		return orMissing(db.Select("id").Take(&in, "id = ? AND team_id = ? AND user_id = ? AND expires_at >= ?", id, team, who.ID, s.now()).Error)
	})
}

// Import reads a kept file and what would be made of it. by holds the words; the
// rest of it is filled in. A file of somebody else is Missing.
func (s *Store) Import(ctx context.Context, who Actor, team, id string, by exchange.Local) (v ImportView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = seeTeam(db, who, team, access.EditBoard); err != nil {
			return err
		}
		v, err = readImport(db, who, v.Team, id, by)
		return err
	})
	if err != nil || v.Problem != nil {
		return v, err
	}
	if v.Problem = planCycle(v.Plan); v.Problem == nil {
		_, err = v.Plan.Settle(s.now(), v.Team.calendar())
	}
	return v, err
}

func readImport(db *gorm.DB, who Actor, team MyTeam, id string, by exchange.Local) (v ImportView, err error) {
	v.Team, v.ID = team, id
	var kept Import
	if err := db.Take(&kept, "id = ? AND team_id = ? AND user_id = ?", id, team.ID, who.ID).Error; err != nil {
		return v, orMissing(err)
	}
	if v.Name = kept.Name; kept.Mapping != "" {
		if err := json.Unmarshal([]byte(kept.Mapping), &v.Mapping); err != nil {
			return v, err
		}
	}
	zip, err := gzip.NewReader(bytes.NewReader(kept.Data))
	if err != nil {
		return v, err
	}
	data, err := io.ReadAll(io.LimitReader(zip, exchange.MaxBytes+1))
	if err != nil {
		return v, err
	}
	if v.File, err = exchange.Open(data); err != nil {
		return v, err
	}
	if v.Members, err = members(db, team.ID); err != nil {
		return v, err
	}
	if by, err = local(db, team.Team, by); err != nil {
		return v, err
	}
	if kept.Mapping == "" {
		v.Mapping = v.File.Propose(by)
		if v.Mapping.Name == "" {
			v.Mapping.Name = boardName(kept.Name)
		}
	}
	v.Mapping = v.File.Complete(v.Mapping, by)
	v.Plan, v.Problem = v.File.Plan(v.Mapping, by)
	return v, nil
}

// boardName is a file's name without what it ends in.
func boardName(file string) string {
	name := strings.TrimSpace(strings.NewReplacer("_", " ", "-", " ").Replace(strings.TrimSuffix(file, path.Ext(file))))
	return string([]rune(name)[:min(MaxName, len([]rune(name)))])
}

// local fills in what a file is read by.
func local(db *gorm.DB, team Team, by exchange.Local) (exchange.Local, error) {
	by.Zone, by.Estimate = team.calendar().Zone, flow.ParseEstimate
	var people []User
	err := db.Raw("SELECT u.id, u.name, u.email FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.team_id = ? ORDER BY u.id", team.ID).Scan(&people).Error
	if err != nil {
		return by, err
	}
	for _, u := range people {
		by.Team = append(by.Team, exchange.Person{User: u.ID, Name: u.Name, Email: u.Email})
	}
	var taken []string
	if err := db.Raw(`SELECT "key" FROM boards WHERE team_id = ?`, team.ID).Scan(&taken).Error; err != nil {
		return by, err
	}
	by.Free = func(key string) bool {
		for _, k := range taken {
			if k == key {
				return false
			}
		}
		return true
	}
	return by, nil
}

// MapImport keeps what was decided about a file.
func (s *Store) MapImport(ctx context.Context, who Actor, team, id string, m exchange.Mapping) error {
	if err := s.MayImport(ctx, who, team); err != nil {
		return err
	}
	mapping, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return s.ownImport(ctx, "UPDATE imports SET mapping = ? WHERE id = ? AND team_id = ? AND user_id = ?", string(mapping), id, team, who.ID)
}

// DropImport forgets a file.
func (s *Store) DropImport(ctx context.Context, who Actor, team, id string) error {
	if err := s.MayImport(ctx, who, team); err != nil {
		return err
	}
	return s.ownImport(ctx, "DELETE FROM imports WHERE id = ? AND team_id = ? AND user_id = ?", id, team, who.ID)
}

// ownImport writes to one file of the person's own.
func (s *Store) ownImport(ctx context.Context, query string, args ...any) error {
	return s.unlogged(ctx, func(db *gorm.DB) error {
		res := db.Exec(query, args...)
		if res.Error == nil && res.RowsAffected == 0 {
			return fault.New(fault.Missing, fault.NotFound)
		}
		return res.Error
	})
}

// MakeImport makes the board of a kept file, once, and tells now and then how many of
// its tasks are done with.
func (s *Store) MakeImport(ctx context.Context, who Actor, team, id string, by exchange.Local, tell func(done, all int)) (Board, error) {
	v, err := s.Import(ctx, who, team, id, by)
	if err == nil {
		err = v.Problem
	}
	if err != nil {
		return Board{}, err
	}
	var b Board
	err = s.change(ctx, who, inTeam(team), access.EditBoard, func(tx *Tx) error {
		res := tx.rows().Exec("DELETE FROM imports WHERE id = ?", id)
		if res.Error == nil && res.RowsAffected == 0 {
			return fault.New(fault.Missing, fault.NotFound) // it has been made meanwhile
		}
		if res.Error != nil {
			return fmt.Errorf("take import: %w", res.Error)
		}
		b, err = tx.importBoard(v.Name, v.Plan, tell)
		return err
	})
	return b, err
}

// ForgetExpiredImports forgets the files whose time is over.
func (s *Store) ForgetExpiredImports(ctx context.Context) error {
	return s.unlogged(ctx, func(db *gorm.DB) error {
		return db.Exec("DELETE FROM imports WHERE expires_at < ?", s.now()).Error
	})
}
