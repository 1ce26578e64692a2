package say

// Board is the wording of ...
type Board struct {
}

var boardEnglish = Board{}

var boardSpanish = Board{}

var boardFaultsEnglish = faults{}

var boardFaultsSpanish = faults{}
