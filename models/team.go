package models

import (
	"context"
	"errors"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// MyTeam is a team as one of its members sees it.
type MyTeam struct {
	Team
	Role access.Role
	Seq  int64 // of its log
	New  bool  // the actor has joined it lately, and is still to be greeted; only in Teams
}

// TeamInput is what a person says of a team.
type TeamInput struct {
	Name string
	Zone string
}

func (in *TeamInput) check() error {
	in.Name = tidy(in.Name)
	return fault.All(nameFault("name", in.Name), zoneFault("zone", in.Zone))
}

// Teams lists the actor's teams by name.
func (s *Store) Teams(ctx context.Context, who Actor) ([]MyTeam, error) {
	var teams []MyTeam
	err := s.parts.Read.WithContext(ctx).Raw(`SELECT t.*, m.role, l.seq, (m.created_at > ? AND g.user_id IS NULL) "new"
		FROM memberships m JOIN teams t ON t.id = m.team_id JOIN logs l ON l.id = t.id
		LEFT JOIN greetings g ON g.user_id = m.user_id AND g.team_id = m.team_id
		WHERE m.user_id = ? ORDER BY lower(t.name), t.id`, s.now().Add(-GreetingTime), who.ID).Scan(&teams).Error
	return teams, err
}

// TeamFor is one of the actor's teams, for someone who wants to act in it: to a
// stranger it is Missing; a role too weak for act is Forbidden.
func (s *Store) TeamFor(ctx context.Context, who Actor, team string, act access.Action) (MyTeam, error) {
	return seeTeam(s.parts.Read.WithContext(ctx), who, team, act)
}

// CreateTeam makes a team whose owner is the actor.
func (s *Store) CreateTeam(ctx context.Context, who Actor, in TeamInput) (Team, error) {
	if err := in.check(); err != nil {
		return Team{}, err
	}
	team := Team{ID: NewID(), Name: in.Name, Zone: in.Zone, DaysOff: usualDaysOff, CreatedAt: s.now()}
	err := s.changeNewTeam(ctx, who, team, func(tx *Tx) error {
		return errors.Join(
			tx.create(&team, note{action: TeamCreated, subject: team.subject(), changes: []ledger.Change{
				{Field: "name", To: team.Name}, {Field: "zone", To: team.Zone}}}),
			tx.join(access.Owner, 0))
	})
	return team, err
}

// EditTeam changes what a team is called and in which time zone its days begin.
func (s *Store) EditTeam(ctx context.Context, who Actor, team string, in TeamInput) error {
	return s.change(ctx, who, inTeam(team), access.EditTeam, func(tx *Tx) error {
		if err := in.check(); err != nil {
			return err
		}
		changes := differences([]ledger.Change{
			{Field: "name", From: tx.Team.Name, To: in.Name},
			{Field: "zone", From: tx.Team.Zone, To: in.Zone},
		})
		if len(changes) == 0 {
			return nil
		}
		moves := tx.Team.Zone != in.Zone
		err := tx.update(&tx.Team, map[string]any{"name": in.Name, "zone": in.Zone},
			note{action: TeamEdited, subject: tx.Team.subject(), changes: changes})
		if err != nil || !moves {
			return err
		}
		tx.Team.Zone = in.Zone
		return errors.Join(tx.retimeRepeats(), tx.retimeSchedules())
	})
}

func (t Team) subject() ledger.Subject { return ledger.Subject{Kind: "team", ID: t.ID, Name: t.Name} }
