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
		{"Start here: complete “Sign the contract”", "This board welcomes a new colleague, Noa.\n\n" +
			"1. Complete **Sign the contract**.\n2. Watch three tasks move to *Ready* by themselves: they were waiting for it.\n" +
			"3. Open one of them and read *Why did this move?*\n4. Now reopen the contract, and see them go back.\n\n" +
			"When you have seen enough, archive this board in its settings and make your own."},
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
	},
}

var sampleSpanish = Sample{
	Name:    "Bienvenida a Noa",
	Columns: columnsSpanish,
	Tasks: []SampleTask{
		{"Empieza aquí: completa «Firmar el contrato»", "Este tablero da la bienvenida a una nueva compañera, Noa.\n\n" +
			"1. Completa **Firmar el contrato**.\n2. Mira cómo tres tareas pasan solas a *Lista*: la estaban esperando.\n" +
			"3. Abre una de ellas y lee *¿Por qué se movió?*\n4. Ahora reabre el contrato y verás cómo vuelven.\n\n" +
			"Cuando hayas visto bastante, archiva este tablero en sus ajustes y crea el tuyo."},
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
	},
}

var columnsEnglish = map[flow.State]string{flow.Waiting: "Waiting", flow.Ready: "Ready", flow.InProgress: "In progress", flow.InReview: "In review", flow.Done: "Done"}

var columnsSpanish = map[flow.State]string{flow.Waiting: "En espera", flow.Ready: "Lista", flow.InProgress: "En curso", flow.InReview: "En revisión", flow.Done: "Hecha"}
