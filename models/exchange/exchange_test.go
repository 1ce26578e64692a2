package exchange_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"relevo/models/exchange"
	"relevo/models/fault"
	"relevo/models/flow"
)

var local = exchange.Local{
	Zone: time.UTC,
	Estimate: func(s string) (int, bool) {
		n, err := strconv.Atoi(s)
		return n, err == nil && n >= 0
	},
	Columns:  map[flow.State]string{flow.Waiting: "Waiting", flow.Ready: "Ready", flow.Done: "Done"},
	Headings: exchange.Headings{Files: "Files"},
	Team:     []exchange.Person{{User: "u1", Name: "Ana Ruiz", Email: "ana@example.com"}, {User: "u2", Name: "Ben"}},
}

var now = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)

func read(t *testing.T, data string) (*exchange.File, exchange.Mapping, *exchange.Plan) {
	t.Helper()
	f, err := exchange.Open([]byte(data))
	require.NoError(t, err)
	m := f.Complete(f.Propose(local), local)
	p, err := f.Plan(m, local)
	require.NoError(t, err)
	require.Nil(t, p.Cycle())
	_, err = p.Settle(now, flow.Calendar{Zone: time.UTC})
	require.NoError(t, err)
	return f, m, p
}

func fixture(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	return string(data)
}

func codes(p *exchange.Plan) map[fault.Code]int {
	seen := map[fault.Code]int{}
	for _, f := range p.Found {
		seen[f.Fault.Code]++
	}
	return seen
}

func byTitle(t *testing.T, p *exchange.Plan, title string) exchange.Task {
	t.Helper()
	for _, task := range p.Tasks {
		if task.Title == title {
			return task
		}
	}
	t.Fatalf("no task %q", title)
	return exchange.Task{}
}

func column(p *exchange.Plan, task exchange.Task) string {
	if task.Column < 0 {
		return ""
	}
	return p.Columns[task.Column].Name
}

func TestATrelloBoardBecomesOursWithAllThatItsCardsSay(t *testing.T) {
	f, m, p := read(t, fixture(t, "trello.json"))
	require.Equal(t, exchange.Trello, f.Kind)
	require.Equal(t, "Office move", m.Name)
	var columns []string
	for _, c := range p.Columns {
		columns = append(columns, c.Name+":"+string(c.State))
	}
	require.Equal(t, []string{"To Do:ready", "Blocked by others:waiting", "Doing:in_progress", "QA:in_review", "Done 🎉:done"}, columns)

	van := byTitle(t, p, "Hire a van")
	require.Equal(t, "To Do", column(p, van))
	require.Equal(t, "2026-04-01", van.Due)
	require.Equal(t, "u1", p.People[van.Owners[0]].User, "Trello's Ana Ruiz is ours by her name")
	for _, kept := range []string{"Ask for **two** days.",
		"- [quote.pdf](<https://trello.example/quote.pdf>)"} {
		require.Contains(t, van.Description, kept)
	}
	require.Equal(t, []string{"Compare prices", "Book it"}, []string{van.Items[0].Text, van.Items[1].Text}, "by pos")
	require.Equal(t, now, van.Items[0].TickedAt)
	require.True(t, van.Items[1].TickedAt.IsZero())
	require.Equal(t, "The blue one\nis cheaper.", van.Comments[0].Body, "older comments first")
	require.Equal(t, "u1", p.People[van.Comments[0].By].User)
	require.Equal(t, "Carla Gone", van.Comments[1].Author)
	require.Equal(t, []exchange.Label{{Name: "Money", Colour: "red"}, {Name: "sky", Colour: "teal"}}, p.Labels)
	require.Equal(t, []int{0, 1}, van.Labels)

	require.Equal(t, []string{"From no list", "Measure the rooms", "Hire a van", "Wait for keys"}, titlesIn(p, "To Do"), "by pos, not by place in the file")
	require.Equal(t, flow.Ready, byTitle(t, p, "Wait for keys").State, "with nothing to wait for it is ready")
	require.Equal(t, flow.Done, byTitle(t, p, "Tell the landlord").State, "marked complete in an open list")
	require.False(t, byTitle(t, p, "Old idea").ArchivedAt.IsZero())
	require.False(t, byTitle(t, p, "From a closed list").ArchivedAt.IsZero())

	seen := codes(p)
	for code, n := range map[fault.Code]int{fault.FoundInText: 1, fault.FoundDropped: 3, fault.FoundComments: 1, fault.FoundOldComments: 1, fault.FoundNobody: 1,
		fault.FoundNoTitle: 1, fault.FoundCompleted: 1, fault.FoundNotADate: 1, fault.FoundNoList: 1, fault.FoundTitleCut: 1} {
		require.Equal(t, n, seen[code], code)
	}
}

