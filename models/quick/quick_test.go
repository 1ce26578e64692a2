package quick_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/quick"
)

// vocabulary is that of a team on a Wednesday, 2 December 2026.
func vocabulary() quick.Vocabulary {
	return quick.Vocabulary{
		Now: time.Date(2026, 12, 2, 9, 30, 0, 0, time.UTC), Me: "bo",
		People: []quick.Named{{"ana", "Ana Ruiz"}, {"anabel", "Anabel Soto"}, {"bo", "Bo Chen"}, {"jose", "José Ñúñez"}, {"mia1", "Mia Berg"}, {"mia2", "Mia Lind"}},
		Labels: []quick.Named{{"legal", "Legal"}, {"two", "two words"}, {"first", "1st line"}, {"it", "IT"}, {"items", "Items"}},
		Tasks:  map[string]string{"ONB-7": "t7", "ONB-12": "t12", "P2P-1": "p1"},
	}
}

// told is a line as it was understood, in short.
func told(l quick.Line) string {
	parts := []string{l.Title}
	for _, p := range l.Parts {
		value := p.ID
		switch {
		case p.Day != "":
			value = p.Day
		case p.Number > 0:
			value = fmt.Sprint(p.Number)
		}
		parts = append(parts, fmt.Sprintf("%s=%s", p.Kind, value))
	}
	for _, m := range l.Misses {
		parts = append(parts, fmt.Sprintf("%s?%s:%s", m.Text, m.Why, strings.Join(m.Names, "/")))
	}
	return strings.Join(parts, " | ")
}

func TestALineSaysWhatATaskIs(t *testing.T) {
	r := vocabulary().Reader()
	for line, want := range map[string]string{
		"Call Ana":   "Call Ana",
		"  Call Ana": "Call Ana",
		"Call Ana @ana !high #legal ^friday >ONB-7 ~2h":  "Call Ana | owner=ana | priority=3 | label=legal | due=2026-12-04 | prerequisite=t7 | estimate=120",
		"Llamar a Ana @ana !alta #legal ^viernes >onb-7": "Llamar a Ana | owner=ana | priority=3 | label=legal | due=2026-12-04 | prerequisite=t7",
		"@ana call the notary":                           "call the notary | owner=ana",
		"@ana, call the notary":                          "call the notary | owner=ana",
		"Ask @ana, then @bo: today.":                     "Ask, then: today. | owner=ana | owner=bo",
		"Ship it <ONB-12 <P2P-1":                         "Ship it | dependent=t12 | dependent=p1",
		`Sign @"Ana Ruiz" #"two words"`:                  "Sign | owner=ana | label=two",
		"Sign @«ana ruiz» #“Two Words”":                  "Sign | owner=ana | label=two",
		"Sign @Ana Ruiz by hand #two words":              "Sign by hand | owner=ana | label=two",
		`Sign @"Ana Ruiz"now`:                            "Sign now | owner=ana",
		"Tell @jose @JOSÉ @nunez":                        "Tell | owner=jose",
		"Mine @me":                                       "Mine | owner=bo",
		"Mía @yo":                                        "Mía | owner=bo",
		"Ask @an":                                        "Ask @an | @an?several:Ana Ruiz/Anabel Soto",
		"Ask @mia":                                       "Ask @mia | @mia?several:Mia Berg/Mia Lind",
		"Ask @mialind @mia.b":                            "Ask | owner=mia2 | owner=mia1",
		"Ask @nobody":                                    "Ask @nobody | @nobody?unknown:",
		`Ask @"Ana Ru`:                                   `Ask @"Ana Ru | @"Ana?unclosed:`,
		"Ask @ana twice @ana":                            "Ask twice | owner=ana",
		"Fix #it #ite":                                   "Fix | label=it | label=items",
		"#1 priority!":                                   "#1 priority!",
		"The #1st line":                                  "The | label=first",
		"The #1st":                                       "The #1st",
		"!!! !1 != !":                                    "!!! !1 != !",
		"Wow! a#b a@b.org x^2 1>0 <3 >50% -> ~/home ~ @ #": "Wow! a#b a@b.org x^2 1>0 <3 >50% -> ~/home ~ @ #",
		"Buy !important !urg !media !b":                    "Buy !important !media !b | priority=4 | !important?unknown: | !media?twice: | !b?twice:",
		"Rest ~90":                                         "Rest ~90 | ~90?no_unit:",
		"For ~5 people":                                    "For ~5 people | ~5?no_unit:",
		"Rest ~2h30m":                                      "Rest | estimate=150",
		"Rest ~2h 30m, then go":                            "Rest, then go | estimate=150",
		"Rest ~1,5 horas ~1d":                              "Rest ~1d | estimate=90 | ~1d?twice:",
		"Rest ~9999999d":                                   "Rest ~9999999d | ~9999999d?unknown:",
		"Wait >ONB-99 >onb >\"ONB-7\" >ONB-007":            "Wait >ONB-99 >onb >ONB-007 | prerequisite=t7 | >ONB-99?unknown: | >onb?unknown: | >ONB-007?unknown:",
		`\@ana \#1 \\@bo C:\temp \x \`:                     `@ana #1 \@bo C:\temp \x \`,
		"^_^ ^ ^nextish ^31/2 ^12/25 ^1999-01-01":          "^_^ ^ ^nextish ^31/2 ^12/25 ^1999-01-01 | ^nextish?unknown: | ^31/2?no_day: | ^12/25?no_day: | ^1999-01-01?no_day:",
		"@ana !high":                                       " | owner=ana | priority=3",
		"":                                                 "",
		"Say (@ana) and\t#legal":                           "Say (@ana) and | label=legal",
		"a  b @bo  c":                                      "a  b  c | owner=bo",
		"Review !alta ^mañana @\"jose nunez\" #\"TWO words\"": "Review | priority=3 | due=2026-12-03 | owner=jose | label=two",
	} {
		require.Equal(t, want, told(r.Read(line)), line)
	}
	everybodyElse := vocabulary()
	everybodyElse.Me = "somebody"
	require.Equal(t, "Mine @yo | @yo?unknown:", told(everybodyElse.Reader().Read("Mine @yo")), "who is no member owns nothing")
}

