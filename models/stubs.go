package models

import (
	"context"
	"errors"
	"time"

	"relevo/models/flow"
)

var errStub = errors.New("models: not built yet")

// BoardInput is what a person says of a board.
type BoardInput struct {
	Name string
	Key  string // empty: made from the name
}

// ColumnInput is what a person says of a column.
type ColumnInput struct {
	Name     string
	State    flow.State
	WIPLimit int
	WIPHard  bool
}

// TaskInput is what a person edits of a task; nil leaves a field as it is.
type TaskInput struct {
	Title       *string
	Description *string
	Owners      *[]string // user IDs
	Due         *Date
	Estimate    *int // minutes
	Priority    *Priority
	Join        *flow.Join
	NotBefore   **time.Time
}

// Place is where a card is put.
type Place struct {
	Column   string
	Before   string // the card that it goes above; empty: at the bottom
	Override string // a manager's reason for moving it ahead of its prerequisites; empty: none
}

// DependencyInput says how a prerequisite counts.
type DependencyInput struct {
	Lag         flow.Lag
	OnCancel    flow.OnCancel
	SatisfiedAt flow.State
}

func (s *Store) Home(ctx context.Context, who Actor, team string) (Home, error) {
	return Home{}, errStub
}

func (s *Store) CreateBoard(ctx context.Context, who Actor, team string, in BoardInput) (Board, error) {
	return Board{}, errStub
}

// CreateSampleBoard makes the board on which the relay can be felt at once.
func (s *Store) CreateSampleBoard(ctx context.Context, who Actor, team string) (Board, error) {
	return Board{}, errStub
}
func (s *Store) EditBoard(ctx context.Context, who Actor, board string, seen int64, in BoardInput) error {
	return errStub
}
func (s *Store) ArchiveBoard(ctx context.Context, who Actor, board string) error { return errStub }
func (s *Store) RestoreBoard(ctx context.Context, who Actor, board string) error { return errStub }

func (s *Store) AddColumn(ctx context.Context, who Actor, board string, in ColumnInput) (Column, error) {
	return Column{}, errStub
}
func (s *Store) EditColumn(ctx context.Context, who Actor, column string, seen int64, in ColumnInput) error {
	return errStub
}

// MoveColumn puts a column before another; empty: last.
func (s *Store) MoveColumn(ctx context.Context, who Actor, column, before string) error {
	return errStub
}

// RemoveColumn removes a column after moving its cards to another one.
func (s *Store) RemoveColumn(ctx context.Context, who Actor, column, cardsTo string) error {
	return errStub
}

func (s *Store) Board(ctx context.Context, who Actor, board string) (BoardView, error) {
	return BoardView{}, errStub
}

// MoreCards returns the window of a column below a card.
func (s *Store) MoreCards(ctx context.Context, who Actor, column, below string) (Lane, error) {
	return Lane{}, errStub
}
func (s *Store) BoardChanges(ctx context.Context, who Actor, board string, since int64) (BoardChanges, error) {
	return BoardChanges{}, errStub
}

// ClosedTasks lists a board's cancelled and archived tasks, newest first, 50 at a time below a Version.
func (s *Store) ClosedTasks(ctx context.Context, who Actor, board string, below int64) ([]Card, error) {
	return nil, errStub
}

// AddTasks adds a task for each title at the bottom of a column, in their order.
func (s *Store) AddTasks(ctx context.Context, who Actor, column string, titles []string) ([]Task, error) {
	return nil, errStub
}
func (s *Store) Task(ctx context.Context, who Actor, task string) (TaskView, error) {
	return TaskView{}, errStub
}
func (s *Store) EditTask(ctx context.Context, who Actor, task string, seen int64, in TaskInput) error {
	return errStub
}
func (s *Store) MoveTask(ctx context.Context, who Actor, task string, seen int64, to Place) error {
	return errStub
}
func (s *Store) CompleteTask(ctx context.Context, who Actor, task string, seen int64) error {
	return errStub
}
func (s *Store) ReopenTask(ctx context.Context, who Actor, task string, seen int64) error {
	return errStub
}
func (s *Store) CancelTask(ctx context.Context, who Actor, task string, seen int64, reason string) error {
	return errStub
}
func (s *Store) ArchiveTask(ctx context.Context, who Actor, task string, seen int64) error {
	return errStub
}
func (s *Store) RestoreTask(ctx context.Context, who Actor, task string, seen int64) error {
	return errStub
}
func (s *Store) DeleteTask(ctx context.Context, who Actor, task string, seen int64) error {
	return errStub
}
func (s *Store) BlockTask(ctx context.Context, who Actor, task string, seen int64, reason string) error {
	return errStub
}
func (s *Store) UnblockTask(ctx context.Context, who Actor, task string, seen int64) error {
	return errStub
}
func (s *Store) OverrideTask(ctx context.Context, who Actor, task string, seen int64, reason string) error {
	return errStub
}
func (s *Store) WithdrawOverride(ctx context.Context, who Actor, task string, seen int64) error {
	return errStub
}

// Require makes dependent wait for prerequisite.
func (s *Store) Require(ctx context.Context, who Actor, prerequisite, dependent string, in DependencyInput) error {
	return errStub
}
func (s *Store) ChangeDependency(ctx context.Context, who Actor, prerequisite, dependent string, in DependencyInput) error {
	return errStub
}
func (s *Store) Unrequire(ctx context.Context, who Actor, prerequisite, dependent string) error {
	return errStub
}

// FindTasks finds tasks of the task's team by key or words of the title, its own board first, itself left out; 20 at most.
func (s *Store) FindTasks(ctx context.Context, who Actor, task, query string) ([]TaskRef, error) {
	return nil, errStub
}
