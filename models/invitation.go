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

// How many days an invitation may last.
const (
	LeastDays   = 1
	UsualDays   = 7
	MostDays    = 30
	mostLabel   = 80
	tokenLength = 43
)

// InvitationInput is what a person says of an invitation.
type InvitationInput struct {
	Label string
	Role  access.Role
	Days  int
	Once  bool // one person only, or else any number
}

func (in *InvitationInput) check() error {
	in.Label = tidy(in.Label)
	var faults []*fault.Fault
	if len([]rune(in.Label)) > mostLabel {
		faults = append(faults, fault.On("label", fault.TooLong, mostLabel))
	}
	if !slices.Contains(access.Roles, in.Role) {
		faults = append(faults, fault.On("role", fault.NotAChoice))
	}
	if in.Days < LeastDays || in.Days > MostDays {
		faults = append(faults, fault.On("days", fault.OutOfRange, LeastDays, MostDays))
	}
	return fault.All(faults...)
}

// InvitationView is an invitation with the names that go with it.
type InvitationView struct {
	Invitation
	Team    string
	Inviter string
}

// Invite makes an invitation and returns the token of its link, which nobody can
// learn again afterwards.
func (s *Store) Invite(ctx context.Context, who Actor, team string, in InvitationInput) (token string, err error) {
	err = s.change(ctx, who, inTeam(team), access.ManageMembers, func(tx *Tx) error {
		if err := in.check(); err != nil {
			return err
		}
		token = newToken()
		inv := Invitation{ID: NewID(), TeamID: team, Hash: hashToken(token), Role: in.Role, Label: in.Label, CreatedBy: who.ID,
			CreatedAt: tx.now, ExpiresAt: tx.now.AddDate(0, 0, in.Days)}
		if in.Once {
			inv.MaxUses = 1
		}
		return tx.create(&inv, note{action: InvitationCreated, subject: inv.subject(), changes: []ledger.Change{
			{Field: "role", To: string(in.Role)}, {Field: "expires", To: inv.ExpiresAt.Format(time.RFC3339)}}})
	})
	return token, err
}

// RevokeInvitation makes the link of an invitation useless.
func (s *Store) RevokeInvitation(ctx context.Context, who Actor, team, id string) error {
	return s.change(ctx, who, inTeam(team), access.ManageMembers, func(tx *Tx) error {
		var inv Invitation
		if err := tx.db.Where("id = ? AND team_id = ?", id, team).Take(&inv).Error; err != nil {
			return orMissing(err)
		}
		if inv.RevokedAt != nil {
			return nil
		}
		return tx.revokeInvitation(inv)
	})
}

func (tx *Tx) revokeInvitation(inv Invitation) error {
	return tx.update(&inv, map[string]any{"revoked_at": tx.now}, note{action: InvitationRevoked, subject: inv.subject()})
}

// revokeInvitationsOf ends what somebody handed out as an owner: they know the
// links, and could let themselves in again.
func (tx *Tx) revokeInvitationsOf(person string) error {
	var theirs []Invitation
	err := tx.db.Where("team_id = ? AND created_by = ? AND revoked_at IS NULL AND expires_at > ?", tx.Team.ID, person, tx.now).
		Order("created_at").Find(&theirs).Error
	for _, inv := range theirs {
		err = errors.Join(err, tx.revokeInvitation(inv))
	}
	return err
}

// Invitation reads what stands behind a link. Unknown, expired, revoked and used
// up are the same fault.InvitationVoid. member tells that the actor is in the team
// already, in which case a link that has been used up still leads there.
func (s *Store) Invitation(ctx context.Context, who Actor, token string) (view InvitationView, member bool, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		inv, err := invitationBy(db, token)
		if err != nil {
			return err
		}
		_, err = seeTeam(db, who, inv.TeamID, access.SeeTeam)
		if member = err == nil; !member && !inv.open(s.now()) {
			return voidInvitation()
		}
		return db.Raw(`SELECT i.*, t.name team, u.name inviter FROM invitations i JOIN teams t ON t.id = i.team_id
			JOIN users u ON u.id = i.created_by WHERE i.id = ?`, inv.ID).Scan(&view).Error
	})
	return view, member, err
}

// AcceptInvitation makes the actor a member of the team behind the link, and
// returns its ID. Who is a member already stays what they are, and uses nothing up.
func (s *Store) AcceptInvitation(ctx context.Context, who Actor, token string) (team string, err error) {
	err = s.transact(ctx, who, func(tx *Tx) error {
		inv, err := invitationBy(tx.db, token)
		if err != nil {
			return err
		}
		team = inv.TeamID
		if err := tx.lock(team); err != nil {
			return err
		}
		if err := tx.db.Where("id = ?", team).Take(&tx.Team).Error; err != nil {
			return err
		}
		if _, _, err := tx.member(who.ID); err == nil || fault.From(err) == nil {
			return err
		}
		return tx.useInvitation(token)
	})
	return team, err
}

// useInvitation reads the invitation again, now that nobody else can be using it.
func (tx *Tx) useInvitation(token string) error {
	inv, err := openInvitation(tx.db, token, tx.now)
	if err != nil {
		return err
	}
	if err := tx.notRemovedSince(inv.CreatedAt); err != nil {
		return err
	}
	used := tx.seq + 1
	return errors.Join(
		tx.update(&inv, map[string]any{"uses": inv.Uses + 1}, note{action: InvitationUsed, subject: inv.subject()}),
		tx.join(inv.Role, used))
}

// notRemovedSince keeps out whom an owner has removed since the invitation was
// made: the link that they came in by does not let them in again.
func (tx *Tx) notRemovedSince(made time.Time) error {
	var lines []string
	if err := tx.db.Raw("SELECT data FROM entries WHERE log_id = ? AND action = ? AND at >= ?", tx.Team.ID, MemberRemoved, made).
		Scan(&lines).Error; err != nil {
		return err
	}
	for _, line := range lines {
		entry, err := ledger.Parse([]byte(line))
		if err != nil {
			return err
		}
		if entry.Subject.ID == tx.actor.ID {
			return voidInvitation()
		}
	}
	return nil
}

func (inv Invitation) open(now time.Time) bool {
	return inv.RevokedAt == nil && inv.ExpiresAt.After(now) && (inv.MaxUses == 0 || inv.Uses < inv.MaxUses)
}

func (inv Invitation) subject() ledger.Subject {
	return ledger.Subject{Kind: "invitation", ID: inv.ID, Name: inv.Label}
}

func invitationBy(db *gorm.DB, token string) (Invitation, error) {
	if len(token) != tokenLength {
		return Invitation{}, voidInvitation()
	}
	var inv Invitation
	err := db.Where("hash = ?", hashToken(token)).Take(&inv).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return Invitation{}, voidInvitation()
	}
	return inv, err
}

func openInvitation(db *gorm.DB, token string, now time.Time) (Invitation, error) {
	inv, err := invitationBy(db, token)
	if err == nil && !inv.open(now) {
		err = voidInvitation()
	}
	return inv, err
}

func voidInvitation() *fault.Fault { return fault.New(fault.Missing, fault.InvitationVoid) }

func openInvitations(db *gorm.DB, team string, now time.Time) (views []InvitationView, err error) {
	err = db.Raw(`SELECT i.*, u.name inviter FROM invitations i JOIN users u ON u.id = i.created_by
		WHERE i.team_id = ? AND i.revoked_at IS NULL AND i.expires_at > ? AND (i.max_uses = 0 OR i.uses < i.max_uses)
		ORDER BY i.created_at DESC, i.id DESC`, team, now).Scan(&views).Error
	return views, err
}
