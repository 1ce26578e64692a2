package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Verified is what came of verifying a log.
type Verified struct {
	Log      string
	Name     string // of the team; empty for the server's log, and where the team has no row
	Size     int64
	Heads    int // signed heads that it was compared with, the reader's included
	Own      *ledger.Head
	OwnKnown bool    // a known key has signed the reader's head
	Erased   int     // entries from which something was erased
	By       []int64 // the entries that say so
	Findings []ledger.Finding
}

// VerifyLog goes through a whole team's log on behalf of somebody who may see it,
// against every head that is kept and, if own is not empty, one that they bring.
// It returns ErrNoHead's fault NoHead, or OtherLog for a head of another log.
func (s *Store) VerifyLog(ctx context.Context, who Actor, team, own string) (v Verified, err error) {
	if _, err := sees(s.parts.Read.WithContext(ctx), who, inTeam(team), access.SeeLog); err != nil {
		return v, err
	}
	var head *ledger.Head
	known := false
	if strings.TrimSpace(own) != "" {
		h, err := ledger.OpenHead(own, s.known()...)
		if err != nil && !errors.Is(err, ledger.ErrUnknownKey) {
			return v, fault.On("head", fault.NoHead)
		}
		if h.Log != team {
			return v, fault.On("head", fault.OtherLog)
		}
		head, known = &h, err == nil
	}
	select { // one at a time: it takes a processor for some seconds
	case s.checks <- struct{}{}:
		defer func() { <-s.checks }()
	case <-ctx.Done():
		return v, ctx.Err()
	}
	err = s.snapshot(ctx, func(db *gorm.DB) (err error) {
		v, err = verifyLog(db, team, s.known(), head)
		return err
	})
	v.OwnKnown = known
	return v, err
}

func (s *Store) known() []ledger.Key {
	if s.parts.Notary == nil {
		return nil
	}
	return s.parts.Notary.Known
}

// VerifyLogs goes through every log of a database, as anybody can who has a copy of
// it: nothing is asked of a running server. Own is a head of one of the logs; nil
// for none. Keys are those whose signatures count; with none, no head is compared
// but one's own.
func VerifyLogs(ctx context.Context, db *gorm.DB, keys []ledger.Key, own *ledger.Head) (all []Verified, err error) {
	err = db.WithContext(ctx).Transaction(func(db *gorm.DB) error {
		var ids []string
		if err := db.Raw("SELECT id FROM logs UNION SELECT log_id FROM log_heads UNION SELECT DISTINCT log_id FROM entries ORDER BY 1").Scan(&ids).Error; err != nil {
			return err
		}
		met := own == nil
		for _, id := range ids {
			var head *ledger.Head
			if own != nil && own.Log == id {
				head, met = own, true
			}
			v, err := verifyLog(db, id, keys, head)
			if err != nil {
				return err
			}
			all = append(all, v)
		}
		if !met { // all of it is gone
			all = append(all, Verified{Log: own.Log, Own: own, Findings: ledger.NewVerifier(own.Log, []ledger.Head{*own}, nil, nil).End(0)})
		}
		return nil
	}, &sql.TxOptions{ReadOnly: true})
	return all, err
}

