package fault

const (
	NoTitle      Code = "no-title"       // a line says something of a task, but not what is to be done
	TooManyLinks Code = "too-many-links" // args: most dependencies that one paste adds
)

var quickCodes = []Code{NoTitle, TooManyLinks}
