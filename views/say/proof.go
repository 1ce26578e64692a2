package say

import (
	"fmt"

	"relevo/models/ledger"
)

// Proof is the wording of what holds a log to what it said: signed heads, the proof
// of an entry, and what comes of comparing.
type Proof struct {
	Title, Short, Lead string
	HowTitle           string
	Came               string             // names the outcome to who cannot see it
	More               func(n int) string // findings that are not shown
	How                []string           // what a signed head is and does, a paragraph each

	Take, TakeLead, TakeButton string
	TakeHow                    string
	LastSigned                 func(entries string, at string) string
	NeverSigned                string
	NoKey                      string

	Compare, CompareLead  string
	File, FileHint, Paste string
	PasteHint             string
	CompareButton         string
	Check, CheckLead      string
	CheckButton           string

	Good           func(entries, at string) string // of one's own head
	GoodMore       func(entries string) string     // what came after it
	GoodOwn        func(entries, heads string) string
	Empty          string
	Bad            string
	BadOwn         func(entries, at string) string
	BadElsewhere   string // one's own head holds, and yet
	Unknown        string
	UnknownAgrees  string
	UnknownDiffers string
	Found          string
	Where          func(from, to int64) string
	Harms          map[ledger.Harm]string
	ShownBy        func(at, entries string) string
	ExportTied     string // leads to an export that goes with the reader’s head
	What           string // to do about it
	Offline        string
	OfflineLead    string
	OfflineCommand string
	Key, KeyHint   string
	Back           string
	Entry          func(number string) string
	Of             func(last string) string
	Said, Happened string
	Raw            string
	ProofTitle     string
	Holds, Broken  string
	HoldsLead      func(size, at string) string
	BrokenLead     string
	Steps          func(n int) []string
	Fingerprints   string
	This, Left     string
	Right, Top     string
	Download       string
	DownloadHint   string
	Earlier, Later string
	Unprovable     string
	Entries        func(n int64) string
	HeadCount      func(n int) string
	BecauseOf      string
}

