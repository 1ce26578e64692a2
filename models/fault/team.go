package fault

var teamCodes = []Code{}
