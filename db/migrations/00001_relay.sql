-- People and what they set.

CREATE TABLE users (
	id            TEXT NOT NULL PRIMARY KEY,
	email         TEXT NOT NULL UNIQUE CHECK (email <> ''),
	name          TEXT NOT NULL,
	password_hash TEXT NOT NULL,
	admin         BOOLEAN NOT NULL DEFAULT FALSE,
	lang          TEXT NOT NULL CHECK (lang IN ('en', 'es')),
	zone          TEXT NOT NULL CHECK (zone <> ''),
	created_at    {{.Time}} NOT NULL
);

CREATE TABLE sessions (
	hash       {{.Bytes}} NOT NULL PRIMARY KEY, -- SHA-256 of the token in the cookie
	user_id    TEXT REFERENCES users (id) ON DELETE CASCADE, -- NULL: nobody is signed in yet
	data       TEXT NOT NULL DEFAULT '',
	address    TEXT NOT NULL DEFAULT '',
	agent      TEXT NOT NULL DEFAULT '',
	created_at {{.Time}} NOT NULL,
	seen_at    {{.Time}} NOT NULL,
	expires_at {{.Time}} NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE settings (
	"key"   TEXT NOT NULL PRIMARY KEY,
	"value" TEXT NOT NULL
);

-- Teams.

CREATE TABLE teams (
	id         TEXT NOT NULL PRIMARY KEY,
	name       TEXT NOT NULL CHECK (name <> ''),
	zone       TEXT NOT NULL CHECK (zone <> ''),
	created_at {{.Time}} NOT NULL
);

CREATE TABLE memberships (
	team_id    TEXT NOT NULL REFERENCES teams (id),
	user_id    TEXT NOT NULL REFERENCES users (id),
	role       TEXT NOT NULL CHECK (role IN ('viewer', 'member', 'manager', 'owner')),
	created_at {{.Time}} NOT NULL,
	PRIMARY KEY (team_id, user_id)
);
CREATE INDEX memberships_by_user ON memberships (user_id);

CREATE TABLE invitations (
	id         TEXT NOT NULL PRIMARY KEY,
	team_id    TEXT NOT NULL REFERENCES teams (id),
	hash       {{.Bytes}} NOT NULL UNIQUE, -- SHA-256 of the token in the link
	role       TEXT NOT NULL CHECK (role IN ('viewer', 'member', 'manager', 'owner')),
	label      TEXT NOT NULL DEFAULT '',
	created_by TEXT NOT NULL,
	created_at {{.Time}} NOT NULL,
	expires_at {{.Time}} NOT NULL,
	revoked_at {{.Time}},
	uses       BIGINT NOT NULL DEFAULT 0,
	max_uses   BIGINT NOT NULL DEFAULT 0, -- 0: any number
	CHECK (max_uses = 0 OR uses <= max_uses)
);
CREATE INDEX invitations_by_team ON invitations (team_id, created_at);

-- Boards.

CREATE TABLE boards (
	id          TEXT NOT NULL PRIMARY KEY,
	team_id     TEXT NOT NULL REFERENCES teams (id),
	name        TEXT NOT NULL CHECK (name <> ''),
	"key"       TEXT NOT NULL CHECK ("key" <> ''),
	next_number BIGINT NOT NULL DEFAULT 1,
	sample      BOOLEAN NOT NULL DEFAULT FALSE,
	created_at  {{.Time}} NOT NULL,
	archived_at {{.Time}},
	version     BIGINT NOT NULL DEFAULT 0,
	UNIQUE (team_id, "key")
);

CREATE TABLE columns (
	id        TEXT NOT NULL PRIMARY KEY,
	board_id  TEXT NOT NULL REFERENCES boards (id),
	name      TEXT NOT NULL CHECK (name <> ''),
	state     TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'in_progress', 'in_review', 'done', 'cancelled')),
	wip_limit BIGINT NOT NULL DEFAULT 0 CHECK (wip_limit >= 0), -- 0: none
	wip_hard  BOOLEAN NOT NULL DEFAULT FALSE,
	position  {{.Rank}} NOT NULL,
	version   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX columns_by_place ON columns (board_id, position, id);