func TestADayIsNamedInBothLanguages(t *testing.T) {
	r := vocabulary().Reader()
	for typed, want := range map[string]string{
		"today": "2026-12-02", "hoy": "2026-12-02", "tomorrow": "2026-12-03", "mañana": "2026-12-03", "manana": "2026-12-03",
		"pasado mañana": "2026-12-04", "day after tomorrow": "2026-12-04",
		"friday": "2026-12-04", "Fri": "2026-12-04", "viernes": "2026-12-04", "vie": "2026-12-04", "el viernes": "2026-12-04", "on monday": "2026-12-07",
		"wednesday": "2026-12-09", "miércoles": "2026-12-09", "mar": "2026-12-08", "sáb": "2026-12-05", "sun": "2026-12-06",
		"next week": "2026-12-07", "la próxima semana": "2026-12-07",
		"15/12": "2026-12-15", "2/12": "2026-12-02", "1/12": "2027-12-01", "15.12.26": "2026-12-15", "15-12-2026": "2026-12-15", "2026-12-15": "2026-12-15", "2026-2-5": "2026-02-05",
		"29/2": "2028-02-29", "15 dec": "2026-12-15", "December 15": "2026-12-15", "15 de diciembre": "2026-12-15", "15 de diciembre de 2027": "2027-12-15",
		"3 setiembre": "2027-09-03", "may 3": "2027-05-03",
		"in 3 days": "2026-12-05", "en 3 días": "2026-12-05", "dentro de 2 semanas": "2026-12-16", "in a week": "2026-12-09", "en un mes": "2027-01-02", "in 1 month": "2027-01-02", "en 3 meses": "2027-03-02",
		"in 0 days": "2026-12-02",
	} {
		l := r.Read("Do it ^" + typed + " now")
		require.Equal(t, "Do it now | due="+want, told(l), typed)
		require.Equal(t, "Do it | due="+want, told(r.Read(`Do it ^"`+typed+`"`)), typed)
	}
	for _, typed := range []string{"31/2", "0/5", "12/31", "2026-13-01", "1/1/1999", "1/1/2200", "in 99999 days", "32 dec", "29/2/2027"} {
		l := r.Read("Do it ^" + typed)
		require.Equal(t, "Do it ^"+typed, l.Title)
		require.Len(t, l.Misses, 1, typed)
		require.Equal(t, quick.NoDay, l.Misses[0].Why, typed)
	}
	v := vocabulary()
	v.Now = time.Date(2027, 1, 31, 23, 59, 0, 0, time.FixedZone("far east", 14*3600))
	require.Equal(t, "Do | due=2027-02-28", told(v.Reader().Read("Do ^in 1 month")))
	require.Equal(t, "Do | due=2027-01-31", told(v.Reader().Read("Do ^today")), "on the clock of who writes")
}

func TestTheKeysOfALineAreKnownBeforehand(t *testing.T) {
	require.Equal(t, []string{"ONB-7", "P2P-1", "AB-12"}, quick.Keys([]string{"Do >onb-7, >ONB-7 <P2P-1 a>XY-1 >3", `>"ab-12"`}))
}