func titlesIn(p *exchange.Plan, name string) []string {
	var titles []string
	for _, i := range p.Order() {
		if t := p.Tasks[i]; column(p, t) == name && t.ArchivedAt.IsZero() {
			titles = append(titles, t.Title)
		}
	}
	return titles
}

func TestOddJSONIsReportedAndReadAsFarAsItGoes(t *testing.T) {
	_, _, p := read(t, `{"name":7,"lists":[{"id":"l","name":"Now","pos":"top"}],"cards":[{"id":"c","name":"One","idList":"l","pos":{},"badges":[],"new":{"a":[1]}}]}`)
	require.Len(t, p.Tasks, 1)
	require.Equal(t, 1, codes(p)[fault.FoundOtherShape])
	for _, no := range []string{"", "  \n", "{}", "[1]", `{"lists":[]`, "\x00\x01\x02", "PK\x03\x04zip", `{"relevo":99}`, `"lists"`} {
		_, err := exchange.Open([]byte(no))
		require.NotNil(t, fault.From(err), "%q", no)
	}
}

func TestACSVIsReadWhateverItsCommasQuotesAndAlphabet(t *testing.T) {
	const rows = "Clave;Título;Descripción;Estado;Responsables;Fecha límite;Prioridad;Requiere\r\n" +
		"A;Firmar;\"dos\r\nlíneas; y \"\"comillas\"\"\";Lista;ANA RUIZ;31/01/2026;Alta;\r\n" +
		"B;Abrir;;En espera;ben, nadie@example.com;01/02/2026;;A, C\r\n" +
		"\r\n" +
		"C;;;Lista;;;;\r\n" +
		"D;Cerrar;;Hecha;;mañana;muchísima;Z A D\r\n"
	latin := func(s string) string {
		var b []byte
		for _, r := range s {
			b = append(b, byte(r))
		}
		return string(b)
	}
	for name, text := range map[string]string{"utf-8": rows, "mark": "\ufeff" + rows, "windows": latin(rows), "utf-16": utf16(rows),
		"tabs": strings.ReplaceAll(strings.ReplaceAll(rows, "; y", ", y"), ";", "\t")} {
		t.Run(name, func(t *testing.T) {
			f, m, p := read(t, text)
			require.Equal(t, exchange.CSV, f.Kind)
			require.Equal(t, []exchange.Field{"key", "title", "description", "state", "owners", "due", "priority", "requires"}, m.Fields)
			sign, open := byTitle(t, p, "Firmar"), byTitle(t, p, "Abrir")
			require.Equal(t, "2026-01-31", sign.Due)
			require.Equal(t, "2026-02-01", open.Due)
			require.Contains(t, sign.Description, "dos\nlíneas")
			require.Contains(t, sign.Description, `"comillas"`)
			require.Equal(t, 3, sign.Priority)
			require.Equal(t, flow.Waiting, open.State)
			require.Len(t, open.Owners, 2)
			require.Len(t, p.Links, 2)
			var report []string
			for _, f := range p.Found {
				report = append(report, fmt.Sprint(f.Row, " ", f.Fault.Code, f.Fault.Args))
			}
			for _, want := range []string{"6 found-no-title[]", "4 found-no-prerequisite[C]", "7 found-no-prerequisite[Z]", "7 found-needs-itself[]",
				"7 found-not-a-date[mañana]", "7 found-not-a-priority[muchísima]", "0 found-nobody[nadie@example.com]"} {
				require.Contains(t, report, want)
			}
		})
	}
}

