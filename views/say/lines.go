package say

// Lines is the wording of the lines between a board's cards.
type Lines struct {
	Switch     string // shows them
	KeySwitch  string
	KeyConnect string
	Linked     func(dependent, prerequisite string) string // by their keys
	Script     map[string]string                           // what the script says by itself
}

var linesEnglish = Lines{
	Switch: "Lines: who holds whom", KeySwitch: "Show or hide the lines between cards", KeyConnect: "Connect the card with another one",
	Linked: func(d, p string) string { return d + " waits for " + p + " now." },
	Script: map[string]string{
		"legend": "Lines go from what comes first to what waits for it",
		"open":   "holds it up", "done": "no longer does",
		"left": "{n} more are not drawn; point at a card to see its own.",
		"on":   "Lines are shown.", "off": "Lines are hidden.",
		"after": "Drag to the card that has to wait for {a}", "before": "Drag to the card that {a} waits for",
		"choose": "Connect {a}: go to another card with the arrows.",
		"keys":   "Enter connects · R turns it round · Esc leaves",
		"would":  "{d} will wait for {p}.",
		"cycle":  "Not possible, it would go round in a circle: {path}",
		"there":  "{d} waits for {p} already.",
		"ended":  "Nothing was connected.",
	},
}

var linesSpanish = Lines{
	Switch: "Líneas: quién retiene a quién", KeySwitch: "Mostrar u ocultar las líneas entre tarjetas", KeyConnect: "Conectar la tarjeta con otra",
	Linked: func(d, p string) string { return d + " espera ahora a " + p + "." },
	Script: map[string]string{
		"legend": "Las líneas van de lo que va primero a lo que lo espera",
		"open":   "la retiene", "done": "ya no la retiene",
		"left": "{n} más no están dibujadas; señala una tarjeta para ver las suyas.",
		"on":   "Las líneas se muestran.", "off": "Las líneas están ocultas.",
		"after": "Arrastra hasta la tarjeta que tiene que esperar a {a}", "before": "Arrastra hasta la tarjeta a la que espera {a}",
		"choose": "Conectar {a}: ve a otra tarjeta con las flechas.",
		"keys":   "Intro conecta · R invierte el sentido · Esc sale",
		"would":  "{d} esperará a {p}.",
		"cycle":  "No es posible, se cerraría un círculo: {path}",
		"there":  "{d} ya espera a {p}.",
		"ended":  "No se ha conectado nada.",
	},
}
