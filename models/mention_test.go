package models

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAMentionNamesWhoIsMeant(t *testing.T) {
	people := []Person{{ID: "ana", Name: "Ana Ruiz"}, {ID: "anabel", Name: "Anabel"}, {ID: "jose", Name: "José Núñez"}, {ID: "bo1", Name: "Bo Lind"}, {ID: "bo2", Name: "Bo Berg"}}
	for text, want := range map[string][]string{
		"@Ana Ruiz, look":             {"ana"},
		"@ana look":                   {"ana"},
		"hi @ANABEL!":                 {"anabel"},
		"@Anabelle":                   nil,
		"@josé núñez and @Ana Ruiz":   {"jose", "ana"},
		"@Bo please":                  nil, // there are two
		"@Bo Berg please, @bo berg":   {"bo2"},
		"write to info@ana.example":   nil,
		"`@Ana Ruiz` ```\n@Anabel\n":  nil,
		"(@Anabel)":                   {"anabel"},
		"@":                           nil,
		"nobody":                      nil,
		"@Ana\xff":                    {"ana"},
		"@everyone, @Ana Ruiz's desk": {"ana"},
	} {
		var got []string
		for _, p := range Mentions(text, people) {
			got = append(got, p.ID)
		}
		require.Equal(t, want, got, text)
	}
}

func FuzzMentions(f *testing.F) {
	f.Add("@Ana Ruiz", "Ana Ruiz")
	f.Add("`@a` @İ", "İ")
	f.Fuzz(func(t *testing.T, text, name string) {
		if n := NamedBy(text, name); n < 0 || n > len(text) {
			t.Fatal(n)
		}
		Mentions(text, []Person{{ID: "1", Name: name}})
	})
}
