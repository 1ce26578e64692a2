package say

import "relevo/models/flow"

// Names is what values are called wherever they are shown.
type Names struct {
	State    map[flow.State]string
	Role     map[string]string // by access.Role
	Priority []string          // by models.Priority
	Join     map[flow.Join]string
	OnCancel map[flow.OnCancel]string
	Unit     func(n int, unit flow.Unit) string // "3 working days"
}

var namesEnglish = Names{
	State: map[flow.State]string{
		flow.Waiting: "Waiting", flow.Ready: "Ready", flow.InProgress: "In progress",
		flow.InReview: "In review", flow.Done: "Done", flow.Cancelled: "Cancelled",
	},
	Role:     map[string]string{"owner": "Owner", "manager": "Manager", "member": "Member", "viewer": "Viewer"},
	Priority: []string{"No priority", "Low", "Medium", "High", "Urgent"},
	Join:     map[flow.Join]string{flow.All: "all prerequisites", flow.Any: "any one prerequisite"},
	OnCancel: map[flow.OnCancel]string{flow.Skip: "go on", flow.Hold: "keep waiting"},
	Unit: func(n int, unit flow.Unit) string {
		one := map[flow.Unit]string{flow.Minutes: "minute", flow.Hours: "hour", flow.Days: "day", flow.WorkingDays: "working day"}
		many := map[flow.Unit]string{flow.Minutes: "minutes", flow.Hours: "hours", flow.Days: "days", flow.WorkingDays: "working days"}
		return count(n, one[unit], many[unit])
	},
}

var namesSpanish = Names{
	State: map[flow.State]string{
		flow.Waiting: "En espera", flow.Ready: "Lista", flow.InProgress: "En curso",
		flow.InReview: "En revisión", flow.Done: "Hecha", flow.Cancelled: "Cancelada",
	},
	Role:     map[string]string{"owner": "Propietario", "manager": "Gestor", "member": "Miembro", "viewer": "Lector"},
	Priority: []string{"Sin prioridad", "Baja", "Media", "Alta", "Urgente"},
	Join:     map[flow.Join]string{flow.All: "todos los requisitos previos", flow.Any: "uno cualquiera de los requisitos previos"},
	OnCancel: map[flow.OnCancel]string{flow.Skip: "seguir adelante", flow.Hold: "seguir en espera"},
	Unit: func(n int, unit flow.Unit) string {
		one := map[flow.Unit]string{flow.Minutes: "minuto", flow.Hours: "hora", flow.Days: "día", flow.WorkingDays: "día laborable"}
		many := map[flow.Unit]string{flow.Minutes: "minutos", flow.Hours: "horas", flow.Days: "días", flow.WorkingDays: "días laborables"}
		return count(n, one[unit], many[unit])
	},
}
