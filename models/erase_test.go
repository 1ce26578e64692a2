package models_test

import (
	"crypto/rand"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"relevo/models"
	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
	"relevo/tests/testdb"
)

const (
	renataName  = "Renata Quiroga"
	renataWas   = "Renata Quiroga Vidal"
	renataEmail = "renata.quiroga@example.net"
	renataWord  = "seven green turtles"
)

// renata joins the house's team as a member by an invitation made out to her, and
// is then a part of everything.
func (h *house) renata(b models.Board) models.Actor {
	h.t.Helper()
	ctx, must := h.t.Context(), func(err error) { h.t.Helper(); require.NoError(h.t, err) }
	who := models.Actor{Kind: ledger.Person, Address: "203.0.113.77"}
	must(h.SignUp(ctx, who, models.SignUpInput{ProfileInput: models.ProfileInput{Name: renataWas, Lang: "es", Zone: "Europe/Madrid"}, Email: renataEmail, Password: renataWord}, ""))
	user, _, err := h.SignIn(ctx, who, renataEmail, renataWord, "Firefox of Renata")
	must(err)
	who = who.As(user)
	must(h.EditProfile(ctx, who, models.ProfileInput{Name: renataName, Lang: "es", Zone: "Europe/Madrid"}))
	who.Name = renataName
	_, _, err = h.SignIn(ctx, who, renataEmail, "a wrong guess of hers", "x")
	require.Error(h.t, err)

	h.exec("UPDATE memberships SET role = 'owner' WHERE team_id = $1 AND user_id = 'ana'", h.team)
	token, err := h.Invite(ctx, ana, h.team, models.InvitationInput{Label: "for Renata Quiroga (" + renataEmail + ")", Role: access.Manager, Days: 3})
	must(err)
	_, err = h.AcceptInvitation(ctx, who, token)
	must(err)

	tasks := h.add(b, "Sign contract", "Order laptop", "Call the bank")
	for i, owners := range [][]string{{user.ID}, {"ben", user.ID}, {user.ID}} {
		must(h.EditTask(ctx, ana, tasks[i].ID, h.task(tasks[i].ID).Task.Version, models.TaskInput{Owners: &owners}))
	}
	must(h.CompleteTask(ctx, who, tasks[0].ID, h.task(tasks[0].ID).Task.Version))
	must(h.AddComment(ctx, ben, tasks[1].ID, "Ask @Renata Quiroga, or @renata if she is there, not ren@ata."))
	must(h.AddComment(ctx, who, tasks[1].ID, "I did."))
	must(h.AddItems(ctx, ana, tasks[1].ID, []string{"Compare prices"}, false))
	item := h.task(tasks[1].ID).Items[0]
	must(h.EditItem(ctx, ana, tasks[1].ID, item.ID, h.task(tasks[1].ID).Task.Version, models.ItemInput{Text: item.Text, Owner: user.ID}))
	_, err = h.SaveView(ctx, who, b.ID, models.ViewInput{Name: "Renata's", Face: models.FaceTable})
	must(err)
	_, err = h.KeepImport(ctx, who, h.team, "renata.csv", []byte("title\nA\n"))
	must(err)
	template := h.template(h.t, "name: Small\nroles: [{id: r, name: R, who: ask}]\nsteps: [{id: one, title: One, role: r}]\n")
	run := h.launch(h.t, template, models.RunInput{Board: b.ID})
	step := h.run(h.t, run.ID).Steps[0].Task.ID
	_, _, err = h.MakeStepLink(ctx, ana, step, models.StepLinkInput{Whom: renataEmail, Days: 7})
	must(err)
	token, _, err = h.MakeStepLink(ctx, who, step, models.StepLinkInput{Whom: "Mario", Days: 7})
	must(err)
	must(h.CompleteOutside(ctx, models.Actor{Address: "198.51.100.44"}, token, models.OutsideInput{Seen: h.task(step).Task.Version}))
	_, _, err = h.MakeRunLink(ctx, who, run.ID, models.RunLinkInput{Place: "The wiki", Names: true})
	must(err)
	must(h.SendRemark(ctx, who, models.RemarkInput{Kind: models.AnIdea, Page: "/my-work", Body: "A darker dark, please."}))
	h.searched(user.ID)
	return who
}

