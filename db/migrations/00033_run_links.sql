-- Links by which a run's diagram is shown elsewhere, to be read and nothing more.

CREATE TABLE run_links (
	id         TEXT NOT NULL PRIMARY KEY,
	team_id    TEXT NOT NULL REFERENCES teams (id),
	run_id     TEXT NOT NULL REFERENCES runs (id),
	hash       {{.Bytes}} NOT NULL UNIQUE, -- SHA-256 of the token in the link
	place      TEXT NOT NULL CHECK (place <> ''), -- where it is shown, as its maker wrote it
	names      BOOLEAN NOT NULL, -- of people are shown
	created_by TEXT NOT NULL,
	created_at {{.Time}} NOT NULL,
	expires_at {{.Time}}, -- never, if there is none
	revoked_at {{.Time}}
);
CREATE INDEX run_links_by_run ON run_links (run_id, id);
