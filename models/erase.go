package models

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Erasing is what is said to have a person erased.
type Erasing struct {
	Password string // of whoever erases themselves
	Typed    string // the account's address, to confirm
	// Called is what the person is called from then on, the nth who was erased.
	Called func(n int64) string
}

// ErasureView is what erasing a person comes to.
type ErasureView struct {
	User      User
	Teams     []ErasureTeam // that they are in, by name
	OnlyAdmin bool          // nobody else looks after this server
}

// ErasureTeam is a team that somebody who is to be erased is in.
type ErasureTeam struct {
	Team
	Role   access.Role
	Others int // further members
	Owners int // of those
	Open   int // open tasks that they own there
}

// Stuck reports whether the team would be left to people without an owner.
func (t ErasureTeam) Stuck() bool { return t.Role == access.Owner && t.Others > 0 && t.Owners == 0 }

// Hindered reports whether something has to be settled first.
func (v ErasureView) Hindered() bool {
	return v.OnlyAdmin || slices.ContainsFunc(v.Teams, ErasureTeam.Stuck)
}

// MyErasure tells what erasing oneself comes to.
func (s *Store) MyErasure(ctx context.Context, who Actor) (v ErasureView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		v, err = erasureOf(db, "id = ?", who.ID)
		return err
	})
	return v, err
}

// ErasureOf tells the administrator what erasing the account with an address comes to.
// It is Missing for anybody else; NoAccount on the field email if there is none.
func (s *Store) ErasureOf(ctx context.Context, who Actor, email string) (v ErasureView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if err := administers(db, who); err != nil {
			return err
		}
		v, err = erasureOf(db, "erased = 0 AND email = ?", tidyEmail(email))
		if f := fault.From(err); f != nil && f.Kind == fault.Missing {
			return fault.On("email", fault.NoAccount)
		}
		return err
	})
	return v, err
}

func erasureOf(db *gorm.DB, where, arg string) (v ErasureView, err error) {
	if v.User, err = userBy(db, where, arg); err != nil {
		return v, err
	}
	err = db.Raw(`SELECT t.*, m.role,
			(SELECT COUNT(*) FROM memberships o WHERE o.team_id = t.id AND o.user_id <> m.user_id) AS others,
			(SELECT COUNT(*) FROM memberships o WHERE o.team_id = t.id AND o.user_id <> m.user_id AND o.role = 'owner') AS owners,
			(SELECT COUNT(*) FROM task_owners w JOIN tasks k ON k.id = w.task_id WHERE w.team_id = t.id AND w.user_id = m.user_id
				AND k.state IN ? AND k.deleted_at IS NULL) AS open
		FROM memberships m JOIN teams t ON t.id = m.team_id WHERE m.user_id = ? ORDER BY lower(t.name), t.id`, openStates, v.User.ID).Scan(&v.Teams).Error
	if err != nil || !v.User.Admin {
		return v, err
	}
	var admins int64
	err = db.Model(&User{}).Where("admin").Count(&admins).Error
	v.OnlyAdmin = admins < 2
	return v, err
}

// EraseMe erases whoever asks. What they did stays, done by a pseudonym; who it was
// cannot be found out again. It returns Invalid faults on current and typed;
// LastOwner or OnlyAdministrator if they must hand something over first; LogBroken if
// an entry that holds their name has been tampered with.
func (s *Store) EraseMe(ctx context.Context, who Actor, in Erasing) error {
	user, err := s.proven(ctx, who, in.Password)
	if f := fault.From(err); f != nil && f.Kind == fault.Invalid {
		return fault.All(f, in.unsure())
	} else if err != nil {
		return err
	}
	return s.erase(ctx, who, user.ID, in, func(tx *Tx) error { return tx.stillHas(user) })
}

// EraseUser erases somebody, by the administrator. It returns what EraseMe does, but
// for the password.
func (s *Store) EraseUser(ctx context.Context, who Actor, user string, in Erasing) error {
	return s.erase(ctx, who, user, in, func(tx *Tx) error { return administers(tx.db, who) })
}

