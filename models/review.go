package models

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"gorm.io/gorm"

	"relevo/models/access"
	"relevo/models/fault"
	"relevo/models/ledger"
)

// Limits of reviews.
const (
	MostReviewed    = 500  // entries of one review
	MaxReviewText   = 2000 // characters of a question, an answer, a conclusion
	MaxReviewName   = 120
	mostDrawnFrom   = 1_000_000 // entries that a sample is drawn from
	reviewsListed   = 100
	questionsListed = 50
)

// Review is entries of a log that somebody goes through, one by one, and signs.
type Review struct {
	ID         string `gorm:"primaryKey"`
	TeamID     string
	Name       string
	Query      string // as LogQuery.Address writes it
	Upto       int64  // the log's last entry when it was opened
	Matched    int64  // entries that the query let through then
	Sample     int    // how many of those were drawn; 0: all of them are reviewed
	Seed       string // by which they were drawn: see Drawn
	OpenedBy   string
	OpenedName string
	OpenedAt   time.Time
	SignedBy   string
	SignedName string
	SignedAt   *time.Time
	Conclusion string
}

// Signed reports whether the review is over.
func (r Review) Signed() bool { return r.SignedAt != nil }

// Asks is what the review asked of the log.
func (r Review) Asks() LogQuery {
	at, _ := url.ParseQuery(r.Query) // it is our own writing
	return ReadLogQuery(at)
}

func (r Review) subject() ledger.Subject {
	return ledger.Subject{Kind: "review", ID: r.ID, Name: r.Name}
}

// ReviewState is where an entry stands in a review.
type ReviewState string

// The states; empty is what nobody has looked at.
const (
	EntrySeen       ReviewState = "seen"
	EntryQuestioned ReviewState = "questioned" // somebody was asked, and has not answered
	EntryAnswered   ReviewState = "answered"
)

// ReviewEntry is an entry in a review.
type ReviewEntry struct {
	ReviewID  string `gorm:"primaryKey"`
	Seq       int64  `gorm:"primaryKey"`
	State     ReviewState
	Question  string
	AskedID   string
	AskedName string
	Answer    string
}

// ReviewLine is an entry of a review as it is read.
type ReviewLine struct {
	LogLine
	Mark ReviewEntry
}

// ReviewView is a review with its entries, the oldest first.
type ReviewView struct {
	Team   MyTeam
	Review Review
	Lines  []ReviewLine
	People []Person          // whom one can ask: the team's members
	Names  map[string]string // of what the query names
	Head   SignedHead        // the newest signed one of the log; Size 0: none
}

// Counts tells how many entries stand where.
func (v ReviewView) Counts() map[ReviewState]int {
	n := map[ReviewState]int{}
	for _, l := range v.Lines {
		n[l.Mark.State]++
	}
	return n
}

// ReviewSummary is a review in a list.
type ReviewSummary struct {
	Review
	Entries, Unseen, Open int // all, those nobody has looked at, questions without an answer
}

// ReviewInput is what a person says of a review to be opened.
type ReviewInput struct {
	Name   string
	Query  LogQuery
	Sample int    // 0: every entry that the query lets through
	Seed   string // of a sample
}

// Drawn draws n numbers by a seed: those whose SHA-256 of "SEED NUMBER" is smallest.
// Whoever knows the seed draws the same. They come in order.
func Drawn(seqs []int64, n int, seed string) []int64 {
	type ticket struct {
		seq int64
		sum [sha256.Size]byte
	}
	tickets := make([]ticket, len(seqs))
	for i, seq := range seqs {
		tickets[i] = ticket{seq, sha256.Sum256([]byte(seed + " " + strconv.FormatInt(seq, 10)))}
	}
	slices.SortFunc(tickets, func(a, b ticket) int { return slices.Compare(a.sum[:], b.sum[:]) })
	drawn := make([]int64, min(n, len(seqs)))
	for i := range drawn {
		drawn[i] = tickets[i].seq
	}
	slices.Sort(drawn)
	return drawn
}

func ofReview(id string) subject { return subject{"reviews s", "s.team_id", "s.id = ?", id} }