// searched looks in the log for what Renata did, in all the ways that are remembered.
func (h *house) searched(renata string) {
	h.t.Helper()
	ctx, must := h.t.Context(), func(err error) { h.t.Helper(); require.NoError(h.t, err) }
	for _, q := range []models.LogQuery{{Person: renata}, {Words: "renata QUIROGA"}, {Words: renataEmail}} {
		_, err := h.ExportLog(ctx, ana, h.team, q, models.ExportCSV, 0)
		must(err)
		for _, shared := range []bool{true, false} {
			_, err = h.SaveFilter(ctx, ana, h.team, "Of her "+fmt.Sprint(len(q.Words), shared), q, shared)
			must(err)
		}
		r, err := h.OpenReview(ctx, ana, h.team, models.ReviewInput{Name: "Hers", Query: q})
		must(err)
		must(h.QuestionEntry(ctx, ana, r.ID, h.review(r.ID).Lines[0].Seq, renata, "Why?"))
	}
}

// everything is every value of every table, the search's own ones included.
func (h *house) everything() (all []string) {
	h.t.Helper()
	list := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if testdb.Postgres() {
		list = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
	}
	var tables []string
	require.NoError(h.t, h.parts.Read.Raw(list).Scan(&tables).Error)
	require.Greater(h.t, len(tables), 30)
	for _, table := range tables {
		rows, err := h.parts.Read.Raw(`SELECT * FROM "` + table + `"`).Rows()
		require.NoError(h.t, err, table)
		columns, err := rows.Columns()
		require.NoError(h.t, err)
		for rows.Next() {
			values := make([]any, len(columns))
			for i := range values {
				values[i] = new(any)
			}
			require.NoError(h.t, rows.Scan(values...))
			for i, v := range values {
				switch is := (*v.(*any)).(type) {
				case []byte:
					all = append(all, table+"."+columns[i]+": "+string(is))
				default:
					all = append(all, fmt.Sprintf("%s.%s: %v", table, columns[i], is))
				}
			}
		}
		require.NoError(h.t, rows.Err())
		_ = rows.Close()
	}
	return all
}

// traces are the values in which something of Renata is left.
func (h *house) traces() (found []string) {
	for _, v := range h.everything() {
		for _, trace := range []string{"renata", "quiroga", "203.0.113.77"} {
			if strings.Contains(strings.ToLower(v), trace) {
				found = append(found, v)
			}
		}
	}
	return found
}

func signedHouse(t testing.TB) *house {
	h := newHouse(t)
	secret, public, err := ledger.NewSecret(rand.Reader)
	require.NoError(t, err)
	h.parts.Notary, err = ledger.NewNotary(secret, public)
	require.NoError(t, err)
	h.Store, err = models.New(h.parts)
	require.NoError(t, err)
	return h
}

func called(n int64) string { return fmt.Sprintf("Persona borrada %d", n) }

