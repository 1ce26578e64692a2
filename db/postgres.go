package db

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// connections is the size of the pool, where the URL does not give pool_max_conns.
const connections = 16

func openPostgres(ctx context.Context, s Settings) (*Handles, error) {
	c, err := pgxpool.ParseConfig(s.Database)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(s.Database, "pool_max_conns") {
		c.MaxConns = connections
	}
	c.AfterConnect = timesInUTC
	p, err := pgxpool.NewWithConfig(ctx, c)
	if err != nil {
		return nil, err
	}
	if err := p.Ping(ctx); err != nil {
		p.Close()
		return nil, err
	}
	// No PrepareStmt: pgx keeps prepared statements for each connection by itself.
	g, err := gorm.Open(postgres.New(postgres.Config{Conn: lender{stdlib.OpenDBFromPool(p)}}), config(s))
	if err != nil {
		p.Close()
		return nil, err
	}
	h := &Handles{Write: g, Read: g, pool: p}
	h.jobs, err = postgresInserter(p)
	if err != nil {
		return nil, errors.Join(err, h.Close())
	}
	return h, nil
}

// timesInUTC makes a connection hand out times in UTC instead of the machine's zone.
func timesInUTC(_ context.Context, c *pgx.Conn) error {
	c.TypeMap().RegisterType(&pgtype.Type{
		Name: "timestamptz", OID: pgtype.TimestamptzOID, Codec: &pgtype.TimestamptzCodec{ScanLocation: time.UTC},
	})
	return nil
}

// lender is a pool whose transactions can lend out their connection, so that
// River, which speaks pgx, can insert a job inside a transaction of gorm, which
// speaks database/sql.
type lender struct{ *sql.DB }

// GetDBConn gives gorm the pool.
func (l lender) GetDBConn() (*sql.DB, error) { return l.DB, nil }

// BeginTx begins a transaction on a connection of its own.
func (l lender) BeginTx(ctx context.Context, opts *sql.TxOptions) (gorm.ConnPool, error) {
	conn, err := l.Conn(ctx)
	if err != nil {
		return nil, err
	}
	t := &loan{conn: conn}
	if err := conn.Raw(func(c any) error { t.pgx = c.(*stdlib.Conn).Conn(); return nil }); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	if t.Tx, err = conn.BeginTx(ctx, opts); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return t, nil
}

// loan is a transaction of database/sql that knows the pgx connection it runs on.
type loan struct {
	*sql.Tx
	conn *sql.Conn
	pgx  *pgx.Conn
}

// Commit commits and gives the connection back.
func (t *loan) Commit() error {
	err := t.Tx.Commit()
	return errors.Join(err, t.conn.Close())
}

// Rollback rolls back and gives the connection back.
func (t *loan) Rollback() error {
	err := t.Tx.Rollback()
	return errors.Join(err, t.conn.Close())
}

// borrowed presents the loan's connection as a pgx transaction. Whether it
// commits is not the borrower's to say.
type borrowed struct{ connection }

type connection = *pgx.Conn

var errBorrowed = errors.New("db: the transaction belongs to gorm")

func (borrowed) Begin(context.Context) (pgx.Tx, error) { return nil, errBorrowed }
func (borrowed) Commit(context.Context) error          { return errBorrowed }
func (borrowed) Rollback(context.Context) error        { return errBorrowed }
func (borrowed) LargeObjects() pgx.LargeObjects        { return pgx.LargeObjects{} }
func (b borrowed) Conn() *pgx.Conn                     { return b.connection }

// Redacted is the database's address without its password, fit to be shown.
func Redacted(database string) string {
	if !isPostgres(database) {
		return database
	}
	u, err := url.Parse(database)
	if err != nil {
		return "postgres://…"
	}
	return u.Redacted()
}