var proofEnglish = Proof{
	Title: "Proof that the log is unchanged", Short: "Proof",
	Lead:     "Take home a short text today. With it you can tell at any later time, here or without this server, whether everything up to today is still in the log as it was.",
	HowTitle: "How it works", Came: "What came of it",
	More: func(n int) string { return "and " + count(n, "more place", "more places") },
	How: []string{
		"Every entry has a fingerprint: 64 letters and digits worked out from its exact words. Change one letter and it is another fingerprint. From the fingerprints of all entries one more is worked out, which stands for the whole log.",
		"A signed head is that one fingerprint, with the number of entries, the time, and this server’s signature. Nobody can change, remove, insert or swap an earlier entry and still get the same fingerprint.",
		"So keep it where nobody who runs this server can reach it: in your mail, with your auditor, on paper.",
	},
	Take: "Take a signed head home", TakeLead: "Signs the log as it is at this moment and gives you the head as a small text file.",
	TakeButton: "Download the signed head", TakeHow: "The server also signs by itself every ten minutes when something has happened, and keeps those heads.",
	LastSigned:  func(entries, at string) string { return "Last signed: " + entries + ", " + at + "." },
	NeverSigned: "This log has not been signed yet.",
	NoKey:       "This server has no key to sign with. Whoever runs it can set RELEVO_KEYS.",
	Compare:     "Compare a head that you kept", CompareLead: "Choose the file, or paste the text of the head. The whole log is read and compared with it.",
	File: "File with the head", FileHint: "The file that you downloaded here, unchanged.",
	Paste: "Or its text", PasteHint: "All of it, from the line “relevo-log/…” to the line that begins with a dash.",
	CompareButton: "Compare", Check: "Check the log now", CheckLead: "Without a head of your own: reads every entry, works its fingerprint out anew, and compares with all heads that this server has kept.",
	CheckButton: "Check the log",
	Good: func(entries, at string) string {
		return "Nothing has been changed. All " + entries + " that your head of " + at + " speaks of are still there, word for word and in the same order."
	},
	GoodMore: func(entries string) string { return "Since then " + entries + " came after them, as they should." },
	GoodOwn: func(entries, heads string) string {
		return "The log is sound: " + entries + " read, each as it was written, in agreement with " + heads + "."
	},
	Empty: "There is nothing in this log yet.",
	Bad:   "The log is not as it was.",
	BadOwn: func(entries, at string) string {
		return "Your head of " + at + " speaks of " + entries + ". What is in the log now does not agree with it."
	},
	BadElsewhere:   "What your own head speaks of is all still there. Something else is wrong.",
	Unknown:        "No key of this server, present or earlier, has signed this head. Anybody could have written it, so by itself it proves nothing.",
	UnknownAgrees:  "Still, the log agrees with what it says.",
	UnknownDiffers: "And the log does not agree with what it says.",
	Found:          "What is wrong, and where",
	Where: func(from, to int64) string {
		if to > from {
			return fmt.Sprintf("Entries %d to %d", from, to)
		}
		return fmt.Sprintf("Entry %d", from)
	},
	Harms: map[ledger.Harm]string{
		ledger.Missing: "not there any more", ledger.Altered: "changed after it was written", ledger.Unreadable: "no longer readable as an entry",
		ledger.Misplaced: "says that it belongs at another place or in another log", ledger.Misfiled: "listed under another person, time, task or action than it says itself",
		ledger.Rewritten: "not what was signed: at least one of them has been rewritten, together with its fingerprint", ledger.Cut: "gone: the log had got further than it reaches now",
		ledger.Surplus: "stands after the end of the log", ledger.Acausal: "says that a later entry brought it about", ledger.Forged: "a head kept here for this place was signed by no key of this server",
		ledger.Unlisted: "among the erased in the database or in the log’s own list of them, but not in both",
	},
	ShownBy:    func(at, entries string) string { return "shown by the head of " + at + " over " + entries },
	ExportTied: "Export the log so that it can be compared with this head offline", What: "Somebody has changed the database without going through Relevo, or it is damaged. Keep a copy of it as it is, do not restore over it, and compare with your copies of earlier days: relevo verify does this for each of them.",
	Offline: "Without this server", OfflineLead: "Anybody with a copy of the database or an export of the log can do the same, offline, with the program alone:",
	OfflineCommand: "relevo verify --head head.txt relevo.db\nrelevo verify --head head.txt export.jsonl",
	Key:            "Public key of this server", KeyHint: "With it anybody can check the signature. Note it down together with the head.",
	Back:  "Back to the log",
	Entry: func(n string) string { return "Entry " + n }, Of: func(last string) string { return "of " + last },
	Said: "What it says", Happened: "When", Raw: "Entry as it is stored",
	ProofTitle: "Proof of this entry", Holds: "This entry is in the signed log, unchanged.", Broken: "This entry is not what was signed.",
	HoldsLead: func(size, at string) string {
		return "Checked just now against the head over " + size + ", signed " + at + "."
	},
	BrokenLead: "Its words do not lead to the signed fingerprint of the log. It, or something around it, was changed behind the program’s back.",
	Steps: func(n int) []string {
		if n == 0 {
			return []string{"It is the only entry of the log, so its fingerprint is that of the whole log.", "The server has signed exactly that one."}
		}
		return []string{
			"The fingerprint of this entry is worked out from its exact words.",
			"It is joined with the fingerprint beside it, and the two give a new one. " + count(n, "such step leads", "such steps lead") + " to one fingerprint that stands for the whole log.",
			"That is the one which the server has signed. Had one letter of this entry been another, a different one would come out.",
		}
	},
	Fingerprints: "The fingerprints, step by step", This: "This entry", Left: "joined on the left with", Right: "joined on the right with", Top: "The whole log, as signed",
	Download: "Download the proof", DownloadHint: "A small file with the entry, the steps and the signed head. relevo verify checks it offline; so does any program for transparency logs (RFC 6962).",
	Earlier: "Earlier entry", Later: "Later entry",
	Unprovable: "There is no proof: this server has no key to sign with.",
	Entries:    func(n int64) string { return count(int(n), "entry", "entries") },
	HeadCount:  func(n int) string { return count(n, "signed head", "signed heads") },
	BecauseOf:  "Brought about by",
}

