package say

import (
	"fmt"

	"relevo/models/fault"
)

// Views is the wording of saved views.
type Views struct {
	Menu        string
	Own, Shared string
	None        string
	NoneHint    string
	All         string // the board without any view
	Save        string // what one looks at, under a new name
	SaveTitle   string
	Name        string
	Update      func(name string) string
	Changed     string // beside the name of a view that is not looked at as it was saved
	Manage      string
	Title       func(board string) string
	Lead        string
	Default     string // a mark
	MakeDefault string
	DropDefault string
	Opens       string // a box to tick when saving
	Share       string
	ShareHint   string
	Withdraw    string
	Rename      string
	Remove      string
	RemoveAsk   func(name string, shared bool) string
	OptionsOf   func(name string) string
}

var viewsEnglish = Views{
	Menu: "Views", Own: "My views", Shared: "Shared with everyone here",
	None: "No saved views yet", NoneHint: "Filter, sort and arrange a board as you like, then save that under a name.",
	All: "The whole board", Save: "Save as a view…", SaveTitle: "Save this as a view", Name: "Name",
	Update:  func(name string) string { return "Update “" + name + "”" },
	Changed: "changed", Manage: "Manage views…",
	Title:   func(board string) string { return "Views of " + board },
	Lead:    "A view is a way to look at this board: the filter, the order and the arrangement, under a name.",
	Default: "Opens with the board", MakeDefault: "Open the board with it", DropDefault: "Stop opening the board with it",
	Opens: "Open the board with it for me", Share: "Share with everyone here", ShareHint: "Everyone who sees this board can use it. Managers can change it.",
	Withdraw: "Stop sharing", Rename: "Rename", Remove: "Remove…",
	RemoveAsk: func(name string, shared bool) string {
		if shared {
			return "“" + name + "” goes for everyone. The tasks stay."
		}
		return "“" + name + "” goes. The tasks stay."
	},
	OptionsOf: func(name string) string { return "Options for " + name },
}

var viewsSpanish = Views{
	Menu: "Vistas", Own: "Mis vistas", Shared: "Compartidas con todos aquí",
	None: "Aún no hay vistas guardadas", NoneHint: "Filtra, ordena y organiza un tablero a tu gusto y guárdalo con un nombre.",
	All: "El tablero entero", Save: "Guardar como vista…", SaveTitle: "Guardar esto como vista", Name: "Nombre",
	Update:  func(name string) string { return "Actualizar «" + name + "»" },
	Changed: "cambiada", Manage: "Gestionar las vistas…",
	Title:   func(board string) string { return "Vistas de " + board },
	Lead:    "Una vista es una manera de ver este tablero: el filtro, el orden y la organización, con un nombre.",
	Default: "Se abre con el tablero", MakeDefault: "Abrir el tablero con ella", DropDefault: "Dejar de abrir el tablero con ella",
	Opens: "Abrir el tablero con ella, solo para mí", Share: "Compartir con todos aquí", ShareHint: "La puede usar quien vea este tablero. Los gestores pueden cambiarla.",
	Withdraw: "Dejar de compartir", Rename: "Cambiar el nombre", Remove: "Quitar…",
	RemoveAsk: func(name string, shared bool) string {
		if shared {
			return "«" + name + "» desaparece para todos. Las tareas se quedan."
		}
		return "«" + name + "» desaparece. Las tareas se quedan."
	},
	OptionsOf: func(name string) string { return "Opciones de " + name },
}

var viewFaultsEnglish = faults{
	fault.ViewTaken: func(f *fault.Fault) string {
		return fmt.Sprintf("There is a view or a filter called “%v” here already.", f.Args[0])
	},
	fault.TooManyViews: func(f *fault.Fault) string {
		return fmt.Sprintf("There can be %v at most. Remove one first.", f.Args[0])
	},
}

var viewFaultsSpanish = faults{
	fault.ViewTaken: func(f *fault.Fault) string {
		return fmt.Sprintf("Aquí ya hay una vista o un filtro con el nombre «%v».", f.Args[0])
	},
	fault.TooManyViews: func(f *fault.Fault) string {
		return fmt.Sprintf("Puede haber %v como máximo. Quita antes alguno.", f.Args[0])
	},
}