// words are what lines are made of, so that marks come up often.
func line(t *rapid.T) string {
	word := rapid.OneOf(
		rapid.SampledFrom([]string{"@ana", "@an", "@me", "!high", "!", "!!", "#1", "#legal", "#two", "words", `#"two words"`, `@"Ana`, "^friday", "^in", "3", "days", "^15/12",
			">ONB-7", "<ONB-12", ">ONB-99", "~2h", "30m", "~5", `\@ana`, `\\#x`, `\`, "call", ",", "«", "»", "ñ", "\xff", " ", "a@b"}),
		rapid.String(), rapid.StringMatching(`[@!#^><~"\\ a-z0-9/-]{0,12}`))
	return strings.Join(rapid.SliceOfN(word, 0, 12).Draw(t, "words"), rapid.SampledFrom([]string{" ", " ", "  ", "\t", ""}).Draw(t, "between"))
}

// sound holds what is true of any line.
func sound(t require.TestingT, r *quick.Reader, text string) quick.Line {
	l := r.Read(text)
	end := 0
	for _, p := range l.Parts {
		require.GreaterOrEqual(t, p.From, end, text)
		require.Greater(t, p.To, p.From, text)
		require.LessOrEqual(t, p.To, len(text), text)
		require.True(t, p.ID != "" || p.Number > 0 || p.Day != "", text)
		end = p.To
	}
	end = 0
	for _, m := range l.Misses {
		require.GreaterOrEqual(t, m.From, end, text)
		require.Equal(t, text[m.From:m.To], m.Text)
		require.Contains(t, l.Title, m.Text, "what is not understood stays")
		end = m.To
	}
	require.Equal(t, strings.TrimSpace(l.Title), l.Title)
	// Nothing is made up, and of what was not understood nothing is lost.
	require.LessOrEqual(t, utf8.RuneCountInString(l.Title), utf8.RuneCountInString(text)+len(l.Parts), text)
	if !strings.ContainsAny(text, quick.Marks) {
		require.Equal(t, strings.TrimSpace(text), l.Title)
	}
	keys := quick.Keys([]string{text})
	for _, p := range l.Parts {
		if p.Kind == quick.Prerequisite || p.Kind == quick.Dependent {
			require.Contains(t, keys, p.Name, text)
		}
	}
	return l
}

func TestAnyLineIsRead(t *testing.T) {
	r := vocabulary().Reader()
	rapid.Check(t, func(t *rapid.T) { sound(t, r, line(t)) })
}

func TestAnyTitleCanBeWritten(t *testing.T) {
	r := vocabulary().Reader()
	rapid.Check(t, func(t *rapid.T) {
		title := line(t)
		l := r.Read(quick.Escape(title))
		require.Equal(t, strings.TrimSpace(title), l.Title, title)
		require.Empty(t, l.Parts, title)
		require.Empty(t, l.Misses, title)
	})
}

// Whatever people and labels are called, the mark that is written for one of them
// means that one.
func TestWhatIsWrittenForANameMeansIt(t *testing.T) {
	name := rapid.OneOf(rapid.SampledFrom([]string{"Ana", "Ana Ruiz", "ana ruiz", "Yo", "Me", "O'Neil", `Bo "the" Chen`, "José", "Jose", "李雷", "Dr. Who", "1st", "1", "two words"}), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		var all []quick.Named
		for i, n := range rapid.SliceOfN(name, 1, 6).Draw(t, "names") {
			all = append(all, quick.Named{ID: fmt.Sprint(i), Name: strings.TrimFunc(n, unicode.IsSpace)})
		}
		v := vocabulary()
		v.People, v.Labels, v.Me = all, all, "0"
		r := v.Reader()
		for _, n := range all {
			for _, kind := range []quick.Kind{quick.Owner, quick.Label} {
				mark := r.Write(kind, n)
				if mark == "" {
					continue
				}
				l := r.Read("Do it " + mark)
				require.Equal(t, "Do it", l.Title, mark)
				require.Equal(t, n.ID, l.Parts[0].ID, mark)
			}
		}
	})
	r := vocabulary().Reader()
	for _, n := range vocabulary().People {
		require.NotEmpty(t, r.Write(quick.Owner, n), n.Name)
	}
	require.Equal(t, "@ana", r.Write(quick.Owner, quick.Named{ID: "ana", Name: "Ana Ruiz"}))
	require.Equal(t, `@"Mia Lind"`, r.Write(quick.Owner, quick.Named{ID: "mia2", Name: "Mia Lind"}))
	require.Equal(t, `#"1st line"`, r.Write(quick.Label, quick.Named{ID: "first", Name: "1st line"}))
	require.Equal(t, "#legal", r.Write(quick.Label, quick.Named{ID: "legal", Name: "Legal"}))
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"Call Ana @ana !high #legal ^friday >ONB-7 ~2h", `\@ana #"two words`, "^in 3 days ~2h 30m, <ONB-12", "#1 priority!", "@\xff ^\x00"} {
		f.Add(seed)
	}
	r := vocabulary().Reader()
	f.Fuzz(func(t *testing.T, text string) {
		sound(t, r, text)
		l := r.Read(quick.Escape(text))
		require.Equal(t, strings.TrimSpace(text), l.Title)
		require.Empty(t, l.Parts)
	})
}
