package fault

var accountCodes = []Code{}
