package models

import (
	"context"
	_ "embed"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"relevo/models/fault"
)

// Limits of a password, in characters.
const (
	LeastPassword = 10
	MostPassword  = 128
)

// commonPasswords are those of ten characters or more among the 30,000 most used,
// from the frequency lists of zxcvbn 4.4.2 (MIT licence, Dropbox Inc.).
//
//go:embed data/passwords.txt
var commonPasswords string

var isCommon = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, p := range strings.Fields(commonPasswords) {
		set[p] = true
	}
	return set
})

// passwordFault says what is wrong with a new password of someone with that name
// and address; nil if nothing is.
func passwordFault(field, password, name, email string) *fault.Fault {
	switch n := utf8.RuneCountInString(password); {
	case n < LeastPassword:
		return fault.On(field, fault.PasswordShort, LeastPassword)
	case n > MostPassword:
		return fault.On(field, fault.TooLong, MostPassword)
	case guessable(password, name, email):
		return fault.On(field, fault.PasswordCommon)
	}
	return nil
}

// guessable finds what is tried first: the most common passwords, with or without
// something at their ends; few different characters; rows of the keyboard; one's
// own name and address.
func guessable(password, name, email string) bool {
	p := strings.ToLower(password)
	core := strings.TrimFunc(p, func(r rune) bool { return !unicode.IsLetter(r) })
	if isCommon()[p] || isCommon()[core] || alphabet(p) < 5 || runs(p) {
		return true
	}
	local, _, _ := strings.Cut(email, "@")
	words := append([]string{email, local, "relevo", "password", "passw0rd", "p@ssword", "contraseña", "contrasena", "qwerty", "welcome",
		"letmein", "iloveyou", "administrator", "changeme", "bienvenido", "tequiero"}, strings.Fields(strings.ToLower(name))...)
	rest := p
	for _, word := range words {
		if utf8.RuneCountInString(word) >= 3 {
			rest = strings.ReplaceAll(rest, word, "")
		}
	}
	// What is left besides such words has to be worth something of its own.
	return rest != p && utf8.RuneCountInString(strings.TrimFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })) < 4 &&
		utf8.RuneCountInString(rest) < LeastPassword
}

func alphabet(s string) int {
	set := map[rune]bool{}
	for _, r := range s {
		set[r] = true
	}
	return len(set)
}

// runs reports whether s is a piece of a row that fingers know.
func runs(s string) bool {
	const rows = "01234567890123456789 98765432109876543210 abcdefghijklmnopqrstuvwxyz zyxwvutsrqponmlkjihgfedcba " +
		"qwertyuiopasdfghjklzxcvbnm qwertyuiopasdfghjklñzxcvbnm 1qaz2wsx3edc4rfv5tgb6yhn7ujm"
	return strings.Contains(rows, s)
}

// UsualHashing is OWASP's second choice for argon2id: 19 MiB, twice over.
var UsualHashing = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// hashing bounds how many passwords are hashed at once, for each takes 19 MiB.
var hashing = make(chan struct{}, max(2, runtime.NumCPU()))

func withHashing(ctx context.Context, fn func() error) error {
	select {
	case hashing <- struct{}{}:
		defer func() { <-hashing }()
		return fn()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *Store) hashPassword(ctx context.Context, password string) (hash string, err error) {
	err = withHashing(ctx, func() error {
		hash, err = argon2id.CreateHash(password, s.parts.Hashing)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return hash, nil
}

// checkPassword takes as long whether there is a hash or not: without one it
// compares with that of a password which nobody has.
func (s *Store) checkPassword(ctx context.Context, password, hash string) (ok bool, err error) {
	known := hash != ""
	if !known {
		hash = s.nobodys()
	}
	err = withHashing(ctx, func() error {
		ok, err = argon2id.ComparePasswordAndHash(password, hash)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("check password: %w", err)
	}
	return ok && known, nil
}

// hashOfNobody makes a hash that costs as much to compare with as everybody's.
func hashOfNobody(cost *argon2id.Params) string {
	hash, err := argon2id.CreateHash(newToken(), cost)
	if err != nil {
		panic(err)
	}
	return hash
}