// OpenReview begins a review of what a query lets through now. It returns Invalid
// faults by field, those of the query included.
func (s *Store) OpenReview(ctx context.Context, who Actor, team string, in ReviewInput) (r Review, err error) {
	in.Query.Before = 0
	r = Review{ID: NewID(), TeamID: team, Name: strings.Join(strings.Fields(in.Name), " "), Query: in.Query.Address(), Sample: in.Sample, Seed: strings.TrimSpace(in.Seed),
		OpenedBy: who.ID, OpenedName: who.Name}
	return r, s.change(ctx, who, inTeam(team), access.SeeLog, func(tx *Tx) error {
		if err := in.check(r); err != nil {
			return err
		}
		seqs, err := tx.toReview(in.Query)
		if err != nil {
			return err
		}
		r.Upto, r.Matched, r.OpenedAt = tx.first, int64(len(seqs)), tx.now
		switch {
		case len(seqs) == 0:
			return fault.On("sample", fault.NothingToReview)
		case in.Sample > 0:
			seqs = Drawn(seqs, in.Sample, r.Seed)
		case len(seqs) > MostReviewed:
			return fault.On("sample", fault.TooMuchToReview, len(seqs), MostReviewed)
		}
		if err := tx.create(&r, note{action: ReviewOpened, subject: r.subject(), changes: changed("name", "", r.Name, "query", "", r.Query, "upto", "", fmt.Sprint(r.Upto),
			"entries", "", fmt.Sprint(r.Matched), "drawn", "", numberText(r.Sample), "seed", "", r.Seed)}); err != nil {
			return err
		}
		rows := make([]ReviewEntry, len(seqs))
		for i, seq := range seqs {
			rows[i] = ReviewEntry{ReviewID: r.ID, Seq: seq}
		}
		return tx.rows().CreateInBatches(rows, 100).Error
	})
}

func numberText(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func (in ReviewInput) check(r Review) error {
	var faults []*fault.Fault
	switch {
	case r.Name == "":
		faults = append(faults, fault.On("name", fault.Needed))
	case len([]rune(r.Name)) > MaxReviewName:
		faults = append(faults, fault.On("name", fault.TooLong, MaxReviewName))
	}
	if in.Sample < 0 || in.Sample > MostReviewed {
		faults = append(faults, fault.On("sample", fault.OutOfRange, 1, MostReviewed))
	}
	if in.Sample > 0 && r.Seed == "" {
		faults = append(faults, fault.On("seed", fault.Needed))
	}
	if len([]rune(r.Seed)) > MaxReviewName {
		faults = append(faults, fault.On("seed", fault.TooLong, MaxReviewName))
	}
	return fault.All(faults...)
}

// toReview are the numbers of the entries that a query lets through, in order.
func (tx *Tx) toReview(q LogQuery) (seqs []int64, err error) {
	_, f, err := askLog(tx.db, tx.actor, tx.Team.ID, q)
	if err != nil {
		return nil, err
	}
	query, args, err := f.numbers(tx.db, mostDrawnFrom)
	if err != nil {
		return nil, err
	}
	err = tx.db.Raw(query, args...).Scan(&seqs).Error
	slices.Sort(seqs)
	return seqs, err
}

// Reviews lists the reviews of a team, the newest first.
func (s *Store) Reviews(ctx context.Context, who Actor, team string) (mine MyTeam, all []ReviewSummary, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if mine, err = sees(db, who, inTeam(team), access.SeeLog); err != nil {
			return err
		}
		return db.Raw(`SELECT r.*, COUNT(*) AS entries, SUM(CASE WHEN e.state = '' THEN 1 ELSE 0 END) AS unseen, SUM(CASE WHEN e.state = 'questioned' THEN 1 ELSE 0 END) AS open
			FROM reviews r JOIN review_entries e ON e.review_id = r.id WHERE r.team_id = ? GROUP BY r.id ORDER BY r.id DESC LIMIT ?`, team, reviewsListed).Scan(&all).Error
	})
	return mine, all, err
}

// ReviewOf reads a review with its entries.
func (s *Store) ReviewOf(ctx context.Context, who Actor, review string) (v ReviewView, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if v.Team, err = sees(db, who, ofReview(review), access.SeeLog); err != nil {
			return err
		}
		if err := db.Take(&v.Review, "id = ?", review).Error; err != nil {
			return orMissing(err)
		}
		var marks []ReviewEntry
		if err := db.Order("seq").Find(&marks, "review_id = ?", review).Error; err != nil {
			return err
		}
		if v.Lines, err = reviewLines(db, v.Team.ID, marks); err != nil {
			return err
		}
		if err := db.Raw(`SELECT u.id, u.name, m.role FROM users u JOIN memberships m ON m.user_id = u.id WHERE m.team_id = ? ORDER BY lower(u.name), u.id`, v.Team.ID).Scan(&v.People).Error; err != nil {
			return err
		}
		log, _, err := askLog(db, who, v.Team.ID, v.Review.Asks())
		if err != nil && fault.From(err) == nil { // what it asked for may be gone
			return err
		}
		v.Names = log.Names()
		v.Head, _, err = s.lastHead(db, v.Team.ID)
		return err
	})
	return v, err
}

