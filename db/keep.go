package db

import (
	"context"
	"database/sql"
	"sync"

	"gorm.io/gorm"
)

const (
	// statements is how many prepared statements each pool keeps.
	statements = 400
	// seldom is how often a statement must be met before it is worth keeping:
	// those that name a list of values come in as many texts as lists are long.
	seldom = 3
)

// keeper is a SQLite pool that keeps statements prepared across transactions.
// gorm's own store prepares anew in each transaction, which costs more than most
// statements; and a statement cannot be prepared for the pool while a transaction
// holds its only connection. So what a transaction met often is prepared before
// the next one begins.
type keeper struct {
	*sql.DB

	mu   sync.Mutex
	kept map[string]*sql.Stmt
	met  map[string]int // statements not kept, and how often they were met
	due  []string       // to be prepared
}

func keep(p *sql.DB) *keeper {
	return &keeper{DB: p, kept: map[string]*sql.Stmt{}, met: map[string]int{}}
}

// GetDBConn gives gorm the pool.
func (k *keeper) GetDBConn() (*sql.DB, error) { return k.DB, nil }

// BeginTx begins a transaction that uses what is kept.
func (k *keeper) BeginTx(ctx context.Context, opts *sql.TxOptions) (gorm.ConnPool, error) {
	k.prepareDue(ctx)
	tx, err := k.DB.BeginTx(ctx, opts)
	if err != nil {
		return nil, err
	}
	return &keptTx{Tx: tx, keeper: k}, nil
}

func (k *keeper) prepareDue(ctx context.Context) {
	k.mu.Lock()
	due := k.due
	k.due = nil
	k.mu.Unlock()
	for _, query := range due {
		s, err := k.PrepareContext(ctx, query)
		if err != nil {
			continue // it will tell its error where it is used
		}
		k.mu.Lock()
		k.kept[query] = s
		k.mu.Unlock()
	}
}

// statement returns the kept statement, or nil and remembers that it was met.
func (k *keeper) statement(query string) *sql.Stmt {
	k.mu.Lock()
	defer k.mu.Unlock()
	if s, ok := k.kept[query]; ok {
		return s
	}
	if len(k.kept)+len(k.due) >= statements {
		return nil
	}
	if len(k.met) > 10*statements {
		clear(k.met)
	}
	k.met[query]++
	if k.met[query] == seldom {
		k.due = append(k.due, query)
	}
	return nil
}

// keptTx is a transaction of a keeper.
type keptTx struct {
	*sql.Tx
	keeper *keeper
}

// ExecContext is as in sql.Tx.
func (t *keptTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if s := t.keeper.statement(query); s != nil {
		return t.StmtContext(ctx, s).ExecContext(ctx, args...)
	}
	return t.Tx.ExecContext(ctx, query, args...)
}

// QueryContext is as in sql.Tx.
func (t *keptTx) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	if s := t.keeper.statement(query); s != nil {
		return t.StmtContext(ctx, s).QueryContext(ctx, args...)
	}
	return t.Tx.QueryContext(ctx, query, args...)
}

// QueryRowContext is as in sql.Tx.
func (t *keptTx) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	if s := t.keeper.statement(query); s != nil {
		return t.StmtContext(ctx, s).QueryRowContext(ctx, args...)
	}
	return t.Tx.QueryRowContext(ctx, query, args...)
}
