package flow

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// What an estimate counts, in minutes.
const (
	hour = 60
	day  = 8 * hour // of work

	// MaxEstimate is the longest estimate: a thousand days of work.
	MaxEstimate = 1000 * day
)

var estimateParts = regexp.MustCompile(`(\d{1,7}(?:[.,]\d{1,4})?)\s*([a-zí]*)`)

var estimateUnits = map[string]float64{
	"": 1, "m": 1, "min": 1, "mins": 1, "minute": 1, "minutes": 1, "minuto": 1, "minutos": 1,
	"h": hour, "hr": hour, "hrs": hour, "hour": hour, "hours": hour, "hora": hour, "horas": hour,
	"d": day, "day": day, "days": day, "día": day, "días": day, "dia": day, "dias": day,
}

// ParseEstimate reads "90" (minutes), "1h 30m", "1.5 hours" or "2d" (of 8 hours)
// as minutes, rounded; empty is 0: no estimate. It reports false for anything
// else. The result may be above MaxEstimate; whoever stores it checks.
func ParseEstimate(text string) (minutes int, ok bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	if len(text) > 100 {
		return 0, false
	}
	total := 0.0
	rest := estimateParts.ReplaceAllStringFunc(text, func(part string) string {
		m := estimateParts.FindStringSubmatch(part)
		unit, known := estimateUnits[m[2]]
		amount, err := strconv.ParseFloat(strings.Replace(m[1], ",", ".", 1), 64)
		if !known || err != nil || m[2] == "" && m[0] != text {
			return "?" // a bare number is minutes only when it stands alone
		}
		total += amount * unit
		return ""
	})
	if strings.TrimSpace(rest) != "" {
		return 0, false
	}
	return int(math.Round(total)), true
}

// FormatEstimate writes minutes the way ParseEstimate reads them: "1d 1h 30m";
// none as an empty text.
func FormatEstimate(minutes int) string {
	var parts []string
	for _, u := range []struct {
		size int
		name string
	}{{day, "d"}, {hour, "h"}, {1, "m"}} {
		if n := minutes / u.size; n > 0 {
			parts = append(parts, fmt.Sprintf("%d%s", n, u.name))
			minutes -= n * u.size
		}
	}
	return strings.Join(parts, " ")
}
