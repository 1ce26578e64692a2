package say

// Log is the wording of ...
type Log struct {
}

var logEnglish = Log{}

var logSpanish = Log{}
