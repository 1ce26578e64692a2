package say

import (
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"relevo/models/ledger"
)

// Take is the wording of taking the log away: as a file, or on paper.
type Take struct {
	Export, Title, Lead string
	Everything          string
	Chosen              string
	Count               func(n int64) string
	Form                string
	Forms, FormHints    map[string]string
	Button              string
	Logged              string
	Tied                func(entries string) string
	Change              string
	Headings            []string // of a table, in the order of Row
	SheetName           string
	Print               string
	PrintNow            string
	PrintHint           string
	Made                func(who, at string) string
	Oldest              func(n int) string // more than that are left out
	HeadTitle           string
}

var takeEnglish = Take{
	Export: "Export", Title: "Export the log", Lead: "Takes entries away as a file, the oldest first.",
	Everything: "The whole log", Chosen: "Only what the filters let through:",
	Count: func(n int64) string { return count(int(n), "entry", "entries") },
	Form:  "Form", Forms: map[string]string{"csv": "CSV", "xlsx": "XLSX", "jsonl": "JSON Lines"},
	FormHints: map[string]string{
		"csv":   "For any spreadsheet: a row for each entry, with its sentence. Nothing in it runs as a formula.",
		"xlsx":  "For Excel and LibreOffice, with a head row that can be filtered. Up to 200,000 entries.",
		"jsonl": "For evidence and for programs: each entry exactly as it is stored, with the signed head and what proves it. relevo verify checks the file without this server.",
	},
	Button: "Download", Logged: "That you took it, in which form and with which filters, is written into the log.",
	Tied: func(entries string) string {
		return "JSON Lines can then also be compared with your head over " + entries + "."
	},
	Change: "Change the filters",
	Headings: []string{"Entry", "Time", "Time (UTC)", "Who", "By hand", "What happened", "In words", "Board", "Task", "Before and after", "Reason",
		"Brought about by entry", "Address", "Request", "Leaf hash (SHA-256)"},
	SheetName: "Log",
	Print:     "Print", PrintNow: "Print this page", PrintHint: "This is how it goes on paper.",
	Made: func(who, at string) string { return "Made by " + who + " on " + at },
	Oldest: func(n int) string {
		return "Only the newest " + strconv.Itoa(n) + " entries are here. Narrow the filters, or export the log."
	},
	HeadTitle: "Signed head of the log, to check this by",
}

var takeSpanish = Take{
	Export: "Exportar", Title: "Exportar el registro", Lead: "Lleva las entradas a un archivo, de la más antigua a la más reciente.",
	Everything: "El registro entero", Chosen: "Solo lo que dejan pasar los filtros:",
	Count: func(n int64) string { return count(int(n), "entrada", "entradas") },
	Form:  "Formato", Forms: map[string]string{"csv": "CSV", "xlsx": "XLSX", "jsonl": "JSON Lines"},
	FormHints: map[string]string{
		"csv":   "Para cualquier hoja de cálculo: una fila por entrada, con su frase. Nada se ejecuta como fórmula.",
		"xlsx":  "Para Excel y LibreOffice, con una cabecera que se puede filtrar. Hasta 200 000 entradas.",
		"jsonl": "Como prueba y para programas: cada entrada exactamente como está guardada, con la cabecera firmada y lo que la prueba. relevo verify comprueba el archivo sin este servidor.",
	},
	Button: "Descargar", Logged: "Que te lo llevaste, en qué formato y con qué filtros, queda anotado en el registro.",
	Tied: func(entries string) string {
		return "Así, JSON Lines también se podrá comparar con tu cabecera sobre " + entries + "."
	},
	Change: "Cambiar los filtros",
	Headings: []string{"Entrada", "Hora", "Hora (UTC)", "Quién", "A mano", "Qué pasó", "En palabras", "Tablero", "Tarea", "Antes y después", "Motivo",
		"Causada por la entrada", "Dirección", "Petición", "Hash de la hoja (SHA-256)"},
	SheetName: "Registro",
	Print:     "Imprimir", PrintNow: "Imprimir esta página", PrintHint: "Así queda en papel.",
	Made: func(who, at string) string { return "Hecho por " + who + " el " + at },
	Oldest: func(n int) string {
		return "Aquí solo están las " + strconv.Itoa(n) + " entradas más recientes. Acota los filtros o exporta el registro."
	},
	HeadTitle: "Cabecera firmada del registro, para comprobar esto",
}

// Row is an entry in the cells of a table, as Take.Headings names them. Times are
// in zone.
func (w *Words) Row(e ledger.Entry, cause *ledger.Entry, leaf []byte, zone *time.Location) []string {
	var changes []string
	for _, c := range w.AllChanges(e, zone) {
		changes = append(changes, c.Field+": "+c.From+" → "+c.To)
	}
	because, byHand := "", w.Log.No
	if e.Cause > 0 {
		because = strconv.FormatInt(e.Cause, 10)
	}
	if e.Actor.Kind == ledger.Person {
		byHand = w.Log.Yes
	}
	return []string{strconv.FormatInt(e.Seq, 10), e.At.In(zone).Format("2006-01-02 15:04:05"), e.At.UTC().Format(time.RFC3339Nano), w.Who(e.Actor).Text, byHand,
		textOr(w.Log.Actions[e.Action], e.Action), w.Tell(e, cause).String(), e.Board.Name, e.Task.Name, strings.Join(changes, "\n"), e.Reason,
		because, e.Address, e.Request, hex.EncodeToString(leaf)}
}
