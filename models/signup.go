package models

import (
	"context"
	"time"

	"relevo/models/fault"
)

const sec = time.Second

// SignUpInput is what a person says to get an account.
type SignUpInput struct {
	ProfileInput
	Email    string
	Password string
}

func (in *SignUpInput) check() error {
	in.Email = tidyEmail(in.Email)
	faults := append(in.faults(), emailFault("email", in.Email))
	return fault.All(append(faults, passwordFault("password", in.Password, in.Name, in.Email))...)
}

// Unclaimed reports whether the server has no account yet.
func (s *Store) Unclaimed(ctx context.Context) (bool, error) {
	if s.claimed.Load() {
		return false, nil
	}
	var some int64
	if err := s.parts.Read.WithContext(ctx).Model(&User{}).Limit(1).Count(&some).Error; err != nil {
		return false, err
	}
	if some > 0 {
		s.claimed.Store(true)
	}
	return some == 0, nil
}

// Claim makes the first account, which is the administrator's, and signs it in.
// Once there is an account it is Missing.
func (s *Store) Claim(ctx context.Context, who Actor, in SignUpInput, agent string) (token string, err error) {
	if unclaimed, err := s.Unclaimed(ctx); err != nil || !unclaimed {
		return "", or(err, fault.New(fault.Missing, fault.NotFound))
	}
	user, err := s.newUser(ctx, in)
	if err != nil {
		return "", err
	}
	err = s.changeServer(ctx, who, func(tx *Tx) error {
		if err := tx.createUser(user); err != nil {
			return err
		}
		if !tx.actor.Admin {
			return fault.New(fault.Missing, fault.NotFound)
		}
		token, err = tx.startSession(agent)
		return err
	})
	return token, err
}

// SignUp makes an account, if the settings allow it or the invitation does. Whether
// the address has an account already must not be seen from outside, so both cases
// end alike: with nil, after the same work, and without signing anybody in. Who
// knows the password signs in next.
func (s *Store) SignUp(ctx context.Context, who Actor, in SignUpInput, invitation string) error {
	if err := s.MaySignUp(ctx, invitation); err != nil {
		return err
	}
	if err := in.check(); err != nil {
		return err
	}
	if wait := s.tries.take(s.now(), limit{"sign-up:" + source(who.Address), 30, time.Minute}); wait > 0 {
		return tooManyTries(wait)
	}
	user, err := s.newUser(ctx, in)
	if err != nil {
		return err
	}
	return s.changeServer(ctx, who, func(tx *Tx) error {
		// Asked again: the setting may have changed while the password was hashed.
		if err := maySignUp(tx.db, invitation, tx.now); err != nil {
			return err
		}
		taken, err := userByEmail(tx.db, in.Email)
		if err != nil {
			return err
		}
		if taken.ID != "" {
			tx.record(note{action: SignUpRefused, subject: taken.subject()})
			return nil
		}
		return tx.createUser(user)
	})
}

// createUser makes the account, from then on the actor of tx. The first one is the
// administrator's, whatever road it came by.
func (tx *Tx) createUser(user User) error {
	var others int64
	if err := tx.db.Model(&User{}).Count(&others).Error; err != nil {
		return err
	}
	user.Admin = others == 0
	tx.actor = tx.actor.As(user)
	return tx.create(&user, note{action: UserSignedUp, subject: user.subject()})
}

func (s *Store) newUser(ctx context.Context, in SignUpInput) (User, error) {
	if err := in.check(); err != nil {
		return User{}, err
	}
	hash, err := s.hashPassword(ctx, in.Password)
	return User{ID: NewID(), Email: in.Email, Name: in.Name, PasswordHash: hash, Lang: in.Lang, Zone: in.Zone, CreatedAt: s.now()}, err
}

// or returns err, or other if there is no err.
func or(err error, other *fault.Fault) error {
	if err != nil {
		return err
	}
	return other
}
