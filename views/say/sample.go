package say

import "relevo/models/flow"

// Sample words the sample board; its tasks are in the order that models gives them.
type Sample struct {
	Name    string
	Columns map[flow.State]string
	Tasks   []SampleTask
}

// SampleTask words one task of the sample board.
type SampleTask struct{ Title, Description string }

var sampleEnglish = Sample{
	Name:    "Welcome Noa",
	Columns: columnsEnglish,
	Tasks: []SampleTask{
		{"Start here: move me to Done", "Drag this card into the column *Done*. With the keyboard: go to it, hold Shift and press the right arrow. On a phone: the three dots, then *Move*.\n\n" +
			"Then look at *Ready*: the second lesson has come there by itself. It had been waiting for this one. That is the relay."},
		{"Sign the contract", "Both sides sign; the original goes to the files."},
		{"Create accounts", "Mail, calendar, chat and the team's folders."},
		{"Order the laptop", "From the list of standard models."},
		{"Add Noa to payroll", "Bank details and tax form come with the contract."},
		{"Prepare the desk", "Chair, screen, headset, and a plant."},
		{"Set up the laptop", "Needs the accounts and the machine."},
		{"Agree on the first day", ""},
		{"Send the welcome mail", "When to come, whom to ask for, what to bring."},
		{"First day: tour and lunch with the team", "Desk, laptop and mail are there: the day can begin."},
		{"Security training", "Two hours, with the certificate at the end."},
		{"First-month talk", "Waits 20 working days after the first day, then becomes ready by itself."},
		{"Lesson 2: complete “Sign the contract”", "Three tasks wait for the contract. Complete it, with *Complete* in its panel or by moving it to *Done*, and watch all three become ready at once. Each one says why.\n\n" +
			"Then complete this card, too."},
		{"Lesson 3: undo it", "Reopen *Sign the contract*: what was waiting for it goes back. Now press Ctrl+Z (⌘Z on a Mac), or *Undo* in the message at the bottom: it is as it was, with all that had followed.\n\n" +
			"Nothing here is done for good: deleted tasks lie in the bin for 30 days. When you believe it, complete this card."},
		{"Lesson 4: let me wait for something", "Open this card. Under *Waits for*, add *Order the laptop*: the card goes back to *Waiting*. Try to drag it on: it is refused, and says what for.\n\n" +
			"Remove the dependency, or order the laptop, and it is ready again."},
		{"Lesson 5: ask why", "Open *Create accounts* and read *Why did this move?* Then open its *History*: every change of a task is there, with who made it and what it brought about. The whole team's is under *Log*, at the top.\n\n" +
			"Complete this card when you have found your own name."},
		{"Lesson 6: make a board of your own", "You know what there is to know. Make a board with your own work from *Boards*, at the top, and invite the people you work with.\n\n" +
			"Then throw this one away: by *Sample*, beside its name, or in its settings."},
	},
}

var sampleSpanish = Sample{
	Name:    "Bienvenida a Noa",
	Columns: columnsSpanish,
	Tasks: []SampleTask{
		{"Empieza aquí: llévame a Hecha", "Arrastra esta tarjeta a la columna *Hecha*. Con el teclado: ve a ella, mantén Mayús y pulsa la flecha derecha. En el móvil: los tres puntos y luego *Mover*.\n\n" +
			"Después mira en *Lista*: la segunda lección ha llegado allí sola. Estaba esperando a esta. Eso es el relevo."},
		{"Firmar el contrato", "Firman ambas partes; el original va al archivo."},
		{"Crear las cuentas", "Correo, calendario, chat y las carpetas del equipo."},
		{"Pedir el portátil", "De la lista de modelos habituales."},
		{"Dar de alta a Noa en nóminas", "Los datos bancarios y fiscales llegan con el contrato."},
		{"Preparar el puesto", "Silla, pantalla, auriculares y una planta."},
		{"Configurar el portátil", "Necesita las cuentas y el equipo."},
		{"Acordar el primer día", ""},
		{"Enviar el correo de bienvenida", "Cuándo venir, por quién preguntar y qué traer."},
		{"Primer día: visita y comida con el equipo", "El puesto, el portátil y el correo están: el día puede empezar."},
		{"Formación en seguridad", "Dos horas, con certificado al final."},
		{"Charla del primer mes", "Espera 20 días laborables tras el primer día y luego queda lista sola."},
		{"Lección 2: completa «Firmar el contrato»", "Tres tareas esperan al contrato. Complétalo, con *Completar* en su panel o llevándolo a *Hecha*, y mira cómo las tres quedan listas a la vez. Cada una dice por qué.\n\n" +
			"Después completa también esta tarjeta."},
		{"Lección 3: deshazlo", "Reabre *Firmar el contrato*: lo que lo esperaba vuelve atrás. Ahora pulsa Ctrl+Z (⌘Z en un Mac), o *Deshacer* en el mensaje de abajo: todo queda como estaba, con lo que vino después.\n\n" +
			"Aquí nada es definitivo: las tareas borradas pasan 30 días en la papelera. Cuando lo creas, completa esta tarjeta."},
		{"Lección 4: hazme esperar a algo", "Abre esta tarjeta. En *Espera a*, añade *Pedir el portátil*: la tarjeta vuelve a *En espera*. Intenta arrastrarla: no se puede, y dice a qué espera.\n\n" +
			"Quita la dependencia, o pide el portátil, y vuelve a estar lista."},
		{"Lección 5: pregunta por qué", "Abre *Crear las cuentas* y lee *¿Por qué se movió?* Después abre su *Historial*: ahí está cada cambio de la tarea, con quién lo hizo y qué provocó. El de todo el equipo está en *Registro*, arriba.\n\n" +
			"Completa esta tarjeta cuando hayas encontrado tu nombre."},
		{"Lección 6: crea tu propio tablero", "Ya sabes lo que hay que saber. Crea un tablero con tu propio trabajo desde *Tableros*, arriba, e invita a las personas con las que trabajas.\n\n" +
			"Después tira este: con *Ejemplo*, junto a su nombre, o en sus ajustes."},
	},
}

var columnsEnglish = map[flow.State]string{flow.Waiting: "Waiting", flow.Ready: "Ready", flow.InProgress: "In progress", flow.InReview: "In review", flow.Done: "Done"}

var columnsSpanish = map[flow.State]string{flow.Waiting: "En espera", flow.Ready: "Lista", flow.InProgress: "En curso", flow.InReview: "En revisión", flow.Done: "Hecha"}
