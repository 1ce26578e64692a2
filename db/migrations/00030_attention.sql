-- Ways to ask the log that have a name: a person's own, which are their own business,
-- or shared with all who may read the log, which are in the log.
CREATE TABLE log_filters (
	id         TEXT NOT NULL PRIMARY KEY,
	team_id    TEXT NOT NULL REFERENCES teams (id),
	user_id    TEXT REFERENCES users (id), -- whose own it is; NULL: shared
	name       TEXT NOT NULL CHECK (name <> ''),
	query      TEXT NOT NULL, -- of the log's address
	created_at {{.Time}} NOT NULL
);
CREATE INDEX log_filters_by_team ON log_filters (team_id, user_id);

-- What a team has set otherwise of the rules that say what deserves a look.
CREATE TABLE attention_rules (
	team_id TEXT NOT NULL REFERENCES teams (id),
	rule    TEXT NOT NULL CHECK (rule <> ''),
	is_on   BOOLEAN NOT NULL,
	least   BIGINT NOT NULL CHECK (least > 0),            -- what it takes: a number of times, seconds or minutes
	opens   BIGINT NOT NULL CHECK (opens BETWEEN 0 AND 23),  -- hours of a working day
	closes  BIGINT NOT NULL CHECK (closes BETWEEN 1 AND 24),
	PRIMARY KEY (team_id, rule)
);

-- What managers made of what they looked at. Findings themselves are computed from
-- the log, so that a mark names its finding by rule and entry.
CREATE TABLE attention_marks (
	team_id TEXT NOT NULL REFERENCES teams (id),
	rule    TEXT NOT NULL CHECK (rule <> ''),
	seq     BIGINT NOT NULL CHECK (seq > 0), -- the entry by which the finding is known
	verdict TEXT NOT NULL CHECK (verdict IN ('fine', 'follow_up')),
	note    TEXT NOT NULL DEFAULT '',
	by_id   TEXT NOT NULL,
	by_name TEXT NOT NULL,
	at      {{.Time}} NOT NULL,
	PRIMARY KEY (team_id, rule, seq)
);
