// Package fault holds the errors a person may see. It knows kinds and codes,
// never wording: views/say turns a code into English or Spanish.
package fault

import "errors"

// Kind says what sort of failure it is; the edge maps it to an HTTP status.
type Kind int

const (
	Invalid   Kind = iota + 1 // 422: the input is wrong; Field says where
	Unknown                   // 401: nobody is signed in, or the credentials are wrong
	Forbidden                 // 403: known, but the role may not
	Missing                   // 404: not there, or not yours
	Conflict                  // 409: the rules of movement refuse it
	Stale                     // 409: it changed since the caller saw it
	TooMany                   // 429: wait and try again
	TooLarge                  // 413: more than a limit allows
)

// Code names one message in views/say.
type Code string

// Ref names a task in a message: the list of what it waits for, a cycle's path.
type Ref struct{ ID, Key, Title string }

// Change is one thing that somebody changed meanwhile, for a stale write.
type Change struct {
	Who, Field, From, To string
	Seq                  int64
}

// Fault is an expected failure: the caller did something that the rules refuse.
type Fault struct {
	Kind    Kind
	Code    Code
	Field   string   // form field at fault; empty when the whole request is
	Args    []any    // values for the message, in the order its wording takes
	Refs    []Ref    // tasks that the message names
	Changes []Change // what changed meanwhile, when Kind is Stale
	Also    []*Fault // further faults of the same input, so that all are told at once
	Task    *Ref     // the task at fault where several were meant; without a key if it is not there
}

func (f *Fault) Error() string {
	if f.Field != "" {
		return string(f.Code) + " (" + f.Field + ")"
	}
	return string(f.Code)
}

// New makes a fault without a field.
func New(k Kind, c Code, args ...any) *Fault { return &Fault{Kind: k, Code: c, Args: args} }

// On makes an Invalid fault for one form field.
func On(field string, c Code, args ...any) *Fault {
	return &Fault{Kind: Invalid, Code: c, Field: field, Args: args}
}

// Naming returns f with the tasks that its message names.
func (f *Fault) Naming(refs ...Ref) *Fault {
	f.Refs = refs
	return f
}

// All joins the faults of one input; nil when there is none.
func All(faults ...*Fault) error {
	var first *Fault
	for _, f := range faults {
		switch {
		case f == nil:
		case first == nil:
			first = f
		default:
			first.Also = append(first.Also, f)
		}
	}
	if first == nil {
		return nil
	}
	return first
}

// For finds the fault of one field, for the message beside it.
func (f *Fault) For(field string) *Fault {
	if f == nil {
		return nil
	}
	if f.Field == field {
		return f
	}
	for _, also := range f.Also {
		if also.Field == field {
			return also
		}
	}
	return nil
}

// From finds the fault in err; nil means that err is a bug or an outage.
func From(err error) *Fault {
	var f *Fault
	if errors.As(err, &f) {
		return f
	}
	return nil
}
