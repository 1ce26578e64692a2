package say

import (
	"fmt"

	"relevo/models/fault"
)

var runFaultsEnglish = faults{
	fault.TemplateBroken: func(f *fault.Fault) string {
		n, _ := f.Args[0].(int)
		return "It cannot be published yet: the draft has " + count(n, "error", "errors") + ". Each is listed with its line."
	},
	fault.TemplateArchived: text("This template is archived. Restore it to start something of it."),
	fault.NotPublished:     text("This template has no published version yet. Publish its draft first."),
	fault.NothingNew:       text("Nothing has changed since the last version was published."),
	fault.OtherVersion: func(f *fault.Fault) string {
		return fmt.Sprintf("Version %v has been published meanwhile. What you typed is kept: look it over and go on.", f.Args[0])
	},
	fault.RunOver:   text("This run has been cancelled."),
	fault.RunPaused: text("This run is paused already."),
	fault.RunGoes:   text("This run is not paused."),
	fault.NoStep:    text("This task is not a step of a run."),
	fault.StepStays: text("A step stays in its run. It can be moved to another column."),
	fault.StepFieldEmpty: func(f *fault.Fault) string {
		return fmt.Sprintf("Fill in “%v” first.", f.Args[0])
	},
	fault.NotAHoliday: func(f *fault.Fault) string {
		return fmt.Sprintf("“%v” is no date. Write each holiday like 2026-12-25, one a line.", f.Args[0])
	},
	fault.StepOver:      text("Only a step that nobody has begun can be left out."),
	fault.ChooseRuns:    text("Choose at least one run."),
	fault.MovedAlready:  text("This run is on the newest version already."),
	fault.RunChanged:    text("This run has gone on since you looked. Below is what moving it does now: look it over and choose it again."),
	fault.BoardClosed:   with("It gets new tasks, and its board “%v” is archived. Restore the board first."),
	fault.NothingToSave: text("There is no task here that could become a step: add one first."),
	fault.TooManyToSave: with("A template has %v steps at most, and there are %v tasks here. Archive what does not belong to it, or save a smaller board."),
	fault.StepTaken:     text("Its run has another task for this step by now, so this one cannot come back."),
}

var runFaultsSpanish = faults{
	fault.TemplateBroken: func(f *fault.Fault) string {
		n, _ := f.Args[0].(int)
		return "Todavía no se puede publicar: el borrador tiene " + count(n, "error", "errores") + ". Cada uno está en la lista con su línea."
	},
	fault.TemplateArchived: text("Esta plantilla está archivada. Recupérala para iniciar algo con ella."),
	fault.NotPublished:     text("Esta plantilla todavía no tiene ninguna versión publicada. Publica antes su borrador."),
	fault.NothingNew:       text("No ha cambiado nada desde la última versión publicada."),
	fault.OtherVersion: func(f *fault.Fault) string {
		return fmt.Sprintf("Mientras tanto se ha publicado la versión %v. Lo que has escrito se conserva: revísalo y sigue.", f.Args[0])
	},
	fault.RunOver:   text("Esta ejecución se ha cancelado."),
	fault.RunPaused: text("Esta ejecución ya está en pausa."),
	fault.RunGoes:   text("Esta ejecución no está en pausa."),
	fault.NoStep:    text("Esta tarea no es un paso de ninguna ejecución."),
	fault.StepStays: text("Un paso se queda en su ejecución. Se puede mover a otra columna."),
	fault.StepFieldEmpty: func(f *fault.Fault) string {
		return fmt.Sprintf("Rellena antes «%v».", f.Args[0])
	},
	fault.NotAHoliday: func(f *fault.Fault) string {
		return fmt.Sprintf("«%v» no es una fecha. Escribe cada festivo como 2026-12-25, uno por línea.", f.Args[0])
	},
	fault.StepOver:      text("Solo se puede dejar fuera un paso que nadie ha empezado."),
	fault.ChooseRuns:    text("Elige al menos una ejecución."),
	fault.MovedAlready:  text("Esta ejecución ya está en la versión más reciente."),
	fault.RunChanged:    text("Esta ejecución ha avanzado desde que la miraste. Abajo está lo que cambia ahora: revísalo y elígela de nuevo."),
	fault.BoardClosed:   with("Recibe tareas nuevas y su tablero «%v» está archivado. Recupera antes el tablero."),
	fault.NothingToSave: text("Aquí no hay ninguna tarea que pueda ser un paso: añade una antes."),
	fault.TooManyToSave: with("Una plantilla tiene %v pasos como máximo, y aquí hay %v tareas. Archiva lo que no le pertenece o guarda un tablero más pequeño."),
	fault.StepTaken:     text("Su ejecución ya tiene otra tarea para este paso, así que esta no puede volver."),
}