// Somebody who erases themselves is nowhere in the database any more; what they did is
// still there, and every head that was signed before holds.
func TestNothingOfAnErasedPersonIsLeftAndEverythingVerifies(t *testing.T) {
	h, ctx := signedHouse(t), t.Context()
	b := h.board()
	who := h.renata(b)
	before, err := h.LogHead(ctx, ana, h.team)
	require.NoError(t, err)
	require.NoError(t, h.SignHeads(ctx))
	require.NotEmpty(t, h.traces())

	in := models.Erasing{Password: renataWord, Typed: " Renata.Quiroga@example.net", Called: called}
	require.NoError(t, h.EraseMe(ctx, who, in))
	require.Empty(t, h.traces())

	v, err := h.VerifyLog(ctx, ana, h.team, before.Signed)
	require.NoError(t, err)
	require.Empty(t, v.Findings)
	require.Positive(t, v.Erased)
	require.NotEmpty(t, v.By)
	all, err := models.VerifyLogs(ctx, h.parts.Read, h.parts.Notary.Known, &before.Head)
	require.NoError(t, err)
	for _, log := range all {
		require.Empty(t, log.Findings, log.Log)
	}

	_, _, err = h.SignIn(ctx, models.Actor{}, renataEmail, renataWord, "x")
	h.refused(err, fault.WrongCredentials)
	log, err := h.Log(ctx, ana, h.team, models.LogQuery{Person: who.ID})
	require.NoError(t, err)
	require.NotEmpty(t, log.Lines)
	for _, l := range log.Lines {
		require.Equal(t, "Persona borrada 1", l.Actor.Name)
		require.Empty(t, l.Address)
	}
	require.Empty(t, h.wordy(models.LogQuery{Words: "quiroga"}))
	require.NotEmpty(t, h.wordy(models.LogQuery{Words: "borrada"}))
	board, err := h.Board(ctx, ana, b.ID)
	require.NoError(t, err)
	for _, lane := range board.Lanes {
		for _, c := range lane.Cards {
			for _, o := range c.Owners {
				require.True(t, o.ID != who.ID || c.State == "done", "%s has %s", c.Title, o.Name)
			}
		}
	}
	for _, l := range h.people().Members {
		require.NotEqual(t, who.ID, l.ID)
	}
	// The address is free again, for another person.
	require.NoError(t, h.SignUp(ctx, models.Actor{}, models.SignUpInput{ProfileInput: models.ProfileInput{Name: "Another", Lang: "en", Zone: "UTC"}, Email: renataEmail, Password: renataWord}, ""))
	_, _, err = h.SignIn(ctx, models.Actor{}, renataEmail, renataWord, "x")
	require.NoError(t, err)
}

func (h *house) people() models.TeamView {
	v, err := h.People(h.t.Context(), ana, h.team)
	require.NoError(h.t, err)
	return v
}

// Two people erased one after the other: what was erased twice is vouched for by the
// later one, also where that took something from the entries of the first.
func TestAnAdministratorErasesAndIsErasedInTurn(t *testing.T) {
	h, ctx := signedHouse(t), t.Context()
	b := h.board()
	who := h.renata(b)
	h.exec("UPDATE users SET admin = true, name = 'Benicio Aldecoa' WHERE id = 'ben'")
	benicio := models.Actor{Kind: ledger.Person, ID: "ben", Name: "Benicio Aldecoa", Admin: true, Address: "198.51.100.9"}
	h.refused(h.EraseUser(ctx, ana, who.ID, models.Erasing{Typed: renataEmail, Called: called}), fault.NotFound)
	h.refused(h.EraseUser(ctx, benicio, who.ID, models.Erasing{Typed: "another@example.net", Called: called}), fault.NotConfirmed)
	remarks, err := h.Remarks(ctx, benicio, models.RemarkOpen, "")
	require.NoError(t, err)
	require.Equal(t, renataName, remarks.Lines[0].Sender)
	require.NoError(t, h.AnswerRemark(ctx, benicio, remarks.Lines[0].ID, remarks.Lines[0].Version, "Next week"))
	require.NotEmpty(t, h.traces())
	require.NoError(t, h.EraseUser(ctx, benicio, who.ID, models.Erasing{Typed: renataEmail, Called: called}))
	require.Empty(t, h.traces())
	h.refused(h.EraseUser(ctx, benicio, who.ID, models.Erasing{Typed: "erased-1", Called: called}), fault.NotFound)
	head, err := h.LogHead(ctx, ana, h.team)
	require.NoError(t, err)

	h.refused(h.EraseUser(ctx, benicio, "ben", models.Erasing{Typed: "ben@example.org", Called: called}), fault.OnlyAdministrator)
	h.exec("UPDATE users SET admin = true WHERE id = 'ana'")
	require.NoError(t, h.EraseUser(ctx, models.Actor{Kind: ledger.Person, ID: "ana", Name: "Ana"}, "ben", models.Erasing{Typed: "ben@example.org", Called: called}))
	for _, v := range h.everything() {
		require.NotContains(t, v, "Benicio")
		require.NotContains(t, v, "198.51.100.9")
	}
	v, err := h.VerifyLog(ctx, ana, h.team, head.Signed)
	require.NoError(t, err)
	require.Empty(t, v.Findings)
	require.GreaterOrEqual(t, len(v.By), 2)

	// The first erasure itself has lost the name of who did it, and still counts.
	p, err := h.Proof(ctx, ana, h.team, v.By[0])
	require.NoError(t, err)
	require.True(t, p.Holds)
	require.NotEmpty(t, p.Erasures)
	require.Equal(t, "Persona borrada 2", p.Line.Actor.Name)
}

