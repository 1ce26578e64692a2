-- Links by which somebody without an account does one step of one run.

CREATE TABLE step_links (
	id         TEXT NOT NULL PRIMARY KEY,
	team_id    TEXT NOT NULL REFERENCES teams (id),
	task_id    TEXT NOT NULL REFERENCES tasks (id),
	hash       {{.Bytes}} NOT NULL UNIQUE, -- SHA-256 of the token in the link
	whom       TEXT NOT NULL CHECK (whom <> ''),
	created_by TEXT NOT NULL,
	created_at {{.Time}} NOT NULL,
	expires_at {{.Time}} NOT NULL,
	used_at    {{.Time}}, -- the step was done through it
	revoked_at {{.Time}}
);
CREATE INDEX step_links_by_task ON step_links (task_id, id);
