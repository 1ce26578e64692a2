package say

import "relevo/models/fault"

// Team is the wording of ...
type Team struct {
}

var teamEnglish = Team{}

var teamSpanish = Team{}

var teamFaultsEnglish = faults{
	fault.LastOwner:      text("A team needs an owner, and this is its only one. Make somebody else an owner first."),
	fault.InvitationVoid: text("This invitation cannot be used: it has expired, was withdrawn, or the link is not complete. Ask for a new one."),
}

var teamFaultsSpanish = faults{
	fault.LastOwner:      text("Un equipo necesita un propietario y este es el único. Antes, haz propietaria a otra persona."),
	fault.InvitationVoid: text("Esta invitación no sirve: caducó, se retiró o el enlace está incompleto. Pide una nueva."),
}
