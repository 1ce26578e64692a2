package say

// Start is the wording of somebody's first minutes: the page for strangers, and what
// greets people who are new in a team.
type Start struct {
	Picture     string // says what the picture of a board shows to who does not see it
	PictureName string // of the board in it
	Pictured    Pictured

	// How to get in, where not everybody can make an account.
	ByInvitation, Closed string

	// The sample board, and its end.
	SampleAbout, ThrowAway, ThrowAwayAsk, ThrowAwaySure string
	ThrownAway                                          string
}

// Pictured are the tasks in the picture of a board.
type Pictured struct{ Contract, Accounts, Laptop, Desk, FirstDay string }

var startEnglish = Start{
	Picture:     "A picture of a board. “Sign the contract” is done; “Create accounts” and “Order the laptop” have become ready by it; “First day” still waits.",
	PictureName: "A new colleague",
	Pictured:    Pictured{Contract: "Sign the contract", Accounts: "Create accounts", Laptop: "Order the laptop", Desk: "Prepare the desk", FirstDay: "First day: tour and lunch"},

	ByInvitation:  "Accounts are made by invitation here. If you have a link, open it; otherwise ask the owner of your team for one.",
	Closed:        "No accounts can be made here at present. If you need one, ask whoever runs this server.",
	SampleAbout:   "This board is for trying things out: nothing on it is real.",
	ThrowAway:     "Throw this board away",
	ThrowAwayAsk:  "It goes at once, for everyone in the team, with all that is on it, and cannot be brought back. The log keeps that it was there.",
	ThrowAwaySure: "Throw it away", ThrownAway: "The sample board is gone. You can make another one at any time.",
}

var startSpanish = Start{
	Picture:     "Imagen de un tablero. «Firmar el contrato» está hecha; gracias a ella, «Crear las cuentas» y «Pedir el portátil» han quedado listas; «Primer día» aún espera.",
	PictureName: "Una nueva compañera",
	Pictured:    Pictured{Contract: "Firmar el contrato", Accounts: "Crear las cuentas", Laptop: "Pedir el portátil", Desk: "Preparar el puesto", FirstDay: "Primer día: visita y comida"},

	ByInvitation:  "Aquí las cuentas se crean por invitación. Si tienes un enlace, ábrelo; si no, pídelo al propietario de tu equipo.",
	Closed:        "Por ahora aquí no se pueden crear cuentas. Si necesitas una, pídela a quien administra este servidor.",
	SampleAbout:   "Este tablero es para probar: nada de lo que hay en él es real.",
	ThrowAway:     "Tirar este tablero",
	ThrowAwayAsk:  "Desaparece al momento, para todo el equipo, con todo lo que tiene, y no se puede recuperar. El registro guarda que existió.",
	ThrowAwaySure: "Tirarlo", ThrownAway: "El tablero de ejemplo ya no está. Puedes crear otro cuando quieras.",
}