func utf16(s string) string {
	out := []byte{0xff, 0xfe}
	for _, r := range s {
		out = append(out, byte(r), byte(r>>8))
	}
	return string(out)
}

func TestACycleInAFileIsNamedByItsRows(t *testing.T) {
	f, err := exchange.Open([]byte("key,title,requires\nA,One,C\nB,Two,A\nC,Three,B\n"))
	require.NoError(t, err)
	p, err := f.Plan(f.Complete(f.Propose(local), local), local)
	require.NoError(t, err)
	require.Equal(t, []int{0, 1, 2, 0}, p.Cycle())
}

func TestBoundsRefuseWhatIsTooMuch(t *testing.T) {
	var b strings.Builder
	b.WriteString("title\n")
	for range exchange.MaxTasks + 1 {
		b.WriteString("x\n")
	}
	_, err := exchange.Open([]byte(b.String()))
	require.Equal(t, fault.TooManyCards, fault.From(err).Code)
	_, err = exchange.Open(make([]byte, exchange.MaxBytes+1))
	require.Equal(t, fault.FileTooBig, fault.From(err).Code)

	b.Reset()
	b.WriteString("title,column\n")
	for i := range exchange.MaxColumns + 1 {
		fmt.Fprintf(&b, "x,c%d\n", i)
	}
	f, err := exchange.Open([]byte(b.String()))
	require.NoError(t, err)
	m := f.Complete(f.Propose(local), local)
	_, err = f.Plan(m, local)
	require.Equal(t, fault.TooManyLists, fault.From(err).Code)
	m.Fields = []exchange.Field{"", "column"}
	_, err = f.Plan(m, local)
	require.Equal(t, fault.NoTitleField, fault.From(err).Code)
	m.Fields = []exchange.Field{"title", "title"}
	_, err = f.Plan(m, local)
	require.Equal(t, fault.FieldTwice, fault.From(err).Code)
}

func TestAColumnIsProposedItsStateByItsName(t *testing.T) {
	for name, want := range map[string]flow.State{
		"To Do": flow.Ready, "Backlog": flow.Ready, "Ideas": flow.Ready, "Por hacer": flow.Ready, "Something else": flow.Ready, "Not done": flow.Ready,
		"Doing": flow.InProgress, "In Progress 🚧": flow.InProgress, "En curso": flow.InProgress, "WIP": flow.InProgress,
		"Code Review": flow.InReview, "Waiting for review": flow.InReview, "En revisión": flow.InReview, "QA": flow.InReview,
		"Blocked": flow.Waiting, "On Hold": flow.Waiting, "En espera": flow.Waiting, "Done!": flow.Done, "Hecho": flow.Done, "Completed 2025": flow.Done,
		"Won't do": flow.Ready, "Cancelled": flow.Cancelled,
	} {
		require.Equal(t, want, exchange.ProposeState(name), name)
	}
}

