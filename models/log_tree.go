package models

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// SignedHead is a head as it is kept and handed out.
type SignedHead struct {
	ledger.Head
	Signed string
}

// RecordKey writes into the server's log that heads are signed with another key than
// before, so that a change of keys cannot pass for nothing.
func (s *Store) RecordKey(ctx context.Context) error {
	is := s.parts.Notary.Public
	was, err := s.lastKey(ctx)
	if err != nil || was == is {
		return err
	}
	return s.changeServer(ctx, Actor{Kind: ledger.System}, func(tx *Tx) error {
		tx.record(note{action: KeyChanged, subject: ledger.Subject{Kind: "key", ID: is, Name: ledger.KeyName},
			changes: []ledger.Change{{Field: "public_key", From: was, To: is}}})
		return nil
	})
}

func (s *Store) lastKey(ctx context.Context) (string, error) {
	var data string
	err := s.parts.Read.WithContext(ctx).Raw("SELECT data FROM entries WHERE log_id = ? AND action = ? ORDER BY seq DESC LIMIT 1", ledger.ServerLog, KeyChanged).Row().Scan(&data)
	if err = orMissing(err); fault.From(err) != nil {
		return "", nil
	} else if err != nil {
		return "", err
	}
	e, err := ledger.Parse([]byte(data))
	return e.Subject.ID, err
}

// SignHeads signs a head of every log that has grown since its last one. What it
// returns are the errors of those that could not be signed.
func (s *Store) SignHeads(ctx context.Context) error {
	if s.parts.Notary == nil {
		return nil
	}
	var grown []string
	err := s.parts.Read.WithContext(ctx).Raw(`SELECT l.id FROM logs l WHERE l.seq > COALESCE(
		(SELECT MAX(h.size) FROM log_heads h WHERE h.log_id = l.id), 0) ORDER BY l.id`).Scan(&grown).Error
	if err != nil {
		return fmt.Errorf("find logs to sign: %w", err)
	}
	var all error // a log that is broken keeps no other from being signed
	for _, log := range grown {
		_, err := s.signHead(ctx, log)
		all = errors.Join(all, err)
	}
	return all
}

// NewestHeads are the newest signed heads of all logs, each with its log and size.
func (s *Store) NewestHeads(ctx context.Context) (heads []SignedHead, err error) {
	var rows []struct {
		LogID  string
		Size   int64
		Signed string
	}
	err = s.parts.Read.WithContext(ctx).Raw(`SELECT h.log_id, h.size, h.signed FROM log_heads h
		WHERE h.size = (SELECT MAX(o.size) FROM log_heads o WHERE o.log_id = h.log_id) ORDER BY h.log_id`).Scan(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read the newest heads: %w", err)
	}
	for _, r := range rows {
		heads = append(heads, SignedHead{ledger.Head{Log: r.LogID, Size: r.Size}, r.Signed})
	}
	return heads, nil
}

// LogHead returns the head of a team's log as it is now, signed.
func (s *Store) LogHead(ctx context.Context, who Actor, team string) (SignedHead, error) {
	if _, err := sees(s.parts.Read.WithContext(ctx), who, inTeam(team), access.SeeLog); err != nil {
		return SignedHead{}, err
	}
	return s.signHead(ctx, team)
}