func (in Erasing) unsure() *fault.Fault {
	if strings.TrimSpace(in.Typed) == "" {
		return fault.On("typed", fault.Needed)
	}
	return nil
}

// confirmed refuses if what was typed is not the account's address.
func (in Erasing) confirmed(user User) *fault.Fault {
	if f := in.unsure(); f != nil {
		return f
	}
	if tidyEmail(in.Typed) != user.Email {
		return fault.On("typed", fault.NotConfirmed)
	}
	return nil
}

// erase does it in one transaction over the server's log and those of all teams in
// which the person is named: once it has committed, the name is gone; if anything
// fails, nothing has happened.
func (s *Store) erase(ctx context.Context, who Actor, id string, in Erasing, may func(*Tx) error) error {
	return s.changeServer(ctx, who, func(tx *Tx) error {
		if err := may(tx); err != nil {
			return err
		}
		v, err := erasureOf(tx.db, "erased = 0 AND id = ?", id)
		if err != nil {
			return err
		}
		if f := in.confirmed(v.User); f != nil {
			return f
		}
		if v.OnlyAdmin {
			return fault.New(fault.Conflict, fault.OnlyAdministrator)
		}
		var last int64
		if err := tx.row("SELECT COALESCE(MAX(erased), 0) FROM users").Scan(&last); err != nil {
			return err
		}
		e := &eraser{user: v.User, number: last + 1, called: in.Called(last + 1), own: who.ID == id}
		if err := e.meet(tx.db); err != nil {
			return err
		}
		if err := scrub(tx, "ON"); err != nil {
			return err
		}
		defer func() { _ = scrub(tx, "OFF") }()
		if e.own {
			tx.actor.Name, tx.actor.Address = e.called, ""
		}
		teams, err := e.teams(tx.db)
		if err != nil {
			return err
		}
		for _, team := range teams {
			there, err := tx.beside(team)
			if err != nil {
				return err
			}
			if err := e.leave(there); err != nil {
				return err
			}
		}
		if err := e.forget(tx); err != nil {
			return err
		}
		if err := e.reword(tx); err != nil {
			return err
		}
		return compact(tx)
	})
}

// scrub has SQLite overwrite what is deleted and changed, or leave it in the file until
// its place is needed. PostgreSQL does the latter until it vacuums.
func scrub(tx *Tx, on string) error {
	if tx.db.Name() == "postgres" {
		return nil
	}
	return tx.rows().Exec("PRAGMA secure_delete = " + on).Error
}

// compact has SQLite write its indexes of words again, for until then they keep the words
// of what was taken out of them. PostgreSQL keeps none.
func compact(tx *Tx) error {
	if tx.db.Name() == "postgres" {
		return nil
	}
	for _, index := range []string{"search_index", "entry_words"} {
		if err := tx.rows().Exec("INSERT INTO " + index + " (" + index + ") VALUES ('optimize')").Error; err != nil {
			return fmt.Errorf("compact %s: %w", index, err)
		}
	}
	return nil
}

// eraser takes one person out.
type eraser struct {
	user   User
	number int64
	called string
	own    bool // it is themselves who ask
	erasedName
}

// meet learns by which names the person has gone.
func (e *eraser) meet(db *gorm.DB) error {
	e.erasedName = erasedName{id: e.user.ID, called: e.called, email: e.user.Email, names: []string{e.user.Name}}
	var edits []string
	err := db.Raw("SELECT data FROM entries WHERE log_id = ? AND action = ? AND actor_id = ?", ledger.ServerLog, UserEdited, e.user.ID).Scan(&edits).Error
	if err != nil {
		return err
	}
	for _, data := range edits {
		entry, err := ledger.Parse([]byte(data))
		if err != nil {
			return errors.Join(fault.New(fault.Conflict, fault.LogBroken), err)
		}
		for _, c := range entry.Changes {
			if c.Field == "name" {
				e.names = append(e.names, c.From, c.To)
			}
		}
	}
	e.names = distinctNames(e.names, e.called)
	return nil
}

