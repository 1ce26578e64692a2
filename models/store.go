// Package models holds the entities and the verbs that read and change them.
package models

import (
	"time"

	"github.com/google/uuid"
	"gorm.io/gorm"

	"relevo/models/feed"
	"relevo/models/ledger"
)

// Store is the only way to the data. Its verbs are methods, a file per capability.
type Store struct {
	write *gorm.DB
	read  *gorm.DB
	feed  *feed.Feed
	now   func() time.Time
}

// Actor is who asks, as the edge found out.
type Actor struct {
	Kind    ledger.ActorKind
	ID      string // a user's ID; empty if nobody is signed in
	Name    string
	Admin   bool
	Lang    string
	Zone    string // IANA
	Request string // ID of the request
	Address string // network address it came from
}

// NewID returns a UUIDv7: unique anywhere and sorted by time.
func NewID() string { return uuid.Must(uuid.NewV7()).String() }
