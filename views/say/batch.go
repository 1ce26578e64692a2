package say

import (
	"fmt"

	"relevo/models/fault"
)

// Batch is the wording of many runs that are started of one table.
type Batch struct {
	Many                 string // the link to it
	Title                func(template string) string
	Lead                 string
	Table, TableHint     string
	File, FileHint       string
	Example              string
	Knows                string
	KnowsHint            string
	AllRows, AllRowsHint string
	From                 string
	Look, LookAgain      string
	Columns, ColumnsHint string
	ColumnIs             func(name, example string) string
	LeaveOut             string
	Name, Start, End     string // what a column can be
	NothingYet           string
	Ready                func(runs, tasks int) string
	Wrong                func(rows, of int) string
	WrongHint            string
	Row, Column, What    string
	Run, Tasks           string
	More                 func(n int) string
	OtherTable           string
	Go                   func(runs int) string
	Working              string
	Far                  func(done, all int) string
	Started, Undo        string
	ExampleText          string
	File1                string // the name of the example
}

var batchEnglish = Batch{
	Many: "Start many", Title: func(template string) string { return "Start many: " + template },
	Lead:  "Each row of a table becomes a run. You see what is wrong in it before anything starts, and either all rows start or none.",
	Table: "Or paste the table", TableHint: "Copied from a spreadsheet, its first row with the names of the columns.",
	File: "Table as CSV", FileHint: "At most 1,000 rows and 1 MB.", Example: "Download an example for this template",
	Knows: "Columns that it knows", KnowsHint: "In any order, by these names; others you can name on the next page. Where a cell is empty, it is as on the form for one run.",
	AllRows: "For all rows", AllRowsHint: "What a row says itself goes first.", From: "Starts on",
	Look: "Look at the runs", LookAgain: "Look again",
	Columns: "What each column is", ColumnsHint: "Change what was not understood, and look again.",
	ColumnIs: func(name, example string) string {
		if example == "" {
			return name
		}
		return name + " (" + example + ")"
	},
	LeaveOut: "Leave out", Name: "Name of the run", Start: "Starts on", End: "Has to be finished by",
	NothingYet: "Nothing has started yet.",
	Ready: func(runs, tasks int) string {
		return count(runs, "run", "runs") + " with " + count(tasks, "task", "tasks") + " will be started."
	},
	Wrong: func(rows, of int) string {
		return fmt.Sprintf("Something is wrong in %d of %s", rows, count(of, "row", "rows"))
	},
	WrongHint: "Nothing starts until each row is right. Mend the table and take it again, or change what the columns are.",
	Row:       "Row", Column: "Column", What: "What is wrong", Run: "Run", Tasks: "Tasks",
	More:       func(n int) string { return fmt.Sprintf("and %d more", n) },
	OtherTable: "Take another table", Go: func(runs int) string { return "Start " + count(runs, "run", "runs") },
	Working: "The runs are being started. This page goes on by itself.",
	Far:     func(done, all int) string { return fmt.Sprintf("%d of %s made", done, count(all, "run", "runs")) },
	Started: "All rows of the table have been started.", Undo: "Undo all of it",
	ExampleText: "Example", File1: "example",
}

var batchSpanish = Batch{
	Many: "Iniciar varias", Title: func(template string) string { return "Iniciar varias: " + template },
	Lead:  "Cada fila de una tabla es una ejecución. Antes de iniciar nada se ve qué falla, y se inician todas las filas o ninguna.",
	Table: "O pega la tabla", TableHint: "Copiada de una hoja de cálculo, con los nombres de las columnas en la primera fila.",
	File: "Tabla en CSV", FileHint: "Hasta 1.000 filas y 1 MB.", Example: "Descargar un ejemplo para esta plantilla",
	Knows: "Columnas que reconoce", KnowsHint: "En cualquier orden y con estos nombres; las demás se pueden indicar en la página siguiente. Una celda vacía es como dejar vacío el campo en el formulario de una ejecución.",
	AllRows: "Para todas las filas", AllRowsHint: "Lo que diga cada fila tiene preferencia.", From: "Empieza el",
	Look: "Ver las ejecuciones", LookAgain: "Ver de nuevo",
	Columns: "Qué es cada columna", ColumnsHint: "Cambia lo que no se haya entendido y míralo de nuevo.",
	ColumnIs: func(name, example string) string {
		if example == "" {
			return name
		}
		return name + " (" + example + ")"
	},
	LeaveOut: "No usar", Name: "Nombre de la ejecución", Start: "Empieza el", End: "Tiene que estar terminado el",
	NothingYet: "Todavía no se ha iniciado nada.",
	Ready: func(runs, tasks int) string {
		return "Se iniciarán " + count(runs, "ejecución", "ejecuciones") + " con " + count(tasks, "tarea", "tareas") + "."
	},
	Wrong: func(rows, of int) string {
		return fmt.Sprintf("Hay errores en %d de %s", rows, count(of, "fila", "filas"))
	},
	WrongHint: "No se inicia nada hasta que todas las filas estén bien. Corrige la tabla y vuelve a subirla, o cambia qué es cada columna.",
	Row:       "Fila", Column: "Columna", What: "Qué falla", Run: "Ejecución", Tasks: "Tareas",
	More:       func(n int) string { return fmt.Sprintf("y %d más", n) },
	OtherTable: "Usar otra tabla", Go: func(runs int) string { return "Iniciar " + count(runs, "ejecución", "ejecuciones") },
	Working: "Se están iniciando las ejecuciones. La página sigue sola.",
	Far: func(done, all int) string {
		return fmt.Sprintf("%d de %s", done, count(all, "ejecución iniciada", "ejecuciones iniciadas"))
	},
	Started: "Se han iniciado todas las filas de la tabla.", Undo: "Deshacerlo todo",
	ExampleText: "Ejemplo", File1: "ejemplo",
}

