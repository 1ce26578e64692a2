-- What is done again: tasks that repeat, and patterns to make tasks of.

-- A rule is with one task at a time, and goes on to the next one when that is made:
-- so nothing is made twice.
ALTER TABLE tasks ADD COLUMN repeats TEXT NOT NULL DEFAULT ''; -- as models/recur writes it; empty: it does not
ALTER TABLE tasks ADD COLUMN repeats_on TEXT NOT NULL DEFAULT '' CHECK (repeats_on = '' OR length(repeats_on) = 10); -- the day from which it is counted
ALTER TABLE tasks ADD COLUMN repeat_of TEXT NOT NULL DEFAULT ''; -- the task that it was made of, which may be gone
ALTER TABLE tasks ADD COLUMN repeat_at {{.Time}}; -- when the next one is made, as the two above say; NULL: not by time
ALTER TABLE tasks ADD COLUMN repeat_seq BIGINT NOT NULL DEFAULT 0; -- the entry with which it came to its rule
CREATE INDEX tasks_to_repeat ON tasks (repeat_at) WHERE repeat_at IS NOT NULL;
CREATE INDEX tasks_by_repeated ON tasks (repeat_of) WHERE repeat_of <> '';

-- What a task of one kind begins with.
CREATE TABLE patterns (
	id          TEXT NOT NULL PRIMARY KEY,
	board_id    TEXT NOT NULL REFERENCES boards (id),
	name        TEXT NOT NULL CHECK (name <> ''),
	title       TEXT NOT NULL CHECK (title <> ''),
	description TEXT NOT NULL DEFAULT '',
	estimate    BIGINT NOT NULL DEFAULT 0 CHECK (estimate >= 0), -- minutes
	priority    BIGINT NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 4),
	needs_file  BOOLEAN NOT NULL DEFAULT FALSE,
	labels      TEXT NOT NULL DEFAULT '', -- IDs, a space between; some may be gone
	items       TEXT NOT NULL DEFAULT '', -- of the checklist, one a line; a required one begins with "! "
	"values"    TEXT NOT NULL DEFAULT '', -- JSON: what it holds in fields, by their IDs
	approval    TEXT NOT NULL DEFAULT '', -- JSON: whom it asks; empty: nobody
	created_at  {{.Time}} NOT NULL,
	version     BIGINT NOT NULL DEFAULT 0, -- the entry that last changed it
	UNIQUE (board_id, name)
);
