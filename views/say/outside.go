package say

import (
	"fmt"

	"relevo/models/fault"
)

// Outside is the wording of links by which somebody without an account does one step.
type Outside struct {
	Ask, AskHint   string // inside: the offer to make one
	Whom, WhomHint string
	Days           string
	Make           string
	Open           string // heading of those that are open
	OpenFor        func(whom, maker string) string
	Until          string
	Revoke         string
	MadeTitle      func(whom string) string
	MadeLead       string
	Link           string
	Back           string
	Cannot         string
	NotYet         string // outside: on the page behind a link
	Checklist      string
	Keep, Done     string
	Kept           string
	ThanksTitle    string
	Shut           string // heading where it does not open
	Thanks         string
}

var outsideEnglish = Outside{
	Ask: "Ask somebody outside", AskHint: "A link lets one person without an account do this step, once, and shows them nothing else.",
	Whom: "Whom it is for", WhomHint: "A name or an e-mail address. The log names it, the page behind the link does not.", Days: "Works for how many days", Make: "Make the link",
	Open:    "Open links",
	OpenFor: func(whom, maker string) string { return "For " + whom + ", made by " + maker }, Until: "works until", Revoke: "Revoke",
	MadeTitle: func(whom string) string { return "A link for " + whom },
	MadeLead:  "Copy it now and send it: it is shown only this once. Whoever has it can do this step.", Link: "Link", Back: "Back to the run",
	NotYet: "It is too early for this: something else has to be done first. Come back later.", Checklist: "To tick off",
	Keep: "Save for later", Done: "Done", Kept: "It is saved. Press “Done” when you have finished.",
	Shut: "This cannot be opened", ThanksTitle: "Thank you", Thanks: "That was all. You can close this page.",
	Cannot: "This step cannot be done through a link: it needs a file, an approval, or somebody of the team to be named.",
}

var outsideSpanish = Outside{
	Ask: "Pedirlo a alguien de fuera", AskHint: "Con un enlace, una persona sin cuenta hace este paso una sola vez y no ve nada más.",
	Whom: "Para quién es", WhomHint: "Un nombre o un correo. Figura en el registro; en la página del enlace, no.", Days: "Cuántos días vale", Make: "Crear el enlace",
	Open:    "Enlaces abiertos",
	OpenFor: func(whom, maker string) string { return "Para " + whom + ", creado por " + maker }, Until: "vale hasta", Revoke: "Revocar",
	MadeTitle: func(whom string) string { return "Un enlace para " + whom },
	MadeLead:  "Cópialo ahora y envíalo: solo se muestra esta vez. Quien lo tenga puede hacer este paso.", Link: "Enlace", Back: "Volver a la ejecución",
	NotYet: "Todavía es pronto: antes hay que hacer otra cosa. Vuelve más tarde.", Checklist: "Para marcar",
	Keep: "Guardar para más tarde", Done: "Hecho", Kept: "Se ha guardado. Pulsa «Hecho» cuando termines.",
	Shut: "Esto no se puede abrir", ThanksTitle: "Gracias", Thanks: "Eso era todo. Puedes cerrar esta página.",
	Cannot: "Este paso no se puede hacer con un enlace: necesita un archivo, una aprobación o que se nombre a alguien del equipo.",
}

var linkFaultsEnglish = faults{
	fault.LinkVoid:    text("This link does not work. It may have been used already, or its time is over. Ask whoever sent it to you for a new one."),
	fault.LinkNotNow:  text("This cannot be done right now. What you have written is still here: try again later, or tell whoever sent you the link."),
	fault.LinkChanged: text("Somebody has changed this meanwhile. Look it over and send it again."),
	fault.LinkCannot:  text(outsideEnglish.Cannot),
	fault.TooManyStepLinks: func(f *fault.Fault) string {
		return fmt.Sprintf("There are %v open links to this step. Revoke one of them first.", f.Args[0])
	},
	fault.TooManyRunLinks: func(f *fault.Fault) string {
		return fmt.Sprintf("This diagram is shown by %v links already. Revoke one of them first.", f.Args[0])
	},
}

var linkFaultsSpanish = faults{
	fault.LinkVoid:    text("Este enlace no funciona. Puede que ya se haya usado o que haya caducado. Pide otro a quien te lo envió."),
	fault.LinkNotNow:  text("Ahora mismo no se puede hacer. Lo que has escrito sigue aquí: inténtalo más tarde o avisa a quien te envió el enlace."),
	fault.LinkChanged: text("Mientras tanto alguien lo ha cambiado. Revísalo y vuelve a enviarlo."),
	fault.LinkCannot:  text(outsideSpanish.Cannot),
	fault.TooManyStepLinks: func(f *fault.Fault) string {
		return fmt.Sprintf("Ya hay %v enlaces abiertos a este paso. Revoca antes alguno.", f.Args[0])
	},
	fault.TooManyRunLinks: func(f *fault.Fault) string {
		return fmt.Sprintf("Este diagrama ya se muestra con %v enlaces. Revoca antes alguno.", f.Args[0])
	},
}