// teams are those in which the person is, or was, or is named by a label.
func (e *eraser) teams(db *gorm.DB) (ids []string, err error) {
	err = db.Raw(`SELECT t.id FROM teams t WHERE EXISTS (SELECT 1 FROM memberships m WHERE m.team_id = t.id AND m.user_id = @id)
			OR EXISTS (SELECT 1 FROM entries n WHERE n.log_id = t.id AND n.actor_id = @id)
			OR EXISTS (SELECT 1 FROM task_owners o WHERE o.team_id = t.id AND o.user_id = @id)
			OR EXISTS (SELECT 1 FROM invitations i WHERE i.team_id = t.id AND lower(i.label) LIKE @email)
			OR EXISTS (SELECT 1 FROM step_links l WHERE l.team_id = t.id AND lower(l.whom) LIKE @email)
		ORDER BY t.id`, map[string]any{"id": e.user.ID, "email": "%" + e.user.Email + "%"}).Scan(&ids).Error
	return ids, err
}

// leave takes the person out of a team: their membership, what is still theirs to do,
// and their name.
func (e *eraser) leave(tx *Tx) error {
	member, name, err := tx.member(e.user.ID)
	switch {
	case err == nil:
		if err := e.part(tx, member, name); err != nil {
			return err
		}
	case fault.From(err) == nil:
		return err
	}
	if err := errors.Join(e.disown(tx), e.unlist(tx)); err != nil {
		return err
	}
	tx.cause = 0
	if err := e.among(tx); err != nil {
		return err
	}
	return errors.Join(e.unmention(tx), e.relabel(tx), e.unindex(tx), e.reword(tx))
}

func (e *eraser) part(tx *Tx, member Membership, name ledger.Subject) error {
	var others int64
	if err := tx.db.Model(&Membership{}).Where("team_id = ? AND user_id <> ?", tx.Team.ID, e.user.ID).Count(&others).Error; err != nil {
		return err
	}
	if others > 0 {
		if err := tx.spare(member); err != nil {
			return err
		}
	}
	act := MemberRemoved
	if e.own {
		act = MemberLeft
	}
	left := tx.seq + 1
	err := tx.end(member, name, act)
	tx.cause = left // of what it leads to
	return err
}

// disown leaves open tasks to their other owners; what is closed keeps the pseudonym.
func (e *eraser) disown(tx *Tx) error {
	var tasks []string
	err := tx.db.Raw(`SELECT t.id FROM task_owners o JOIN tasks t ON t.id = o.task_id
		WHERE o.team_id = ? AND o.user_id = ? AND t.state IN ? AND t.deleted_at IS NULL ORDER BY t.id`, tx.Team.ID, e.user.ID, openStates).Scan(&tasks).Error
	if err != nil {
		return err
	}
	for _, id := range tasks {
		var owners []string
		if err := tx.db.Raw("SELECT user_id FROM task_owners WHERE task_id = ? AND user_id <> ?", id, e.user.ID).Scan(&owners).Error; err != nil {
			return err
		}
		t, err := tx.task(id)
		if err == nil {
			err = tx.edit(t, TaskInput{Owners: &owners})
		}
		if err != nil {
			return fmt.Errorf("take the owner from a task: %w", err)
		}
	}
	return nil
}

// unlist does the same for items of checklists.
func (e *eraser) unlist(tx *Tx) error {
	var open []Item
	err := tx.db.Raw(`SELECT i.* FROM checklist_items i JOIN tasks t ON t.id = i.task_id
		WHERE i.team_id = ? AND i.owner_id = ? AND i.ticked_at IS NULL AND t.state IN ? AND t.deleted_at IS NULL ORDER BY i.id`,
		tx.Team.ID, e.user.ID, openStates).Scan(&open).Error
	if err != nil {
		return err
	}
	for _, was := range open {
		is := was
		is.OwnerID = ""
		t, err := tx.task(was.TaskID)
		if err == nil {
			err = tx.saveItem(t, was, is, ItemEdited)
		}
		if err != nil {
			return fmt.Errorf("take the owner from an item: %w", err)
		}
	}
	return nil
}