func TestNoCellIsAFormulaAndEachComesBackAsItWas(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom([]string{"", "'", "=1+1", "+1", "-x", "@a", "\tx", "''=x", `a"b`, "a,b", "a\nb", "ñ", " =1", "'a", ";=1"})
		word := rapid.Custom(func(t *rapid.T) string { return text.Draw(t, "a") + text.Draw(t, "b") + rapid.String().Draw(t, "c") })
		title := strings.TrimSpace("x" + word.Draw(t, "title"))
		if rapid.Bool().Draw(t, "bare") {
			title = word.Draw(t, "bare title")
		}
		title = strings.TrimSpace(strings.NewReplacer("\n", " ", "\r", " ", "\x00", "").Replace(strings.ToValidUTF8(title, "")))
		if title == "" || len([]rune(title)) > exchange.MaxTitle {
			t.Skip()
		}
		description := strings.NewReplacer("\r", "", "\x00", "").Replace(strings.ToValidUTF8(word.Draw(t, "description"), ""))
		var out bytes.Buffer
		zero := 0
		board := exchange.Board{Columns: []exchange.BoardColumn{{Name: "Ready", State: flow.Ready}},
			Tasks: []exchange.BoardTask{{Key: "ABC-1", Title: title, Description: description, State: flow.Ready, Column: &zero}}}
		require.NoError(t, exchange.WriteCSV(&out, board, func(int) string { return "" }))
		r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(out.Bytes(), []byte("\ufeff"))))
		records, err := r.ReadAll()
		require.NoError(t, err)
		for _, cell := range records[1] {
			require.False(t, cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])), "%q", cell)
		}
		f, err := exchange.Open(out.Bytes())
		require.NoError(t, err)
		p, err := f.Plan(f.Complete(f.Propose(local), local), local)
		require.NoError(t, err)
		require.Equal(t, [2]string{title, description}, [2]string{p.Tasks[0].Title, p.Tasks[0].Description})
	})
}

func FuzzTrello(f *testing.F) {
	data, err := os.ReadFile("testdata/trello.json")
	require.NoError(f, err)
	f.Add(string(data))
	f.Add(`{"lists":[{"id":"l"}],"cards":[{"idList":"l","name":"x","due":"2026-01-01T00:00:00Z"}]}`)
	f.Fuzz(func(t *testing.T, text string) { survives(t, text) })
}

func FuzzCSV(f *testing.F) {
	f.Add("title,requires,key\n\"a\nb\",B,A\nx,A,B\n")
	f.Add("Título;Estado\n=1;Hecha\n")
	f.Add("\xff\xfea\x00\n\x00b\x00")
	f.Fuzz(func(t *testing.T, text string) { survives(t, text) })
}

func FuzzNative(f *testing.F) {
	f.Add(`{"relevo":1,"board":{"name":"B","key":"B1"},"columns":[{"name":"R","state":"ready"}],"tasks":[{"key":"B1-1","title":"x","column":0,"state":"ready","requires":[{"key":"B1-2","lag":2,"lag_unit":"days"}]},{"key":"B1-2","title":"y","state":"done","column":null}]}`)
	f.Fuzz(func(t *testing.T, text string) { survives(t, text) })
}

// survives: whatever a file says, it is refused as a fault or becomes a plan that
// keeps what is promised of plans.
func survives(t *testing.T, text string) {
	file, err := exchange.Open([]byte(text))
	if err != nil {
		require.NotNil(t, fault.From(err))
		return
	}
	p, err := file.Plan(file.Complete(file.Propose(local), local), local)
	if err != nil {
		require.NotNil(t, fault.From(err))
		return
	}
	if p.Cycle() != nil {
		return
	}
	_, err = p.Settle(now, flow.Calendar{Zone: time.UTC})
	require.NoError(t, err)
	require.Len(t, p.Order(), len(p.Tasks))
	for _, task := range p.Tasks {
		require.NotEmpty(t, strings.TrimSpace(task.Title))
		require.LessOrEqual(t, len([]rune(task.Title)), exchange.MaxTitle)
		require.LessOrEqual(t, len([]rune(task.Description)), exchange.MaxDescription)
		require.Contains(t, flow.States, task.State)
		require.Equal(t, task.State == flow.Done, !task.DoneAt.IsZero())
		require.Equal(t, task.State == flow.Done || task.State == flow.InReview, !task.ReviewAt.IsZero())
		require.True(t, task.Due == "" || len(task.Due) == 10)
		if task.Column >= 0 {
			require.Equal(t, p.Columns[task.Column].State, task.State)
		} else {
			require.Equal(t, flow.Cancelled, task.State)
		}
	}
}
