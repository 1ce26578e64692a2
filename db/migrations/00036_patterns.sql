-- Templates of a single task, in code patterns, for a template is a workflow's.
CREATE TABLE patterns (
	id          TEXT NOT NULL PRIMARY KEY,
	board_id    TEXT NOT NULL REFERENCES boards (id),
	name        TEXT NOT NULL CHECK (name <> ''),
	title       TEXT NOT NULL CHECK (title <> ''),
	description TEXT NOT NULL DEFAULT '',
	estimate    BIGINT NOT NULL DEFAULT 0 CHECK (estimate >= 0), -- minutes
	priority    BIGINT NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 4),
	due_in      BIGINT CHECK (due_in BETWEEN 0 AND 3650), -- days after the task is made; NULL: it is never due
	needs_file  BOOLEAN NOT NULL DEFAULT FALSE,
	owners      TEXT NOT NULL DEFAULT '', -- IDs, a space between; some may have left
	labels      TEXT NOT NULL DEFAULT '', -- the same; some may be gone
	items       TEXT NOT NULL DEFAULT '', -- of the checklist, one a line: "! " before a required one, "- " before others
	held        TEXT NOT NULL DEFAULT '', -- JSON: what it holds in fields, by their IDs
	asks        TEXT NOT NULL DEFAULT '', -- JSON: whom it asks for approval; empty: nobody
	created_at  {{.Time}} NOT NULL
);
CREATE INDEX patterns_by_board ON patterns (board_id);
