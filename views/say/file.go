package say

import (
	"fmt"
	"strconv"
	"strings"

	"relevo/models/fault"
)

// Files is the wording of a task's files.
type Files struct {
	Title            string
	Count            func(n int) string
	Attach, Choose   string // the button without scripts; what one chooses by
	Hint             func(most, left string) string
	HintFull         func(quota string) string
	AddedBy          func(who, when string) string
	More             func(name string) string
	Name, Rename     string
	Mention          string // puts a link to the file into a comment
	Remove           string
	RemoveHint       string
	Removed          func(n int) string // heading of those that can be brought back
	RemovedBy        func(who, when string) string
	Purge, PurgeDo   string
	PurgeHint        string
	NotAdded         string // heading of what was refused
	Cancel, TryAgain string
	Sending, Waiting string // said of a file under way
	Done             string // said of several: {n}
	TooBig           string // said before it is sent: {most}
	Pasted           string // what a pasted picture is called, {time} with it
	NothingSent      string
	Dismiss          string
	NeedsFile        string
	Copied           func(n int) string // what comes along with a copy
	Decimal          string             // between whole and part of a number
}

var filesEnglish = Files{
	Title:  "Files",
	Count:  func(n int) string { return count(n, "file", "files") },
	Attach: "Attach", Choose: "Attach files",
	Hint: func(most, left string) string {
		return "Choose, drop them here, or paste a picture. Up to " + most + " each; the team has room for " + left + "."
	},
	HintFull: func(quota string) string {
		return "The team’s files take all of their " + quota + ". Remove some for good first."
	},
	AddedBy: func(who, when string) string { return who + ", " + when },
	More:    func(name string) string { return "Rename or remove " + name },
	Name:    "Name", Rename: "Rename", Mention: "Mention in a comment",
	Remove: "Remove", RemoveHint: "It can be brought back for 30 days.",
	Removed:   func(n int) string { return count(n, "removed file", "removed files") },
	RemovedBy: func(who, when string) string { return "Removed by " + who + ", " + when },
	Purge:     "Delete for good…", PurgeDo: "Delete for good", PurgeHint: "It is gone at once and its room is free. Only its name stays in the log.",
	NotAdded: "These were not attached. The others were.", Cancel: "Cancel", TryAgain: "Try again",
	Sending: "Sending", Waiting: "Waiting", Done: "{n} attached", TooBig: "This is larger than {most}, the most that one file may take.",
	Pasted: "Pasted picture {time}.png", NothingSent: "It did not arrive. Is the connection gone?", Dismiss: "Dismiss",
	NeedsFile: "Needs a file before it is done",
	Copied:    func(n int) string { return same(n, "Its file", "Its %d files") },
	Decimal:   ".",
}

var filesSpanish = Files{
	Title:  "Archivos",
	Count:  func(n int) string { return count(n, "archivo", "archivos") },
	Attach: "Adjuntar", Choose: "Adjuntar archivos",
	Hint: func(most, left string) string {
		return "Elige archivos, suéltalos aquí o pega una imagen. Hasta " + most + " cada uno; al equipo le quedan " + left + "."
	},
	HintFull: func(quota string) string {
		return "Los archivos del equipo ocupan ya sus " + quota + ". Antes hay que eliminar alguno definitivamente."
	},
	AddedBy: func(who, when string) string { return who + ", " + when },
	More:    func(name string) string { return "Cambiar el nombre o quitar " + name },
	Name:    "Nombre", Rename: "Cambiar el nombre", Mention: "Mencionar en un comentario",
	Remove: "Quitar", RemoveHint: "Se puede recuperar durante 30 días.",
	Removed:   func(n int) string { return count(n, "archivo quitado", "archivos quitados") },
	RemovedBy: func(who, when string) string { return "Lo quitó " + who + ", " + when },
	Purge:     "Eliminar definitivamente…", PurgeDo: "Eliminar definitivamente", PurgeHint: "Desaparece en el acto y deja libre su espacio. Solo su nombre queda en el registro.",
	NotAdded: "Estos no se han adjuntado. Los demás sí.", Cancel: "Cancelar", TryAgain: "Reintentar",
	Sending: "Enviando", Waiting: "En espera", Done: "Adjuntados: {n}", TooBig: "Pasa de {most}, lo máximo para un archivo.",
	Pasted: "Imagen pegada {time}.png", NothingSent: "No ha llegado. ¿Se ha cortado la conexión?", Dismiss: "Descartar",
	NeedsFile: "Necesita un archivo para terminarse",
	Copied:    func(n int) string { return same(n, "Su archivo", "Sus %d archivos") },
	Decimal:   ",",
}

// Size words a number of bytes, in units of 1,024: "3.4 MB".
func (w *Words) Size(n int64) string { return sized(n, w.Files.Decimal) }

func sized(n int64, decimal string) string {
	if n < 1024 {
		return count(int(n), "byte", "bytes") // in both languages
	}
	size, unit := float64(n)/1024, "KB"
	for _, next := range []string{"MB", "GB", "TB"} {
		if size < 1023.5 {
			break
		}
		size, unit = size/1024, next
	}
	decimals := 0
	if size < 9.95 {
		decimals = 1
	}
	text := strings.TrimSuffix(strconv.FormatFloat(size, 'f', decimals, 64), ".0")
	return strings.Replace(text, ".", decimal, 1) + " " + unit
}

// sizes is the wording of a fault whose values are numbers of bytes.
func sizes(format, decimal string) func(*fault.Fault) string {
	return func(f *fault.Fault) string {
		args := make([]any, len(f.Args))
		for i, a := range f.Args {
			n, _ := a.(int64)
			args[i] = sized(n, decimal)
		}
		return fmt.Sprintf(format, args...)
	}
}

var fileFaultsEnglish = faults{
	fault.FileOverLimit:  sizes("This is larger than %s, the most that one file may take.", "."),
	fault.TeamFull:       sizes("The team’s files have only %s left of their %s. Managers can delete removed files for good to make room.", "."),
	fault.TooManyFiles:   with("A task can have %v files, those included that were removed in the last 30 days."),
	fault.TooManyUploads: with("You are sending %v files already. Wait until one of them has arrived."),
	fault.UploadBroken:   text("Not all of it arrived. Send it again."),
	fault.NoFile:         text("Choose a file first."),
	fault.LastFile:       text("This task needed a file to be done, and this is its only one. Attach another one first, or reopen the task."),
	fault.FileNeeded:     text("Attach a file first."),
}

var fileFaultsSpanish = faults{
	fault.FileOverLimit:  sizes("Pasa de %s, lo máximo para un archivo.", ","),
	fault.TeamFull:       sizes("A los archivos del equipo solo les quedan %s de sus %s. Los gestores pueden eliminar definitivamente archivos quitados para hacer sitio.", ","),
	fault.TooManyFiles:   with("Una tarea admite %v archivos, contando los que se quitaron en los últimos 30 días."),
	fault.TooManyUploads: with("Ya estás enviando %v archivos. Espera a que llegue alguno."),
	fault.UploadBroken:   text("No ha llegado entero. Envíalo otra vez."),
	fault.NoFile:         text("Elige antes un archivo."),
	fault.LastFile:       text("Esta tarea necesitaba un archivo para estar hecha, y este es el único. Adjunta antes otro o reabre la tarea."),
	fault.FileNeeded:     text("Adjunta antes un archivo."),
}
