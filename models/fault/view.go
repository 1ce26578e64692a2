package fault

const (
	ViewTaken    Code = "view-taken"     // one's own, or the shared ones, have a view of that name; args: name
	TooManyViews Code = "too-many-views" // args: most
)

var viewCodes = []Code{ViewTaken, TooManyViews}
