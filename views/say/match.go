package say

import "golang.org/x/text/language"

var matcher = language.NewMatcher([]language.Tag{language.English, language.Spanish})

// Match chooses the language that serves an Accept-Language header best.
func Match(accept string) string {
	if len(accept) > 500 {
		return english.Lang
	}
	tags, _, _ := language.ParseAcceptLanguage(accept)
	_, i, _ := matcher.Match(tags...)
	return Langs[i].Lang
}
