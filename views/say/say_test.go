package say

import (
	"reflect"
	"testing"

	"relevo/models/fault"
)

func TestEveryWordIsSaidInEveryLanguage(t *testing.T) {
	for lang, words := range All {
		complete(t, lang, reflect.ValueOf(*words))
		for _, code := range fault.Codes() {
			if words.faults[code] == nil {
				t.Errorf("%s has no wording for fault %s", lang, code)
			}
		}
	}
}

func complete(t *testing.T, at string, v reflect.Value) {
	for i := range v.NumField() {
		field, name := v.Field(i), at+"."+v.Type().Field(i).Name
		if field.Kind() == reflect.Struct {
			complete(t, name, field)
		} else if field.IsZero() {
			t.Errorf("%s is missing", name)
		}
	}
}