// A team is not left without an owner, nothing happens without the password and the
// address, and what fails leaves nothing half done.
func TestErasingAsksAndRefuses(t *testing.T) {
	h, ctx := signedHouse(t), t.Context()
	who := h.renata(h.board())
	h.exec("UPDATE memberships SET role = 'manager' WHERE user_id <> $1", who.ID)
	h.exec("UPDATE memberships SET role = 'owner' WHERE user_id = $1", who.ID)
	own, err := h.CreateTeam(ctx, who, models.TeamInput{Name: "Mine alone", Zone: "UTC"})
	require.NoError(t, err)
	v, err := h.MyErasure(ctx, who)
	require.NoError(t, err)
	require.True(t, v.Hindered())
	require.Len(t, v.Teams, 2)
	for _, team := range v.Teams {
		require.Equal(t, team.ID != own.ID, team.Stuck())
	}
	before := len(h.traces())
	f := h.refused(h.EraseMe(ctx, who, models.Erasing{Password: "not the password", Called: called}), fault.WrongPassword)
	require.NotNil(t, f.For("typed"))
	h.refused(h.EraseMe(ctx, who, models.Erasing{Password: renataWord, Typed: "ana@example.org", Called: called}), fault.NotConfirmed)
	h.refused(h.EraseMe(ctx, who, models.Erasing{Password: renataWord, Typed: renataEmail, Called: called}), fault.LastOwner)
	require.Len(t, h.traces(), before)
	_, err = h.ErasureOf(ctx, who, "ana@example.org")
	h.refused(err, fault.NotFound)

	require.NoError(t, h.ChangeRole(ctx, who, h.team, "ana", access.Owner))
	require.NoError(t, h.EraseMe(ctx, who, models.Erasing{Password: renataWord, Typed: renataEmail, Called: called}))
	require.Empty(t, h.traces())
}

// An entry that somebody has tampered with is not erased: that would hide it.
func TestAnErasureHidesNoTampering(t *testing.T) {
	h, ctx := signedHouse(t), t.Context()
	who := h.renata(h.board())
	h.exec("DELETE FROM notices")
	unlock := "DROP TRIGGER entries_no_update"
	if testdb.Postgres() {
		unlock = "ALTER TABLE entries DISABLE TRIGGER USER"
	}
	h.exec(unlock)
	h.exec("UPDATE entries SET data = replace(data, 'task.completed', 'task.cancelled'), action = 'task.cancelled' WHERE actor_id = $1 AND action = 'task.completed'", who.ID)
	h.refused(h.EraseMe(ctx, who, models.Erasing{Password: renataWord, Typed: renataEmail, Called: called}), fault.LogBroken)
	v, err := h.VerifyLog(ctx, ana, h.team, "")
	require.NoError(t, err)
	require.Len(t, v.Findings, 1)
	require.Equal(t, ledger.Altered, v.Findings[0].Harm)
}
