package exchange

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"
)

// decode makes UTF-8 of what spreadsheets write, without its byte order mark.
func decode(data []byte) (text []byte, guessed bool) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return utf16Text(data[2:], binary.LittleEndian), false
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16Text(data[2:], binary.BigEndian), false
	}
	if utf8.Valid(data) || bytes.ContainsRune(data, 0) {
		return data, false
	}
	var out bytes.Buffer
	for _, b := range data {
		if b >= 0x80 && b < 0xa0 {
			out.WriteRune(windows1252[b-0x80])
			continue
		}
		out.WriteRune(rune(b))
	}
	return out.Bytes(), true
}

// windows1252 is where it differs from Latin-1: 0x80 to 0x9f.
var windows1252 = []rune("€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ")

func utf16Text(data []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units)))
}

// headWords are what the columns of CSV files are called, ours and others'.
var headWords = map[string]Field{
	"key": KeyField, "id": KeyField, "card id": KeyField, "issue key": KeyField, "clave": KeyField, "ref": KeyField, "number": KeyField, "numero": KeyField,
	"title": TitleField, "card name": TitleField, "name": TitleField, "task": TitleField, "summary": TitleField, "subject": TitleField, "task name": TitleField,
	"titulo": TitleField, "nombre": TitleField, "tarea": TitleField, "asunto": TitleField, "resumen": TitleField,
	"description": DescriptionField, "card description": DescriptionField, "notes": DescriptionField, "details": DescriptionField, "descripcion": DescriptionField, "notas": DescriptionField, "detalles": DescriptionField,
	"column": ColumnField, "list name": ColumnField, "list": ColumnField, "section": ColumnField, "section/column": ColumnField, "bucket": ColumnField, "columna": ColumnField,
	"state": StateField, "status": StateField, "estado": StateField, "progress": StateField,
	"owners": OwnersField, "owner": OwnersField, "members": OwnersField, "assignee": OwnersField, "assignees": OwnersField, "assigned to": OwnersField, "assignee email": OwnersField,
	"responsable": OwnersField, "responsables": OwnersField, "asignado a": OwnersField, "asignado": OwnersField, "persona": OwnersField,
	"due": DueField, "due date": DueField, "deadline": DueField, "vence": DueField, "fecha": DueField, "fecha limite": DueField, "vencimiento": DueField, "fecha de vencimiento": DueField,
	"estimate": EstimateField, "estimation": EstimateField, "estimated": EstimateField, "effort": EstimateField, "estimacion": EstimateField, "duracion": EstimateField, "duration": EstimateField,
	"priority": PriorityField, "prioridad": PriorityField,
	"requires": RequiresField, "depends on": RequiresField, "blocked by": RequiresField, "prerequisites": RequiresField, "dependencies": RequiresField, "predecessors": RequiresField,
	"requiere": RequiresField, "depende de": RequiresField, "requisitos": RequiresField, "requisitos previos": RequiresField, "predecesoras": RequiresField,
	"labels": LabelsField, "tags": LabelsField, "etiquetas": LabelsField,
	"not_before": NotBeforeField, "not before": NotBeforeField, "no antes de": NotBeforeField, "blocked": BlockedField, "bloqueada": BlockedField, "archived": ArchivedField, "archivada": ArchivedField,
}

// propose says what each column is; the first of unknown ones is the title if none
// says so.
func (t *table) propose() []Field {
	fields, taken := make([]Field, len(t.head)), map[Field]bool{}
	for i, name := range t.head {
		if _, kind, ours := ourHead(name); ours {
			fields[i] = AsCustom(kind)
			continue
		}
		f := headWords[fold(name)]
		if !taken[f] {
			fields[i], taken[f] = f, true
		}
	}
	if !taken[TitleField] {
		for i, f := range fields {
			if f == "" {
				fields[i] = TitleField
				break
			}
		}
	}
	return fields
}

var slashDate = regexp.MustCompile(`^(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})\b`)

// monthFirst reports whether the dates can only be read with the month first.
func (t *table) monthFirst() bool {
	m := Mapping{Fields: t.propose()}
	for row := range t.rows {
		if d := slashDate.FindStringSubmatch(strings.TrimSpace(t.cell(m, row, DueField))); d != nil {
			first, _ := strconv.Atoi(d[1]) // digits
			second, _ := strconv.Atoi(d[2])
			if first > 12 {
				return false
			}
			if second > 12 {
				return true
			}
		}
	}
	return false
}

// readDay reads a day as people and programs write it.
func readDay(text string, monthFirst bool, zone *time.Location) (string, bool) {
	text = strings.TrimSpace(text)
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		return day(at.In(zone))
	}
	for _, form := range []string{time.DateOnly, time.DateTime, "2006-01-02 15:04", "2006-01-02T15:04:05", "2006/01/02", "2 Jan 2006", "Jan 2, 2006", "2 January 2006", "January 2, 2006"} {
		if at, err := time.Parse(form, text); err == nil {
			return day(at)
		}
	}
	d := slashDate.FindStringSubmatch(text)
	if d == nil {
		return "", false
	}
	form, year := "2/1/", "2006"
	if monthFirst {
		form = "1/2/"
	}
	if len(d[3]) == 2 {
		year = "06"
	}
	at, err := time.Parse(form+year, d[1]+"/"+d[2]+"/"+d[3])
	if err != nil {
		return "", false
	}
	return day(at)
}

func day(at time.Time) (string, bool) {
	if at.Year() < 1 || at.Year() > 9999 {
		return "", false
	}
	return at.Format(time.DateOnly), true
}
