package models

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"relevo/models/fault"
	"relevo/models/ledger"
)

// Setting is one thing that the administrator decides for the server.
type Setting struct {
	Key   string `gorm:"primaryKey"`
	Value string
}

// SignUpMode says who may make an account.
type SignUpMode string

const (
	SignUpOpen    SignUpMode = "open"    // anyone
	SignUpInvited SignUpMode = "invited" // whoever holds an invitation to a team: it is permission itself
	SignUpClosed  SignUpMode = "closed"  // nobody, by any road
)

// SignUpModes lists them, widest first.
var SignUpModes = []SignUpMode{SignUpOpen, SignUpInvited, SignUpClosed}

const signUpKey = "sign-up"

// SignUpMode returns who may make an account.
func (s *Store) SignUpMode(ctx context.Context) (SignUpMode, error) {
	return signUpMode(s.parts.Read.WithContext(ctx))
}

func signUpMode(db *gorm.DB) (SignUpMode, error) {
	var setting Setting
	err := db.Where("key = ?", signUpKey).Take(&setting).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return SignUpOpen, nil
	}
	return SignUpMode(setting.Value), err
}

// MaySignUp returns fault.SignUpIsClosed if the settings do not let somebody make
// an account with this invitation, or with none.
func (s *Store) MaySignUp(ctx context.Context, invitation string) error {
	return maySignUp(s.parts.Read.WithContext(ctx), invitation, s.now())
}

func maySignUp(db *gorm.DB, invitation string, now time.Time) error {
	mode, err := signUpMode(db)
	if err != nil || mode == SignUpOpen {
		return err
	}
	if mode == SignUpInvited && invitation != "" {
		_, err := openInvitation(db, invitation, now)
		return err
	}
	return fault.New(fault.Forbidden, fault.SignUpIsClosed)
}

// SetSignUp decides who may make an account. It is the administrator's to say.
func (s *Store) SetSignUp(ctx context.Context, who Actor, mode SignUpMode) error {
	if mode != SignUpOpen && mode != SignUpInvited && mode != SignUpClosed {
		return fault.On("sign_up", fault.NotAChoice)
	}
	return s.changeServer(ctx, who, func(tx *Tx) error {
		if err := administers(tx.db, who); err != nil {
			return err
		}
		old, err := signUpMode(tx.db)
		if err != nil || old == mode {
			return err
		}
		tx.record(note{action: SettingChanged, subject: ledger.Subject{Kind: "setting", ID: signUpKey, Name: signUpKey},
			changes: []ledger.Change{{Field: signUpKey, From: string(old), To: string(mode)}}})
		return tx.rows().Clauses(clause.OnConflict{UpdateAll: true}).Create(&Setting{Key: signUpKey, Value: string(mode)}).Error
	})
}
