package models_test

// ofErasing are further verbs that are not of a team: one's own, and the
// administrator's.
var ofErasing = []string{"MyErasure", "EraseMe", "ErasureOf", "EraseUser"}
