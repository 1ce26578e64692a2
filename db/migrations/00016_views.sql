-- Ways to look at a board that have a name: a person's own, which are their own
-- business, or shared with all who see the board, which are in the log.
CREATE TABLE views (
	id         TEXT NOT NULL PRIMARY KEY,
	board_id   TEXT NOT NULL REFERENCES boards (id),
	user_id    TEXT REFERENCES users (id), -- whose own it is; NULL: shared
	name       TEXT NOT NULL CHECK (name <> ''),
	face       TEXT NOT NULL CHECK (face <> ''), -- board, table …
	query      TEXT NOT NULL DEFAULT '',         -- the rest of its address
	created_at {{.Time}} NOT NULL
);
CREATE INDEX views_by_board ON views (board_id, user_id);

-- The view that a board opens with for somebody who asks for nothing else.
CREATE TABLE view_defaults (
	user_id  TEXT NOT NULL REFERENCES users (id),
	board_id TEXT NOT NULL REFERENCES boards (id),
	view_id  TEXT NOT NULL REFERENCES views (id) ON DELETE CASCADE,
	PRIMARY KEY (user_id, board_id)
);
CREATE INDEX view_defaults_by_view ON view_defaults (view_id);
