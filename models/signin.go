package models

import (
	"context"
	"math"
	"time"

	"relevo/models/fault"
)

// SignIn starts a session for whoever has this address and this password, and
// returns the user and the token. Everything that can be wrong is fault.WrongCredentials, after
// the same work, so that nothing tells whether the address has an account.
//
// Failures are counted by account and source together, so that nobody is locked
// out of their account by a stranger elsewhere, and by source alone, so that one
// source cannot try many accounts.
func (s *Store) SignIn(ctx context.Context, who Actor, email, password, agent string) (user User, token string, err error) {
	email = clip(tidyEmail(email), MostEmail)
	from := source(who.Address)
	tries := []limit{
		{"sign-in:" + from + " " + email, 10, 90 * sec},
		{"sign-in:" + from, 100, 6 * sec},
	}
	if wait := s.tries.take(s.now(), tries...); wait > 0 {
		return User{}, "", tooManyTries(wait)
	}
	user, err = userByEmail(s.parts.Read.WithContext(ctx), email)
	if err != nil {
		return User{}, "", err
	}
	right, err := s.checkPassword(ctx, password, user.PasswordHash)
	if err != nil {
		return User{}, "", err
	}
	if !right {
		return User{}, "", s.refuseSignIn(ctx, who, user)
	}
	s.tries.giveBack(tries...)
	err = s.changeServer(ctx, who.As(user), func(tx *Tx) error {
		if err := tx.stillHas(user); err != nil {
			return err
		}
		token, err = tx.startSession(agent)
		return err
	})
	return user, token, err
}

// refuseSignIn notes the failure, in the same way whether there is a user or not.
// What was typed is not kept: it may be a password in the wrong field.
func (s *Store) refuseSignIn(ctx context.Context, who Actor, user User) error {
	err := s.changeServer(ctx, who, func(tx *Tx) error {
		subject := user.subject()
		tx.record(note{action: SignInRefused, subject: subject})
		return nil
	})
	return or(err, fault.New(fault.Unknown, fault.WrongCredentials))
}

// tooManyTries says how many minutes to wait.
func tooManyTries(wait time.Duration) *fault.Fault {
	return fault.New(fault.TooMany, fault.TooManyTries, int(math.Ceil(wait.Minutes())))
}