func reviewLines(db *gorm.DB, log string, marks []ReviewEntry) ([]ReviewLine, error) {
	seqs := make([]int64, len(marks))
	at := map[int64]ReviewEntry{}
	for i, m := range marks {
		seqs[i], at[m.Seq] = m.Seq, m
	}
	lines, err := logLines(db, log, seqs)
	all := make([]ReviewLine, len(lines))
	for i, l := range lines {
		all[i] = ReviewLine{l, at[l.Seq]}
	}
	return all, err
}

// changeReview changes a review that is not signed yet.
func (s *Store) changeReview(ctx context.Context, who Actor, review string, act access.Action, fn func(*Tx, Review) error) error {
	return s.change(ctx, who, ofReview(review), act, func(tx *Tx) error {
		var r Review
		if err := tx.db.Take(&r, "id = ?", review).Error; err != nil {
			return orMissing(err)
		}
		if r.Signed() {
			return fault.New(fault.Conflict, fault.ReviewIsSigned)
		}
		return fn(tx, r)
	})
}

func (tx *Tx) reviewed(review string, seq int64) (e ReviewEntry, err error) {
	return e, orMissing(tx.db.Take(&e, "review_id = ? AND seq = ?", review, seq).Error)
}

// SeeEntry marks an entry of a review as seen; a question about it is withdrawn.
func (s *Store) SeeEntry(ctx context.Context, who Actor, review string, seq int64) error {
	return s.changeReview(ctx, who, review, access.SeeLog, func(tx *Tx, r Review) error {
		was, err := tx.reviewed(review, seq)
		if err != nil || was.State == EntrySeen {
			return err
		}
		tx.tellAsked(was.AskedID)
		return tx.markEntry(r, was, ReviewEntry{ReviewID: review, Seq: seq, State: EntrySeen}, EntryWasSeen)
	})
}

// SeeRest marks every entry of a review that nobody has looked at as seen.
func (s *Store) SeeRest(ctx context.Context, who Actor, review string) error {
	return s.changeReview(ctx, who, review, access.SeeLog, func(tx *Tx, r Review) error {
		var rest []ReviewEntry
		if err := tx.db.Order("seq").Find(&rest, "review_id = ? AND state = ''", review).Error; err != nil {
			return err
		}
		for _, was := range rest {
			if err := tx.markEntry(r, was, ReviewEntry{ReviewID: review, Seq: was.Seq, State: EntrySeen}, EntryWasSeen); err != nil {
				return err
			}
		}
		return nil
	})
}

// QuestionEntry asks a member of the team about an entry of a review. It returns
// Invalid faults for question and person.
func (s *Store) QuestionEntry(ctx context.Context, who Actor, review string, seq int64, person, question string) error {
	return s.changeReview(ctx, who, review, access.SeeLog, func(tx *Tx, r Review) error {
		was, err := tx.reviewed(review, seq)
		if err != nil {
			return err
		}
		question, err := written("question", question, MaxReviewText)
		if err == nil && question == "" {
			err = fault.On("question", fault.Needed)
		}
		var name string
		if orMissing(tx.row("SELECT u.name FROM users u JOIN memberships m ON m.user_id = u.id WHERE m.team_id = ? AND u.id = ?", tx.Team.ID, person).Scan(&name)) != nil {
			return fault.All(fault.On("person", fault.NotAChoice), fault.From(err))
		}
		if err != nil {
			return err
		}
		is := ReviewEntry{ReviewID: review, Seq: seq, State: EntryQuestioned, Question: question, AskedID: person, AskedName: name}
		tx.tellAsked(was.AskedID)
		tx.tellAsked(person)
		return tx.markEntry(r, was, is, EntryWasQuestioned)
	})
}

// AnswerEntry answers the question about an entry. It is for whoever was asked; to
// anybody else there is none.
func (s *Store) AnswerEntry(ctx context.Context, who Actor, review string, seq int64, answer string) error {
	return s.changeReview(ctx, who, review, access.SeeTeam, func(tx *Tx, r Review) error {
		was, err := tx.reviewed(review, seq)
		if err == nil && (was.AskedID != who.ID || who.ID == "") {
			err = fault.New(fault.Missing, fault.NotFound)
		}
		if err != nil {
			return err
		}
		is := was
		is.State = EntryAnswered
		if is.Answer, err = written("answer", answer, MaxReviewText); err != nil {
			return err
		}
		if is.Answer == "" {
			return fault.On("answer", fault.Needed)
		}
		tx.tellAsked(who.ID)
		return tx.markEntry(r, was, is, EntryWasAnswered)
	})
}

// tellAsked brings the inbox of somebody who is or was asked up to date.
func (tx *Tx) tellAsked(person string) {
	if person != "" {
		tx.told[person] = true
	}
}

