package plan

import (
	"sort"
	"time"
)

// ruler is a Work that has its days laid out from a day on, so that a plan over
// many years is not counted day by day again and again. It answers as Work does.
type ruler struct {
	Work
	from  time.Time // midnight of its first day
	next  time.Time // midnight of the day after those laid out
	days  []span    // of work, in order
	spent int       // minutes of all of them
}

type span struct {
	begin, end time.Time
	before     int // minutes of work before it
}

func (w Work) ruler(from time.Time) *ruler {
	day := w.day(from)
	return &ruler{Work: w, from: day, next: day}
}

// reach lays out days until one is enough; false: there is none within a hundred years.
func (r *ruler) reach(enough func(span) bool) bool {
	if n := len(r.days); n > 0 && enough(r.days[n-1]) {
		return true
	}
	for range mostDays {
		day := r.next
		r.next = day.AddDate(0, 0, 1)
		if !r.Days.Works(day) {
			continue
		}
		s := span{at(day, r.From), at(day, r.Until), r.spent}
		r.spent += int(s.end.Sub(s.begin) / time.Minute)
		r.days = append(r.days, s)
		if enough(s) {
			return true
		}
	}
	return false
}

// first is the first day of work that ends after t.
func (r *ruler) first(t time.Time) (span, bool) {
	if t.Before(r.from) || !r.reach(func(s span) bool { return s.end.After(t) }) {
		return span{}, false
	}
	return r.days[sort.Search(len(r.days), func(i int) bool { return r.days[i].end.After(t) })], true
}

func (r *ruler) Next(t time.Time) time.Time {
	s, ok := r.first(t)
	if !ok {
		return r.Work.Next(t)
	}
	return latest(s.begin, t)
}

func (r *ruler) Add(t time.Time, minutes int) time.Time {
	s, ok := r.first(t)
	if minutes <= 0 || !ok {
		return r.Work.Add(t, minutes)
	}
	begin := latest(s.begin, t)
	whole := begin.Truncate(time.Minute) // seconds go along
	goal := s.before + int(whole.Sub(s.begin)/time.Minute) + minutes
	rest := begin.Sub(whole)
	if !r.reach(func(s span) bool { return s.before+int(s.end.Sub(s.begin)/time.Minute) > goal }) {
		return r.Work.Add(t, minutes)
	}
	i := sort.Search(len(r.days), func(i int) bool {
		s := r.days[i]
		to := goal
		if rest > 0 {
			to++
		}
		return s.before+int(s.end.Sub(s.begin)/time.Minute) >= to
	})
	return r.days[i].begin.Add(time.Duration(goal-r.days[i].before)*time.Minute + rest)
}

func (r *ruler) Between(from, until time.Time) int {
	if !until.After(from) {
		return 0
	}
	a, ok := r.first(from)
	b, too := r.first(until)
	if !ok || !too {
		return r.Work.Between(from, until)
	}
	gone := func(s span, t time.Time) time.Duration { return latest(s.begin, t).Sub(s.begin) }
	return int((time.Duration(b.before-a.before)*time.Minute + gone(b, until) - gone(a, from)) / time.Minute)
}