// among learns who else can be meant in a team by a name.
func (e *eraser) among(tx *Tx) error {
	all, err := logPeople(tx.db, tx.Team.ID)
	e.others = slices.DeleteFunc(all, func(p Person) bool { return p.ID == e.user.ID })
	return err
}

// unmention takes the name out of comments that mention the person.
func (e *eraser) unmention(tx *Tx) error {
	var comments []Comment
	if err := tx.db.Where("team_id = ? AND body LIKE '%@%'", tx.Team.ID).Find(&comments).Error; err != nil {
		return err
	}
	for _, c := range comments {
		if is := e.mentions(c.Body); is != c.Body {
			if err := one(tx.rows().Exec("UPDATE comments SET body = ? WHERE id = ?", is, c.ID)); err != nil {
				return err
			}
		}
	}
	return nil
}

// unindex takes out of PostgreSQL's list of a team's words those that are no longer anywhere.
func (e *eraser) unindex(tx *Tx) error {
	if tx.db.Name() != "postgres" {
		return nil
	}
	for _, name := range e.names {
		err := tx.rows().Exec(`DELETE FROM search_words w USING unnest(to_tsvector('simple', search_fold(?))) n
			WHERE w.team_id = ? AND w.term = n.lexeme
			AND NOT EXISTS (SELECT 1 FROM search_docs d WHERE d.vector @@ (quote_literal(n.lexeme) || ' & t' || replace(w.team_id, '-', ''))::tsquery)`,
			name, tx.Team.ID).Error
		if err != nil {
			return err
		}
	}
	return nil
}

// relabel takes the name and the address off what was written down for the person, and
// out of the words that the log was searched for.
func (e *eraser) relabel(tx *Tx) error {
	for _, l := range []struct {
		table, column string
		without       func(string) string
	}{{"invitations", "label", e.label}, {"step_links", "whom", e.label}, {"log_filters", "query", e.query}, {"reviews", "query", e.query}} {
		var rows []struct{ ID, Label string }
		if err := tx.db.Raw("SELECT id, "+l.column+" AS label FROM "+l.table+" WHERE team_id = ?", tx.Team.ID).Scan(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			if is := l.without(r.Label); is != r.Label {
				if err := one(tx.rows().Exec("UPDATE "+l.table+" SET "+l.column+" = ? WHERE id = ?", is, r.ID)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// forget removes what was the person's own, and leaves of the account what their deeds
// point to. Its address is none that anybody could sign up with.
func (e *eraser) forget(tx *Tx) error {
	for _, own := range []string{"sessions", "imports", "notices", "view_defaults", "views", "log_filters", "greetings", "notice_choices"} {
		if err := tx.rows().Exec("DELETE FROM "+own+" WHERE user_id = ?", e.user.ID).Error; err != nil {
			return fmt.Errorf("forget %s: %w", own, err)
		}
	}
	for _, kept := range [][2]string{{"attention_marks", "by"}, {"reviews", "opened"}, {"reviews", "signed"}, {"review_entries", "asked"}, {"remarks", "answered"}} {
		id := kept[1] + "_id"
		if kept[0] == "reviews" || kept[0] == "remarks" {
			id = kept[1] + "_by"
		}
		if err := tx.rows().Exec("UPDATE "+kept[0]+" SET "+kept[1]+"_name = ? WHERE "+id+" = ?", e.called, e.user.ID).Error; err != nil {
			return fmt.Errorf("name in %s: %w", kept[0], err)
		}
	}
	tx.told[e.user.ID] = true // their open pages
	return one(tx.rows().Model(&User{ID: e.user.ID}).Updates(map[string]any{
		"email": fmt.Sprintf("erased-%d", e.number), "name": e.called, "password_hash": "", "admin": false, "lang": "en", "zone": "UTC",
		"no_shortcuts": false, "away_from": "", "away_until": "", "watches_commented": true, "erased": e.number}))
}
