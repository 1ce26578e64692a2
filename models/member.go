package models

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// MemberView is a member as the team's page of people shows them.
type MemberView struct {
	Person
	Email string
	Since time.Time

	Away // when they are away, or will be
}

// TeamView is the page of a team's people. Addresses and invitations are for
// those who manage members.
type TeamView struct {
	Team        MyTeam
	Members     []MemberView
	Invitations []InvitationView
	Boards      []Board // at which somebody who is invited may arrive, by name
}

// People reads a team with its members and the invitations that are still open.
func (s *Store) People(ctx context.Context, who Actor, team string) (view TeamView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if view.Team, err = seeTeam(db, who, team, access.SeeTeam); err != nil {
			return err
		}
		if err := db.Raw(`SELECT u.id, u.name, u.email, u.away_from, u.away_until, m.role, m.created_at since FROM memberships m JOIN users u ON u.id = m.user_id
			WHERE m.team_id = ? ORDER BY lower(u.name), u.id`, team).Scan(&view.Members).Error; err != nil {
			return err
		}
		today := Date(s.now().In(Zone(view.Team.Zone)).Format(time.DateOnly))
		for i := range view.Members {
			if view.Members[i].AwayUntil < today {
				view.Members[i].Away = Away{}
			}
		}
		if access.Can(view.Team.Role, access.ManageMembers) {
			if view.Invitations, err = openInvitations(db, team, s.now()); err != nil {
				return err
			}
			return db.Order("lower(name), id").Find(&view.Boards, "team_id = ? AND archived_at IS NULL", team).Error
		}
		for i := range view.Members {
			view.Members[i].Email = ""
		}
		return nil
	})
	return view, err
}

// ChangeRole gives a member another role. It returns fault.LastOwner if the team
// would be left without an owner.
func (s *Store) ChangeRole(ctx context.Context, who Actor, team, person string, role access.Role) error {
	return s.change(ctx, who, inTeam(team), access.ManageMembers, func(tx *Tx) error {
		if !slices.Contains(access.Roles, role) {
			return fault.On("role", fault.NotAChoice)
		}
		member, name, err := tx.member(person)
		if err != nil || member.Role == role {
			return err
		}
		if err := tx.spare(member); err != nil {
			return err
		}
		return errors.Join(
			tx.update(&member, map[string]any{"role": role}, note{action: MemberRoleChanged, subject: name,
				changes: []ledger.Change{{Field: "role", From: string(member.Role), To: string(role)}}}),
			tx.revokeInvitationsOf(person))
	})
}

// RemoveMember takes somebody out of a team. Tasks keep them as an owner by name.
func (s *Store) RemoveMember(ctx context.Context, who Actor, team, person string) error {
	if person == who.ID {
		return s.Leave(ctx, who, team)
	}
	return s.change(ctx, who, inTeam(team), access.ManageMembers, func(tx *Tx) error {
		return tx.part(person, MemberRemoved)
	})
}

// Leave takes the actor out of a team.
func (s *Store) Leave(ctx context.Context, who Actor, team string) error {
	return s.change(ctx, who, inTeam(team), access.SeeTeam, func(tx *Tx) error {
		return tx.part(who.ID, MemberLeft)
	})
}

func (tx *Tx) part(person string, act Action) error {
	member, name, err := tx.member(person)
	if err != nil {
		return err
	}
	if err := tx.spare(member); err != nil {
		return err
	}
	return tx.end(member, name, act)
}

// end ends a membership.
func (tx *Tx) end(member Membership, name ledger.Subject, act Action) error {
	return errors.Join(
		tx.delete(&member, note{action: act, subject: name, changes: []ledger.Change{{Field: "role", From: string(member.Role)}}}),
		tx.revokeInvitationsOf(member.UserID))
}

// join makes the actor a member, by an invitation if cause is its entry.
func (tx *Tx) join(role access.Role, cause int64) error {
	member := Membership{TeamID: tx.Team.ID, UserID: tx.actor.ID, Role: role, CreatedAt: tx.now}
	return tx.create(&member, note{action: MemberAdded, cause: cause,
		subject: ledger.Subject{Kind: "user", ID: tx.actor.ID, Name: tx.actor.Name},
		changes: []ledger.Change{{Field: "role", To: string(role)}}})
}

func (tx *Tx) member(person string) (Membership, ledger.Subject, error) {
	var member Membership
	if err := tx.db.Where("team_id = ? AND user_id = ?", tx.Team.ID, person).Take(&member).Error; err != nil {
		return member, ledger.Subject{}, orMissing(err)
	}
	user, err := userBy(tx.db, "id = ?", person)
	return member, user.subject(), err
}

// spare refuses to take away the team's only owner.
func (tx *Tx) spare(member Membership) error {
	if member.Role != access.Owner {
		return nil
	}
	var owners int64
	if err := tx.db.Model(&Membership{}).Where("team_id = ? AND role = ?", tx.Team.ID, access.Owner).Count(&owners).Error; err != nil {
		return err
	}
	if owners < 2 {
		return fault.New(fault.Conflict, fault.LastOwner)
	}
	return nil
}