-- column_id is empty for a task that stands in no column, and then refers to nothing.
CREATE TABLE tasks (
	id              TEXT NOT NULL PRIMARY KEY,
	team_id         TEXT NOT NULL REFERENCES teams (id),
	board_id        TEXT NOT NULL REFERENCES boards (id),
	column_id       TEXT NOT NULL DEFAULT '',
	number          BIGINT NOT NULL CHECK (number > 0),
	title           TEXT NOT NULL CHECK (title <> ''),
	description     TEXT NOT NULL DEFAULT '',
	state           TEXT NOT NULL CHECK (state IN ('waiting', 'ready', 'in_progress', 'in_review', 'done', 'cancelled')),
	position        {{.Rank}} NOT NULL,
	due             TEXT NOT NULL DEFAULT '' CHECK (due = '' OR length(due) = 10), -- YYYY-MM-DD
	estimate        BIGINT NOT NULL DEFAULT 0 CHECK (estimate >= 0), -- minutes
	priority        BIGINT NOT NULL DEFAULT 0 CHECK (priority BETWEEN 0 AND 4),
	"join"          TEXT NOT NULL DEFAULT 'all' CHECK ("join" IN ('all', 'any')),
	not_before      {{.Time}},
	overridden      BOOLEAN NOT NULL DEFAULT FALSE,
	override_reason TEXT NOT NULL DEFAULT '',
	at_risk         BOOLEAN NOT NULL DEFAULT FALSE,
	blocked         BOOLEAN NOT NULL DEFAULT FALSE,
	blocked_reason  TEXT NOT NULL DEFAULT '',
	review_at       {{.Time}},
	done_at         {{.Time}},
	archived_at     {{.Time}},
	deleted_at      {{.Time}},
	moved_seq       BIGINT NOT NULL DEFAULT 0,
	moved_auto      BOOLEAN NOT NULL DEFAULT FALSE,
	moved_by        TEXT NOT NULL DEFAULT '',
	created_by      TEXT NOT NULL,
	created_at      {{.Time}} NOT NULL,
	updated_at      {{.Time}} NOT NULL,
	version         BIGINT NOT NULL DEFAULT 0,
	UNIQUE (board_id, number),
	CHECK ((done_at IS NOT NULL) = (state = 'done')),
	CHECK ((review_at IS NOT NULL) = (state IN ('in_review', 'done')))
);
CREATE INDEX tasks_by_place ON tasks (column_id, position, id);
CREATE INDEX tasks_by_change ON tasks (team_id, version);
CREATE INDEX tasks_by_state ON tasks (team_id, state);

CREATE TABLE task_owners (
	task_id TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
	user_id TEXT NOT NULL REFERENCES users (id),
	team_id TEXT NOT NULL REFERENCES teams (id),
	PRIMARY KEY (task_id, user_id)
);
CREATE INDEX task_owners_by_user ON task_owners (user_id, team_id);

CREATE TABLE dependencies (
	prerequisite_id TEXT NOT NULL REFERENCES tasks (id),
	dependent_id    TEXT NOT NULL REFERENCES tasks (id),
	team_id         TEXT NOT NULL REFERENCES teams (id),
	lag_amount      BIGINT NOT NULL DEFAULT 0 CHECK (lag_amount >= 0),
	lag_unit        TEXT NOT NULL DEFAULT '' CHECK (lag_unit IN ('', 'minutes', 'hours', 'days', 'working_days')),
	on_cancel       TEXT NOT NULL DEFAULT 'skip' CHECK (on_cancel IN ('skip', 'hold')),
	satisfied_at    TEXT NOT NULL DEFAULT 'done' CHECK (satisfied_at IN ('done', 'in_review')),
	created_at      {{.Time}} NOT NULL,
	PRIMARY KEY (prerequisite_id, dependent_id),
	CHECK (prerequisite_id <> dependent_id)
);
CREATE INDEX dependencies_by_dependent ON dependencies (dependent_id);
CREATE INDEX dependencies_by_team ON dependencies (team_id);

