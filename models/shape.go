package models

import "sync"

// shapes keeps the columns of boards, each under the board's version, which every
// change of its columns moves on. So they are read once and not on every move.
type shapes struct {
	mu   sync.Mutex
	kept map[string]shape // by board
}

type shape struct {
	version int64
	columns []Column
}

// mostShapes bounds the memory: a board's columns are some hundred bytes each.
const mostShapes = 1000

func (s *shapes) get(b Board) ([]Column, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	k, ok := s.kept[b.ID]
	return k.columns, ok && k.version == b.Version
}

func (s *shapes) put(b Board, columns []Column) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil || len(s.kept) >= mostShapes {
		s.kept = map[string]shape{}
	}
	s.kept[b.ID] = shape{b.Version, columns}
}

// name is what a column of one of the boards is called.
func (s *shapes) name(column string, boards map[string]Board) (string, bool) {
	for _, b := range boards {
		columns, _ := s.get(b)
		for _, c := range columns {
			if c.ID == column {
				return c.Name, true
			}
		}
	}
	return "", false
}

// columnsOf is columns, kept. What this change itself did to the board is read
// anew and not kept: it may yet be rolled back, and its version given out again.
func (tx *Tx) columnsOf(board string) ([]Column, error) {
	b, err := tx.boardOf(board)
	if err != nil {
		return nil, err
	}
	settled := b.Version <= tx.first && !tx.reshaped[board]
	if settled {
		if columns, ok := tx.shapes.get(b); ok {
			return columns, nil
		}
	}
	columns, err := tx.columns(board)
	if err == nil && settled {
		tx.shapes.put(b, columns)
	}
	return columns, err
}
