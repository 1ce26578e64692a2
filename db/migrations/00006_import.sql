-- A file that somebody wants to make a board of, kept while they decide how to.
-- It is theirs alone, and forgotten when the board is made or the time is over.
CREATE TABLE imports (
	id         TEXT NOT NULL PRIMARY KEY,
	team_id    TEXT NOT NULL REFERENCES teams (id),
	user_id    TEXT NOT NULL REFERENCES users (id),
	name       TEXT NOT NULL,        -- of the file
	data       {{.Bytes}} NOT NULL,  -- the file, gzipped
	mapping    TEXT NOT NULL,        -- what they decided so far, as JSON; empty: nothing
	created_at {{.Time}} NOT NULL,
	expires_at {{.Time}} NOT NULL,
	UNIQUE (team_id, user_id)
);
CREATE INDEX imports_by_expiry ON imports (expires_at);