var batchFaultsEnglish = faults{
	fault.TableTooBig:     with("The table is larger than %v KB. Split it into several."),
	fault.TableEmpty:      text("There is no row in this table. It takes a first row with the names of the columns, and a row for each run."),
	fault.TableUnreadable: text("This is no table. Save the spreadsheet as CSV, or copy its cells and paste them."),
	fault.TooManyRows:     with("The table has more than %v rows. Split it into several."),
	fault.TableTooWide:    with("The table has more than %v columns. Leave out those that are not needed."),
	fault.TooManyTasks:    with("The runs of this table would make %v tasks, and %v at once is the most. Split it into several."),
	fault.RowUnreadable:   text("This row cannot be read: its quotation marks do not match."),
	fault.ColumnTwice:     with("“%v” and “%v” are said to be the same. Leave one of them out."),
	fault.NoColumnKnown:   text("None of the columns is known. Say what at least one of them is."),
	fault.ColumnMissing:   with("This has to be answered and is in no column: %v. Say which column it is, or add one."),
	fault.NobodyOfName:    with("Nobody in the team is called “%v”. Write an e-mail address or a name as in the team."),
	fault.TwoOfThatName:   with("Several people in the team are called “%v”. Write the e-mail address."),
	fault.RowsWrong: func(f *fault.Fault) string {
		n, _ := f.Args[0].(int)
		return "Nothing was started: something is wrong in " + count(n, "row", "rows") + "."
	},
	fault.BatchStarted: text("This table has been started already, or is being started right now."),
}

var batchFaultsSpanish = faults{
	fault.TableTooBig:     with("La tabla pasa de %v KB. Divídela en varias."),
	fault.TableEmpty:      text("En esta tabla no hay filas. Hace falta una primera fila con los nombres de las columnas y una fila por ejecución."),
	fault.TableUnreadable: text("Esto no es una tabla. Guarda la hoja de cálculo como CSV, o copia las celdas y pégalas."),
	fault.TooManyRows:     with("La tabla tiene más de %v filas. Divídela en varias."),
	fault.TableTooWide:    with("La tabla tiene más de %v columnas. Quita las que no hagan falta."),
	fault.TooManyTasks:    with("Las ejecuciones de esta tabla crearían %v tareas, y de una vez pueden ser %v como máximo. Divídela en varias."),
	fault.RowUnreadable:   text("Esta fila no se puede leer: las comillas no cuadran."),
	fault.ColumnTwice:     with("«%v» y «%v» figuran como lo mismo. Deja una sin usar."),
	fault.NoColumnKnown:   text("No se reconoce ninguna columna. Indica qué es al menos una."),
	fault.ColumnMissing:   with("Esto hay que responderlo y no está en ninguna columna: %v. Indica qué columna es o añade una."),
	fault.NobodyOfName:    with("En el equipo nadie se llama «%v». Escribe un correo o un nombre tal como figura en el equipo."),
	fault.TwoOfThatName:   with("En el equipo varias personas se llaman «%v». Escribe el correo."),
	fault.RowsWrong: func(f *fault.Fault) string {
		n, _ := f.Args[0].(int)
		return "No se ha iniciado nada: hay errores en " + count(n, "fila", "filas") + "."
	},
	fault.BatchStarted: text("Esta tabla ya se ha iniciado, o se está iniciando ahora mismo."),
}
