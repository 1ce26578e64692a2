package say

// LogSaved is the wording of saved filters of the log.
type LogSaved struct {
	Title       string
	Lead        string
	Saved       string // names the list beside the filters
	Own, Shared string
	None        string
	NoneHint    string
	Save        string // what the filters let through now, under a name
	Name        string
	Share       string
	ShareHint   string
	MakeShared  string
	Withdraw    string
	Rename      string
	RemoveAsk   func(name string, shared bool) string
	Manage      string
	Former      string // the role of those who have left
	OfRun       string // a link from a run to its story
	OfTemplate  string
}

var logSavedEnglish = LogSaved{
	Title: "Saved filters", Lead: "Ways to ask this log that you come back to, each under a name.",
	Saved: "Saved filters", Own: "Mine", Shared: "Shared with all who read this log",
	None: "No saved filters yet", NoneHint: "Filter the log as you need it, then save that under a name.",
	Save: "Save these filters…", Name: "Name of the filter",
	Share: "Share with all who read this log", ShareHint: "Every manager of the team can use it and change it.",
	MakeShared: "Share", Withdraw: "Stop sharing", Rename: "Rename",
	RemoveAsk: func(name string, shared bool) string {
		if shared {
			return "“" + name + "” goes for everyone. The log stays as it is."
		}
		return "“" + name + "” goes. The log stays as it is."
	},
	Manage: "Manage…", Former: "Has left the team",
	OfRun: "Its story in the log", OfTemplate: "Its story in the log",
}

var logSavedSpanish = LogSaved{
	Title: "Filtros guardados", Lead: "Maneras de consultar este registro a las que vuelves, cada una con su nombre.",
	Saved: "Filtros guardados", Own: "Míos", Shared: "Compartidos con quienes leen este registro",
	None: "Aún no hay filtros guardados", NoneHint: "Filtra el registro como te haga falta y guárdalo con un nombre.",
	Save: "Guardar estos filtros…", Name: "Nombre del filtro",
	Share: "Compartir con quienes leen este registro", ShareHint: "Cualquier gestor del equipo puede usarlo y cambiarlo.",
	MakeShared: "Compartir", Withdraw: "Dejar de compartir", Rename: "Cambiar el nombre",
	RemoveAsk: func(name string, shared bool) string {
		if shared {
			return "«" + name + "» desaparece para todos. El registro queda como está."
		}
		return "«" + name + "» desaparece. El registro queda como está."
	},
	Manage: "Gestionar…", Former: "Ya no está en el equipo",
	OfRun: "Su historia en el registro", OfTemplate: "Su historia en el registro",
}

// LogRole is what the log calls a role, that of those who have left included.
func (w *Words) LogRole(role string) string {
	if role == "former" {
		return w.LogSaved.Former
	}
	return textOr(w.Names.Role[role], role)
}