var proofSpanish = Proof{
	Title: "Prueba de que el registro no ha cambiado", Short: "Prueba",
	Lead:     "Llévate hoy un texto breve. Con él podrás saber en cualquier momento, aquí o sin este servidor, si todo lo anterior sigue en el registro tal como estaba.",
	HowTitle: "Cómo funciona", Came: "Resultado",
	More: func(n int) string { return "y " + count(n, "lugar más", "lugares más") },
	How: []string{
		"Cada entrada tiene una huella: 64 letras y cifras que se calculan a partir de su texto exacto. Si cambia una sola letra, la huella es otra. Con las huellas de todas las entradas se calcula una más, que representa el registro entero.",
		"Una cabecera firmada es esa huella única, con el número de entradas, la hora y la firma de este servidor. Nadie puede cambiar, quitar, intercalar ni desordenar una entrada anterior y obtener la misma huella.",
		"Por eso, guárdala donde no llegue quien administra este servidor: en tu correo, con quien te audita, en papel.",
	},
	Take: "Llévate una cabecera firmada", TakeLead: "Firma el registro tal como está en este momento y te da la cabecera en un pequeño archivo de texto.",
	TakeButton: "Descargar la cabecera firmada", TakeHow: "El servidor también firma por sí solo cada diez minutos si ha pasado algo, y guarda esas cabeceras.",
	LastSigned:  func(entries, at string) string { return "Última firma: " + entries + ", " + at + "." },
	NeverSigned: "Este registro todavía no se ha firmado.",
	NoKey:       "Este servidor no tiene clave con la que firmar. Quien lo administra puede configurar RELEVO_KEYS.",
	Compare:     "Comparar una cabecera guardada", CompareLead: "Elige el archivo o pega el texto de la cabecera. Se lee el registro entero y se compara con ella.",
	File: "Archivo con la cabecera", FileHint: "El archivo que descargaste aquí, sin cambios.",
	Paste: "O su texto", PasteHint: "Entero, desde la línea «relevo-log/…» hasta la que empieza con una raya.",
	CompareButton: "Comparar", Check: "Comprobar el registro ahora", CheckLead: "Sin una cabecera tuya: lee cada entrada, vuelve a calcular su huella y la compara con todas las cabeceras que este servidor ha guardado.",
	CheckButton: "Comprobar el registro",
	Good: func(entries, at string) string {
		return "No ha cambiado nada. Las " + entries + " de las que habla tu cabecera del " + at + " siguen ahí, palabra por palabra y en el mismo orden."
	},
	GoodMore: func(entries string) string { return "Desde entonces vinieron detrás " + entries + ", como debe ser." },
	GoodOwn: func(entries, heads string) string {
		return "El registro está íntegro: se leyeron " + entries + ", cada una tal como se escribió, y concuerda con " + heads + "."
	},
	Empty: "En este registro todavía no hay nada.",
	Bad:   "El registro no está como estaba.",
	BadOwn: func(entries, at string) string {
		return "Tu cabecera del " + at + " habla de " + entries + ". Lo que hay ahora en el registro no concuerda con ella."
	},
	BadElsewhere:   "Todo lo que dice tu cabecera sigue ahí. Lo que está mal es otra cosa.",
	Unknown:        "Ninguna clave de este servidor, actual o anterior, ha firmado esta cabecera. Cualquiera pudo escribirla, así que por sí sola no prueba nada.",
	UnknownAgrees:  "Aun así, el registro concuerda con lo que dice.",
	UnknownDiffers: "Además, el registro no concuerda con lo que dice.",
	Found:          "Qué está mal y dónde",
	Where: func(from, to int64) string {
		if to > from {
			return fmt.Sprintf("Entradas %d a %d", from, to)
		}
		return fmt.Sprintf("Entrada %d", from)
	},
	Harms: map[ledger.Harm]string{
		ledger.Missing: "ya no está", ledger.Altered: "cambiada después de escribirse", ledger.Unreadable: "ya no se puede leer como entrada",
		ledger.Misplaced: "dice que su sitio es otro o que es de otro registro", ledger.Misfiled: "figura con otra persona, hora, tarea o acción de la que ella misma dice",
		ledger.Rewritten: "no es lo que se firmó: al menos una se ha reescrito junto con su huella", ledger.Cut: "falta: el registro había llegado más lejos de lo que llega ahora",
		ledger.Surplus: "está después del final del registro", ledger.Acausal: "dice que la causó una entrada posterior", ledger.Forged: "la cabecera guardada para este punto no la firmó ninguna clave de este servidor",
		ledger.Unlisted: "entre las borradas en la base de datos o en la lista del propio registro, pero no en ambas",
	},
	ShownBy:    func(at, entries string) string { return "lo muestra la cabecera del " + at + " sobre " + entries },
	ExportTied: "Exportar el registro para poder compararlo sin conexión con esta cabecera", What: "Alguien ha cambiado la base de datos sin pasar por Relevo, o está dañada. Guarda una copia tal como está, no restaures nada encima y compárala con tus copias de días anteriores: relevo verify lo hace con cada una.",
	Offline: "Sin este servidor", OfflineLead: "Con una copia de la base de datos o una exportación del registro, cualquiera puede hacer lo mismo sin conexión, solo con el programa:",
	OfflineCommand: "relevo verify --head cabecera.txt relevo.db\nrelevo verify --head cabecera.txt exportacion.jsonl",
	Key:            "Clave pública de este servidor", KeyHint: "Con ella cualquiera puede comprobar la firma. Anótala junto con la cabecera.",
	Back:  "Volver al registro",
	Entry: func(n string) string { return "Entrada " + n }, Of: func(last string) string { return "de " + last },
	Said: "Lo que dice", Happened: "Cuándo", Raw: "La entrada tal como está guardada",
	ProofTitle: "Prueba de esta entrada", Holds: "Esta entrada está en el registro firmado, sin cambios.", Broken: "Esta entrada no es lo que se firmó.",
	HoldsLead: func(size, at string) string {
		return "Comprobado ahora mismo con la cabecera sobre " + size + ", firmada el " + at + "."
	},
	BrokenLead: "Su texto no lleva a la huella firmada del registro. Esta entrada, o algo a su alrededor, se cambió a espaldas del programa.",
	Steps: func(n int) []string {
		if n == 0 {
			return []string{"Es la única entrada del registro, así que su huella es la del registro entero.", "El servidor ha firmado exactamente esa."}
		}
		return []string{
			"La huella de esta entrada se calcula a partir de su texto exacto.",
			"Se une con la huella de al lado y las dos dan una nueva. " + count(n, "paso así lleva", "pasos así llevan") + " a una sola huella que representa el registro entero.",
			"Esa es la que el servidor ha firmado. Con una sola letra distinta en esta entrada, saldría otra.",
		}
	},
	Fingerprints: "Las huellas, paso a paso", This: "Esta entrada", Left: "unida por la izquierda con", Right: "unida por la derecha con", Top: "El registro entero, tal como se firmó",
	Download: "Descargar la prueba", DownloadHint: "Un pequeño archivo con la entrada, los pasos y la cabecera firmada. relevo verify la comprueba sin conexión, y también cualquier programa para registros transparentes (RFC 6962).",
	Earlier: "Entrada anterior", Later: "Entrada posterior",
	Unprovable: "No hay prueba: este servidor no tiene clave con la que firmar.",
	Entries:    func(n int64) string { return count(int(n), "entrada", "entradas") },
	HeadCount:  func(n int) string { return count(n, "cabecera firmada", "cabeceras firmadas") },
	BecauseOf:  "Causada por",
}
