package say

import "strings"

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

	// Greeting somebody who is new in a team; texts go beneath what they explain.
	Greeting                           func(name, team string) string
	GreetingLead, GreetingEnd, Arrived string // Arrived goes before links to one's work, the inbox and the boards
	TrySample, TrySampleText           string
	OpenBoard, OpenBoardText           string
	OwnBoard, OwnBoardText             string
	BringPeople, BringPeopleText       string
	YourWork, YourWorkText             string
	YourTurn, YourTurnText             string
	ArriveAt, ArriveAtHint, AllBoards  string
	WhoInvites                         func(owners []string) string
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

	Greeting:     func(name, team string) string { return "Welcome to " + team + ", " + name },
	GreetingLead: "This is where to begin.", GreetingEnd: "Got it, do not show this again",
	Arrived:   "This is the board that you were invited to. What is yours and whose turn it is, you find here:",
	TrySample: "Learn by doing", TrySampleText: "A sample board takes you through it in five minutes, and can be thrown away.",
	OpenBoard: "Look at a board", OpenBoardText: "Its cards are the team’s work. Open one, or move it; nothing breaks: what you do can be undone.",
	OwnBoard: "Make a board", OwnBoardText: "With your own work: type it, paste a list, or bring it from Trello or a spreadsheet.",
	BringPeople: "Bring your team", BringPeopleText: "A link is enough. You say what they may do, and on which board they arrive.",
	YourWork: "See what is yours", YourWorkText: "Over all boards: what is ready for you, what you are at, and whom you wait for.",
	YourTurn: "Hear when it is your turn", YourTurnText: "When what you wait for is done, your task is ready, and the inbox says so at once.",
	ArriveAt: "Where they arrive", ArriveAtHint: "They see all boards of the team; this is the one that opens first.", AllBoards: "The team’s boards",
	WhoInvites: func(owners []string) string {
		return "Owners invite people to this team: " + strings.Join(owners, ", ") + "."
	},
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

	Greeting:     func(name, team string) string { return "Te damos la bienvenida a " + team + ", " + name },
	GreetingLead: "Por aquí se empieza.", GreetingEnd: "Entendido, no mostrar más",
	Arrived:   "Este es el tablero al que te invitaron. Lo tuyo, y cuándo te toca, lo encuentras aquí:",
	TrySample: "Aprende probando", TrySampleText: "Un tablero de ejemplo te lo enseña en cinco minutos, y luego se puede tirar.",
	OpenBoard: "Mira un tablero", OpenBoardText: "Sus tarjetas son el trabajo del equipo. Abre una o muévela; no se rompe nada: lo que haces se puede deshacer.",
	OwnBoard: "Crea un tablero", OwnBoardText: "Con tu propio trabajo: escríbelo, pega una lista o tráelo de Trello o de una hoja de cálculo.",
	BringPeople: "Trae a tu equipo", BringPeopleText: "Basta un enlace. Tú dices qué puede hacer cada cual y en qué tablero llega.",
	YourWork: "Mira lo que es tuyo", YourWorkText: "De todos los tableros: lo que tienes listo, lo que haces y a quién esperas.",
	YourTurn: "Entérate de cuándo te toca", YourTurnText: "Cuando está hecho lo que esperabas, tu tarea queda lista y la bandeja de entrada lo dice al momento.",
	ArriveAt: "Dónde llegan", ArriveAtHint: "Ven todos los tableros del equipo; este es el primero que se abre.", AllBoards: "Los tableros del equipo",
	WhoInvites: func(owners []string) string {
		return "A este equipo invitan sus propietarios: " + strings.Join(owners, ", ") + "."
	},
}
