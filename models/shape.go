package models

import "sync"

// shapes keeps the columns and the custom fields of boards, each under the board's
// version, which every change of them moves on. So they are read once and not on
// every move.
type shapes struct {
	columns byVersion[[]Column]
	fields  byVersion[[]Field]
}

type byVersion[T any] struct {
	mu   sync.Mutex
	kept map[string]versioned[T] // by board
}

type versioned[T any] struct {
	version int64
	is      T
}

// mostShapes bounds the memory: a board's columns are some hundred bytes each.
const mostShapes = 1000

func (s *byVersion[T]) get(b Board) (T, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[b.ID]
	return k.is, ok && k.version == b.Version
}

func (s *byVersion[T]) put(b Board, is T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || len(s.kept) >= mostShapes {
		s.kept = map[string]versioned[T]{}
	}
	s.kept[b.ID] = versioned[T]{b.Version, is}
}

// name is what a column of one of the boards is called.
func (s *shapes) name(column string, boards map[string]Board) (string, bool) {
	for _, b := range boards {
		columns, _ := s.columns.get(b)
		for _, c := range columns {
			if c.ID == column {
				return c.Name, true
			}
		}
	}
	return "", false
}

// columnsOf is columns, kept.
func (tx *Tx) columnsOf(board string) ([]Column, error) {
	b, err := tx.boardOf(board)
	if err != nil {
		return nil, err
	}
	return shaped(tx, b, &tx.shapes.columns, tx.columns)
}

// fieldsOf are a board's custom fields in their order, kept.
func (tx *Tx) fieldsOf(board string) ([]Field, error) {
	if tx.shapes == nil { // no change, but somebody who looks
		return fieldsOn(tx.db, board)
	}
	b, err := tx.boardOf(board)
	if err != nil {
		return nil, err
	}
	return shaped(tx, b, &tx.shapes.fields, func(board string) ([]Field, error) { return fieldsOn(tx.db, board) })
}

// shaped reads a part of a board's shape unless it is kept. What this change itself
// did to the board is read anew and not kept: it may yet be rolled back, and its
// version given out again.
func shaped[T any](tx *Tx, b Board, kept *byVersion[T], read func(board string) (T, error)) (T, error) {
	settled := b.Version <= tx.first && !tx.reshaped[b.ID]
	if settled {
		if is, ok := kept.get(b); ok {
			return is, nil
		}
	}
	is, err := read(b.ID)
	if err == nil && settled {
		kept.put(b, is)
	}
	return is, err
}