CREATE TABLE notices (
	id         TEXT NOT NULL PRIMARY KEY,
	user_id    TEXT NOT NULL REFERENCES users (id),
	team_id    TEXT NOT NULL REFERENCES teams (id),
	task_id    TEXT NOT NULL,
	kind       TEXT NOT NULL CHECK (kind <> ''),
	seq        BIGINT NOT NULL,
	created_at {{.Time}} NOT NULL,
	read_at    {{.Time}},
	UNIQUE (user_id, task_id, seq, kind)
);
CREATE INDEX notices_by_user ON notices (user_id, read_at, created_at);

-- The log. A row of logs is the lock under which a team's changes are numbered.
-- Entries refer to nothing by foreign key: they outlive what they speak of.

CREATE TABLE logs (
	id  TEXT NOT NULL PRIMARY KEY, -- a team's ID, or 'server'
	seq BIGINT NOT NULL DEFAULT 0  -- number of its last entry
);
INSERT INTO logs (id) VALUES ('server');

CREATE TABLE entries (
	log_id     TEXT NOT NULL,
	seq        BIGINT NOT NULL CHECK (seq > 0),
	at         {{.Time}} NOT NULL,
	actor_kind TEXT NOT NULL CHECK (actor_kind IN ('person', 'automation', 'system')),
	actor_id   TEXT NOT NULL DEFAULT '',
	action     TEXT NOT NULL CHECK (action <> ''),
	board_id   TEXT NOT NULL DEFAULT '',
	task_id    TEXT NOT NULL DEFAULT '',
	cause      BIGINT NOT NULL DEFAULT 0 CHECK (cause >= 0 AND cause < seq),
	data       TEXT NOT NULL,      -- the canonical bytes
	leaf       {{.Bytes}} NOT NULL CHECK (length(leaf) = 32), -- their hash
	PRIMARY KEY (log_id, seq)
);
CREATE INDEX entries_by_task ON entries (log_id, task_id, seq);
-- Some carry columns along that a reader filters by besides.
CREATE INDEX entries_by_board ON entries (log_id, board_id, seq, actor_id, action);
CREATE INDEX entries_by_actor ON entries (log_id, actor_id, seq, action);
CREATE INDEX entries_by_hand ON entries (log_id, seq) WHERE actor_id <> '';
CREATE INDEX entries_by_action ON entries (log_id, action, seq);

{{if .SQLite -}}
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries are final'); END;
CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries are final'); END;
-- INSERT OR REPLACE deletes without the trigger above.
CREATE TRIGGER entries_no_replace BEFORE INSERT ON entries
	WHEN EXISTS (SELECT 1 FROM entries WHERE log_id = NEW.log_id AND seq = NEW.seq)
	BEGIN SELECT RAISE(ABORT, 'entries are final'); END;
CREATE TRIGGER logs_no_delete BEFORE DELETE ON logs BEGIN SELECT RAISE(ABORT, 'a log is never removed'); END;
CREATE TRIGGER logs_no_rewind BEFORE UPDATE ON logs WHEN NEW.seq < OLD.seq OR NEW.id <> OLD.id
	BEGIN SELECT RAISE(ABORT, 'a log only grows'); END;
{{- else -}}
CREATE FUNCTION entries_final() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN RAISE EXCEPTION 'entries are final'; END $$;
CREATE TRIGGER entries_final BEFORE UPDATE OR DELETE OR TRUNCATE ON entries EXECUTE FUNCTION entries_final();
CREATE FUNCTION logs_final() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN RAISE EXCEPTION 'a log is never removed'; END $$;
CREATE TRIGGER logs_no_delete BEFORE DELETE OR TRUNCATE ON logs EXECUTE FUNCTION logs_final();
CREATE FUNCTION logs_grow() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN RAISE EXCEPTION 'a log only grows'; END $$;
CREATE TRIGGER logs_no_rewind BEFORE UPDATE ON logs FOR EACH ROW
	WHEN (NEW.seq < OLD.seq OR NEW.id <> OLD.id) EXECUTE FUNCTION logs_grow();
{{- end}}
