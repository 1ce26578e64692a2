package fault

const (
	LastOwner      Code = "last-owner"      // the team's only owner cannot leave, be removed or be made less
	InvitationVoid Code = "invitation-void" // unknown, expired, revoked or used up: never say which
)

var teamCodes = []Code{LastOwner, InvitationVoid}
