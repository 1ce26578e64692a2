package models

import (
	"context"
	"errors"
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"

	"gorm.io/gorm"

	"relevo/models/fault"
	"relevo/models/ledger"
)

// Most characters of a name and of an address.
const (
	MostName  = 80
	MostEmail = 254
)

// ProfileInput is what people say of themselves.
type ProfileInput struct {
	Name string
	Lang string
	Zone string

	NoShortcuts bool

	Away
}

func (in *ProfileInput) faults() []*fault.Fault {
	in.Name = tidy(in.Name)
	return append(in.Away.faults(), nameFault("name", in.Name), langFault(in.Lang), zoneFault("zone", in.Zone))
}

// Me is the account of whoever asks.
func (s *Store) Me(ctx context.Context, who Actor) (User, error) {
	return userBy(s.parts.Read.WithContext(ctx), "id = ?", who.ID)
}

// EditProfile changes what people say of themselves.
func (s *Store) EditProfile(ctx context.Context, who Actor, in ProfileInput) error {
	if err := fault.All(in.faults()...); err != nil {
		return err
	}
	return s.changeServer(ctx, who, func(tx *Tx) error {
		user, err := userBy(tx.db, "id = ?", who.ID)
		if err != nil {
			return err
		}
		changes := differences([]ledger.Change{
			{Field: "name", From: user.Name, To: in.Name},
			{Field: "lang", From: user.Lang, To: in.Lang},
			{Field: "zone", From: user.Zone, To: in.Zone},
			{Field: "no_shortcuts", From: yes(user.NoShortcuts), To: yes(in.NoShortcuts)},
			{Field: "away_from", From: string(user.AwayFrom), To: string(in.AwayFrom)},
			{Field: "away_until", From: string(user.AwayUntil), To: string(in.AwayUntil)},
		})
		if len(changes) == 0 {
			return nil
		}
		return tx.update(&user, map[string]any{"name": in.Name, "lang": in.Lang, "zone": in.Zone, "no_shortcuts": in.NoShortcuts,
			"away_from": in.AwayFrom, "away_until": in.AwayUntil},
			note{action: UserEdited, subject: user.subject(), changes: changes})
	})
}

// ChangePassword gives the actor a new password and ends all their sessions but
// that of token. It returns fault.WrongPassword if current is not the one they have.
func (s *Store) ChangePassword(ctx context.Context, who Actor, token, current, password string) error {
	user, err := s.proven(ctx, who, current)
	if err != nil {
		return err
	}
	if f := passwordFault("password", password, user.Name, user.Email); f != nil {
		return f
	}
	hash, err := s.hashPassword(ctx, password)
	if err != nil {
		return err
	}
	return s.changeServer(ctx, who, func(tx *Tx) error {
		if err := tx.stillHas(user); err != nil {
			return err
		}
		if err := tx.update(&user, map[string]any{"password_hash": hash},
			note{action: UserPasswordChanged, subject: user.subject()}); err != nil {
			return err
		}
		return tx.revokeOthers(token)
	})
}

// proven is the account of whoever asks, who shows by its password that it is them.
// It returns WrongPassword on the field current if they do not.
func (s *Store) proven(ctx context.Context, who Actor, current string) (User, error) {
	tries := limit{"password:" + who.ID, 10, 90 * sec}
	if wait := s.tries.take(s.now(), tries); wait > 0 {
		return User{}, tooManyTries(wait)
	}
	user, err := s.Me(ctx, who)
	if err != nil {
		return user, err
	}
	right, err := s.checkPassword(ctx, current, user.PasswordHash)
	if err != nil {
		return user, err
	}
	if !right {
		return user, fault.On("current", fault.WrongPassword)
	}
	s.tries.giveBack(tries)
	return user, nil
}

// stillHas refuses if the user's password has changed since user was read.
func (tx *Tx) stillHas(user User) error {
	now, err := userBy(tx.db, "id = ?", user.ID)
	if err != nil {
		return err
	}
	if now.PasswordHash != user.PasswordHash {
		return fault.New(fault.Unknown, fault.WrongCredentials)
	}
	return nil
}

func (u User) subject() ledger.Subject { return ledger.Subject{Kind: "user", ID: u.ID, Name: u.Name} }

// As is the actor who turned out to be user.
func (who Actor) As(user User) Actor {
	who.ID, who.Name, who.Admin, who.Lang, who.Zone = user.ID, user.Name, user.Admin, user.Lang, user.Zone
	who.NoShortcuts = user.NoShortcuts
	return who
}

func userBy(db *gorm.DB, where string, arg any) (User, error) {
	var user User
	err := db.Where(where, arg).Take(&user).Error
	return user, orMissing(err)
}

// userByEmail returns a user without ID if nobody has the address.
func userByEmail(db *gorm.DB, email string) (User, error) {
	var user User
	err := db.Where("email = ?", email).Take(&user).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return User{}, nil
	}
	return user, err
}

func tidyEmail(email string) string { return strings.ToLower(strings.TrimSpace(email)) }

func emailFault(field, email string) *fault.Fault {
	if email == "" {
		return fault.On(field, fault.Needed)
	}
	if utf8.RuneCountInString(email) > MostEmail {
		return fault.On(field, fault.TooLong, MostEmail)
	}
	if a, err := mail.ParseAddress(email); err != nil || a.Address != email || a.Name != "" {
		return fault.On(field, fault.NotAnEmail)
	}
	return nil
}

func nameFault(field, name string) *fault.Fault {
	if name == "" {
		return fault.On(field, fault.Needed)
	}
	if utf8.RuneCountInString(name) > MostName {
		return fault.On(field, fault.TooLong, MostName)
	}
	return nil
}

func langFault(lang string) *fault.Fault {
	if lang != "en" && lang != "es" {
		return fault.On("lang", fault.NotAChoice)
	}
	return nil
}

// tidy makes one line of s, without characters that are not seen or that turn the
// direction of what follows.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff', r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// differences leaves out what did not change.
func differences(changes []ledger.Change) []ledger.Change {
	var kept []ledger.Change
	for _, c := range changes {
		if c.From != c.To {
			kept = append(kept, c)
		}
	}
	return kept
}
