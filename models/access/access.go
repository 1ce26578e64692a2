// Package access decides who may do what in a team: one table and one function.
package access

import "slices"

// Role is what a person is in a team.
type Role string

const (
	Viewer  Role = "viewer"  // reads
	Member  Role = "member"  // works on tasks
	Manager Role = "manager" // boards, overrides, the log
	Owner   Role = "owner"   // everything
)

// Roles lists every role, weakest first.
var Roles = []Role{Viewer, Member, Manager, Owner}

// Action is something that a request asks leave for.
type Action string

// The actions that need no team.
const (
	Anyone     Action = "anyone"     // no session needed
	SignedIn   Action = "signed-in"  // one's own things
	Administer Action = "administer" // the server's settings
)

// The actions of a team.
const (
	SeeTeam       Action = "team.see"
	EditTeam      Action = "team.edit"
	ManageMembers Action = "members.manage"
	SeeLog        Action = "log.see"
	SeePeople     Action = "people.see" // reports of single people; one's own is everybody's
	SeeBoard      Action = "board.see"
	EditBoard     Action = "board.edit"
	EditTask      Action = "task.edit" // add, edit, move, connect, block, cancel, delete
	OverrideRules Action = "rules.override"
	EditTemplate  Action = "template.edit"
	StartRun      Action = "run.start" // and pause, resume and cancel it
)

var allowed = map[Action][]Role{
	SeeTeam:       {Viewer, Member, Manager, Owner},
	SeeBoard:      {Viewer, Member, Manager, Owner},
	EditTask:      {Member, Manager, Owner},
	EditBoard:     {Manager, Owner},
	OverrideRules: {Manager, Owner},
	EditTemplate:  {Manager, Owner},
	StartRun:      {Member, Manager, Owner},
	SeeLog:        {Manager, Owner},
	SeePeople:     {Manager, Owner},
	EditTeam:      {Owner},
	ManageMembers: {Owner},
}

// Can reports whether role may do act in its team. An action without a row is refused.
func Can(role Role, act Action) bool { return slices.Contains(allowed[act], role) }
