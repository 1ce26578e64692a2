package say

// Empties is the wording of what is empty, beside that of each page.
type Empties struct {
	BoardReads            string // for who adds no tasks
	NothingToFilter       string
	Calendar, CalendarAdd string
	Timeline              string
	DiagramReads          string
	RunsReads             string
	WorkReads             string
}

var emptiesEnglish = Empties{
	BoardReads:      "When somebody of the team adds a task, it shows here at once.",
	NothingToFilter: "The board has no tasks yet, whatever a filter asks for.",
	Calendar:        "The board has no tasks yet.", CalendarAdd: "The board has no tasks yet. Add the first one above: it shows on its day.",
	Timeline:     "Tasks that are added on the board show here along the days, with what they wait for.",
	DiagramReads: "When a task waits for another one, the order of work shows here.",
	RunsReads:    "When somebody of the team starts one, its tasks go by the relay, and this page follows them.",
	WorkReads:    "Tasks that you own appear here: what is ready first, then what waits for others. In your teams you read along, so see what goes on on their boards.",
}

var emptiesSpanish = Empties{
	BoardReads:      "Cuando alguien del equipo añada una tarea, aparecerá aquí al momento.",
	NothingToFilter: "El tablero aún no tiene tareas, pida lo que pida un filtro.",
	Calendar:        "El tablero aún no tiene tareas.", CalendarAdd: "El tablero aún no tiene tareas. Añade arriba la primera: aparecerá en su día.",
	Timeline:     "Las tareas que se añaden en el tablero aparecen aquí a lo largo de los días, con lo que esperan.",
	DiagramReads: "Cuando una tarea espere a otra, aquí se verá el orden del trabajo.",
	RunsReads:    "Cuando alguien del equipo inicie una, sus tareas avanzarán por relevos y esta página las seguirá.",
	WorkReads:    "Aquí aparecen las tareas de las que eres responsable: primero las listas, después las que esperan a otros. En tus equipos lees; mira qué ocurre en sus tableros.",
}