func (tx *Tx) markEntry(r Review, was, is ReviewEntry, action Action) error {
	if was == is {
		return nil
	}
	changes := append([]ledger.Change{{Field: "entry", To: strconv.FormatInt(is.Seq, 10)}}, changed("review_state", string(was.State), string(is.State),
		"question", was.Question, is.Question)...)
	if was.AskedID != is.AskedID {
		changes = append(changes, ledger.Change{Field: "asked", From: was.AskedID, FromText: was.AskedName, To: is.AskedID, ToText: is.AskedName})
	}
	changes = append(changes, changed("answer", was.Answer, is.Answer)...)
	return tx.update(&ReviewEntry{ReviewID: is.ReviewID, Seq: is.Seq}, map[string]any{"state": is.State, "question": is.Question, "asked_id": is.AskedID,
		"asked_name": is.AskedName, "answer": is.Answer}, note{action: action, subject: r.subject(), changes: changes})
}

// SignReview ends a review with a conclusion. It returns ReviewUnfinished while an
// entry is not looked at, or a question not answered or withdrawn.
func (s *Store) SignReview(ctx context.Context, who Actor, review, conclusion string) error {
	var log string
	err := s.changeReview(ctx, who, review, access.SeeLog, func(tx *Tx, r Review) error {
		log = tx.log
		conclusion, err := written("conclusion", conclusion, MaxReviewText)
		if err != nil {
			return err
		}
		if conclusion == "" {
			return fault.On("conclusion", fault.Needed)
		}
		var unseen, open int
		if err := tx.row("SELECT COALESCE(SUM(CASE WHEN state = '' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN state = 'questioned' THEN 1 ELSE 0 END), 0) FROM review_entries WHERE review_id = ?", review).Scan(&unseen, &open); err != nil {
			return err
		}
		if unseen+open > 0 {
			return fault.New(fault.Conflict, fault.ReviewUnfinished, unseen, open)
		}
		return tx.update(&Review{ID: review}, map[string]any{"signed_by": who.ID, "signed_name": who.Name, "signed_at": tx.now, "conclusion": conclusion},
			note{action: ReviewSigned, subject: r.subject(), changes: changed("conclusion", "", conclusion)})
	})
	if err == nil && s.parts.Notary != nil { // so that what is printed from now on can be checked to the signature
		_, err = s.signHead(ctx, log)
	}
	return err
}

// Question is what somebody is asked about an entry of a log. They see the entry and
// the question, and nothing else of the log.
type Question struct {
	Team   MyTeam
	Review Review
	Line   LogLine
	Mark   ReviewEntry
}

// QuestionOf reads a question for whoever it was put to; to anybody else there is none.
func (s *Store) QuestionOf(ctx context.Context, who Actor, review string, seq int64) (q Question, err error) {
	err = s.snapshot(ctx, func(db *gorm.DB) error {
		if q.Team, err = sees(db, who, ofReview(review), access.SeeTeam); err != nil {
			return err
		}
		if err := db.Take(&q.Mark, "review_id = ? AND seq = ? AND asked_id = ?", review, seq, who.ID).Error; err != nil {
			return orMissing(err)
		}
		if err := db.Take(&q.Review, "id = ?", review).Error; err != nil {
			return orMissing(err)
		}
		lines, err := logLines(db, q.Team.ID, []int64{seq})
		if err != nil {
			return err
		}
		for _, l := range lines {
			q.Line = l
		}
		q.Line.Address, q.Line.Request, q.Line.Stored, q.Line.Leaf = "", "", "", nil
		return nil
	})
	return q, err
}

// AskedOf is a question in somebody's inbox.
type AskedOf struct {
	ReviewID string
	Seq      int64
	Question string
	By       string // who opened the review
	Team     string
}

// unanswered are the questions that wait for somebody's answer, in teams that they are in.
const unanswered = `FROM review_entries e JOIN reviews r ON r.id = e.review_id AND r.signed_at IS NULL
	JOIN memberships m ON m.team_id = r.team_id AND m.user_id = e.asked_id WHERE e.asked_id = ? AND e.state = 'questioned'`

// openQuestions are those that somebody has not answered.
func openQuestions(db *gorm.DB, who Actor) (all []AskedOf, err error) {
	err = db.Raw(`SELECT e.review_id, e.seq, e.question, r.opened_name AS "by", (SELECT t.name FROM teams t WHERE t.id = r.team_id) AS team `+unanswered+
		" ORDER BY e.review_id DESC, e.seq LIMIT ?", who.ID, questionsListed).Scan(&all).Error
	if err != nil {
		return nil, fmt.Errorf("questions of reviews: %w", err)
	}
	return all, nil
}