func verifyLog(db *gorm.DB, log string, keys []ledger.Key, own *ledger.Head) (v Verified, err error) {
	v = Verified{Log: log, Own: own}
	var last int64
	err = orMissing(db.Raw("SELECT seq FROM logs WHERE id = ?", log).Row().Scan(&last))
	if err != nil && fault.From(err) == nil { // without a row the log counts as empty
		return v, err
	}
	_ = db.Raw("SELECT name FROM teams WHERE id = ?", log).Row().Scan(&v.Name) // a name is a courtesy
	heads, forged, err := headsOf(db, log, keys)
	if err != nil {
		return v, err
	}
	if own != nil {
		heads = append(heads, *own)
	}
	v.Heads = len(heads)
	nodes, err := nodesOf(db, log)
	if err != nil {
		return v, err
	}
	blocks := func(block int64) (ledger.Hash, bool) {
		node, ok := nodes[ledger.Node(block)]
		return node, ok
	}
	at := sqliteTime
	columns := "actor_kind || char(10) || actor_id || char(10) || action || char(10) || board_id || char(10) || task_id || char(10) || cause || char(10) || at"
	if db.Name() == "postgres" {
		at = postgresTime
		columns = `concat_ws(E'\n', actor_kind, actor_id, action, board_id, task_id, cause::text, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))`
	}
	check := ledger.NewVerifier(log, heads, at, blocks)
	if err := permits(db, log, check); err != nil {
		return v, err
	}
	rows, err := db.Raw("SELECT seq, data, leaf, "+columns+" FROM entries WHERE log_id = ? ORDER BY seq", log).Rows()
	if err != nil {
		return v, fmt.Errorf("read log %s: %w", log, err)
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var r ledger.Row
		var data, leaf, columns sql.RawBytes
		if err := rows.Scan(&r.Seq, &data, &leaf, &columns); err != nil {
			return v, err
		}
		r.Data, r.Leaf, r.Columns = data, leaf, string(columns)
		check.Add(r)
		v.Size++
	}
	v.Findings = append(forged, check.End(last)...)
	v.Erased, v.By = check.Erased()
	return v, rows.Err()
}

// permits tells the verifier of each erasure that the table has.
func permits(db *gorm.DB, log string, check *ledger.Verifier) error {
	rows, err := db.Raw("SELECT seq, by_seq FROM redactions WHERE log_id = ?", log).Rows()
	if err != nil {
		return fmt.Errorf("read what was erased from log %s: %w", log, err)
	}
	defer func() { _ = rows.Close() }()
	check.Permits()
	for rows.Next() {
		var seq, by int64
		if err := rows.Scan(&seq, &by); err != nil {
			return err
		}
		check.Permit(seq, by)
	}
	return rows.Err()
}

// nodesOf reads every kept node of a log's tree: one for about 128 entries.
func nodesOf(db *gorm.DB, log string) (map[int64]ledger.Hash, error) {
	rows, err := db.Raw("SELECT ix, hash FROM log_nodes WHERE log_id = ?", log).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	nodes := map[int64]ledger.Hash{}
	for rows.Next() {
		var ix int64
		var hash sql.RawBytes
		if err := rows.Scan(&ix, &hash); err != nil {
			return nil, err
		}
		var node ledger.Hash
		copy(node[:], hash) // one of another length is found to differ
		nodes[ix] = node
	}
	return nodes, rows.Err()
}

// headsOf reads the kept heads of a log that a known key has signed, and finds
// those that none has. Without keys there is nothing to tell them by.
func headsOf(db *gorm.DB, log string, keys []ledger.Key) (heads []ledger.Head, forged []ledger.Finding, err error) {
	var kept []struct {
		Size   int64
		Signed string
	}
	if err := db.Raw("SELECT size, signed FROM log_heads WHERE log_id = ? ORDER BY size", log).Scan(&kept).Error; err != nil || len(keys) == 0 {
		return nil, nil, err
	}
	for _, k := range kept {
		h, err := ledger.OpenHead(k.Signed, keys...)
		if err != nil || h.Log != log || h.Size != k.Size {
			forged = append(forged, ledger.Finding{Harm: ledger.Forged, From: k.Size, To: k.Size})
			continue
		}
		heads = append(heads, h)
	}
	return heads, forged, nil
}

// sqliteTime is a time as the SQLite driver writes it.
func sqliteTime(e ledger.Entry) string {
	return e.At.UTC().Format("2006-01-02 15:04:05.999999999-07:00")
}

func postgresTime(e ledger.Entry) string { return e.At.UTC().Format("2006-01-02T15:04:05.000000Z") }