// signHead signs where a log stands, unless that has been done. Signing is no
// business of the log: it says nothing new, and would never come to an end.
func (s *Store) signHead(ctx context.Context, log string) (h SignedHead, err error) {
	if s.parts.Notary == nil {
		return h, fault.New(fault.Conflict, fault.NoNotary)
	}
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if err := db.Raw("SELECT seq FROM logs WHERE id = ?", log).Row().Scan(&h.Size); err != nil {
			return orMissing(err)
		}
		h.Log, h.At = log, s.now()
		err := db.Raw("SELECT signed FROM log_heads WHERE log_id = ? AND size = ?", log, h.Size).Row().Scan(&h.Signed)
		if err = orMissing(err); fault.From(err) != nil {
			return nil
		}
		return err
	})
	if err != nil || h.Size == 0 {
		return h, err
	}
	if h.Signed != "" {
		h.Head, err = ledger.OpenHead(h.Signed, s.parts.Notary.Known...)
		return h, err
	}
	err = s.growTree(ctx, log, h.Size)
	if err == nil {
		h.Root, err = ledger.Root(leaves{s.parts.Read.WithContext(ctx), log}, h.Size)
	}
	if errors.Is(err, ledger.ErrHoles) {
		return h, errors.Join(fault.New(fault.Conflict, fault.LogBroken), err)
	}
	if err != nil {
		return h, fmt.Errorf("root of log %s: %w", log, err)
	}
	if h.Signed, err = s.parts.Notary.Sign(h.Head); err != nil {
		return h, err
	}
	h.Head, err = ledger.OpenHead(h.Signed, s.parts.Notary.Known...) // to the second, as it was signed
	if err != nil {
		return h, err
	}
	return h, s.unlogged(ctx, func(db *gorm.DB) error {
		return db.Exec("INSERT INTO log_heads (log_id, size, signed, at) SELECT ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM log_heads WHERE log_id = ? AND size = ?)",
			log, h.Size, h.Signed, h.At, log, h.Size).Error
	})
}

// growTree keeps the nodes above the blocks that are whole by now, some thousand
// entries at a time, so that nobody waits long for the database.
func (s *Store) growTree(ctx context.Context, log string, size int64) error {
	const most = 64 // blocks at a time
	for {
		done := true
		err := s.unlogged(ctx, func(db *gorm.DB) error {
			kept := leaves{db, log}
			var last int64
			if err := db.Raw("SELECT COALESCE(MAX(ix), -1) FROM log_nodes WHERE log_id = ?", log).Row().Scan(&last); err != nil {
				return err
			}
			from := ledger.Blocks(last + 1)
			until := min(from+most, size/ledger.Block)
			done = until == size/ledger.Block
			for block := from; block < until; block++ {
				at, nodes, err := ledger.Grow(kept, block)
				if err != nil {
					return err
				}
				for i, node := range nodes {
					if err := db.Exec("INSERT INTO log_nodes (log_id, ix, hash) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", log, at+int64(i), node[:]).Error; err != nil {
						return err
					}
				}
			}
			return nil
		})
		if err != nil || done {
			return err
		}
	}
}

// leaves reads what is kept of a log's tree.
type leaves struct {
	db  *gorm.DB
	log string
}

// Leaves is as ledger.Store asks for it.
func (l leaves) Leaves(from, n int64) ([]ledger.Hash, error) {
	return l.hashes(n, "SELECT leaf FROM entries WHERE log_id = ? AND seq > ? AND seq <= ? ORDER BY seq", l.log, from, from+n)
}

// Nodes is as ledger.Store asks for it.
func (l leaves) Nodes(indexes []int64) ([]ledger.Hash, error) {
	nodes := make([]ledger.Hash, 0, len(indexes))
	for _, ix := range indexes {
		one, err := l.hashes(1, "SELECT hash FROM log_nodes WHERE log_id = ? AND ix = ?", l.log, ix)
		if err != nil {
			return nil, err
		}
		if len(one) == 0 {
			return nil, fmt.Errorf("%w: node %d of log %s is not kept", ledger.ErrHoles, ix, l.log)
		}
		nodes = append(nodes, one[0])
	}
	return nodes, nil
}

func (l leaves) hashes(n int64, query string, args ...any) ([]ledger.Hash, error) {
	rows, err := l.db.Raw(query, args...).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	hashes := make([]ledger.Hash, 0, n)
	for rows.Next() {
		var b []byte
		if err := rows.Scan(&b); err != nil {
			return nil, err
		}
		if len(b) != len(ledger.Hash{}) {
			return nil, fmt.Errorf("a hash of log %s has %d bytes", l.log, len(b))
		}
		hashes = append(hashes, ledger.Hash(b))
	}
	return hashes, rows.Err()
}
