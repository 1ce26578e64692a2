package testdb

import (
	"context"
	"database/sql"
	"regexp"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"gorm.io/gorm"
)

// Statements returns what was asked of a handle's database while f ran, in order. Jobs
// cannot be put in the queue meanwhile.
func Statements(tb testing.TB, db *gorm.DB, f func()) []string {
	tb.Helper()
	pool := db.Statement.ConnPool
	l := &listener{}
	db.Statement.ConnPool = overheard{pool, l}
	defer func() { db.Statement.ConnPool = pool }()
	require.NotNil(tb, pool)
	f()
	l.Lock()
	defer l.Unlock()
	return l.said
}

// parameter is one of PostgreSQL, whose numbers shift with those before it.
var parameter = regexp.MustCompile(`\$\d+`)

type listener struct {
	sync.Mutex
	said []string
}

func (l *listener) hear(query string) {
	l.Lock()
	defer l.Unlock()
	l.said = append(l.said, parameter.ReplaceAllString(query, "?"))
}

// overheard is a pool, or a transaction of one, whose statements are listened to.
type overheard struct {
	gorm.ConnPool
	*listener
}

func (o overheard) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	o.hear(query)
	return o.ConnPool.ExecContext(ctx, query, args...)
}

func (o overheard) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	o.hear(query)
	return o.ConnPool.QueryContext(ctx, query, args...)
}

func (o overheard) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	o.hear(query)
	return o.ConnPool.QueryRowContext(ctx, query, args...)
}

// GetDBConn is the pool itself, for what asks how it is.
func (o overheard) GetDBConn() (*sql.DB, error) {
	switch pool := o.ConnPool.(type) {
	case *sql.DB:
		return pool, nil
	case gorm.GetDBConnector:
		return pool.GetDBConn()
	}
	return nil, gorm.ErrInvalidDB
}

// BeginTx begins a transaction that is listened to as well.
func (o overheard) BeginTx(ctx context.Context, opts *sql.TxOptions) (gorm.ConnPool, error) {
	var tx gorm.ConnPool
	var err error
	switch pool := o.ConnPool.(type) {
	case gorm.TxBeginner:
		tx, err = pool.BeginTx(ctx, opts)
	case gorm.ConnPoolBeginner:
		tx, err = pool.BeginTx(ctx, opts)
	}
	if err != nil {
		return nil, err
	}
	return &overheardTx{overheard{tx, o.listener}}, nil
}

type overheardTx struct{ overheard }

// Commit ends the transaction.
func (o *overheardTx) Commit() error { return o.ConnPool.(gorm.TxCommitter).Commit() }

// Rollback ends it without a trace.
func (o *overheardTx) Rollback() error { return o.ConnPool.(gorm.TxCommitter).Rollback() }
