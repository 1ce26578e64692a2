-- Approvals: a task may ask for the consent of somebody who did not do the work.

ALTER TABLE tasks ADD COLUMN approval TEXT NOT NULL DEFAULT '' CHECK (approval IN ('', 'asked', 'approved', 'rejected', 'fallen'));

-- Whom a task asks: named people, whoever has a role, or both; one of them or all.
CREATE TABLE approvals (
	task_id  TEXT NOT NULL PRIMARY KEY REFERENCES tasks (id),
	team_id  TEXT NOT NULL REFERENCES teams (id),
	role     TEXT NOT NULL DEFAULT '' CHECK (role IN ('', 'manager', 'owner')),
	mode     TEXT NOT NULL CHECK (mode IN ('any', 'all')),
	note     TEXT NOT NULL DEFAULT '',
	asked_by TEXT NOT NULL,
	asked_at {{.Time}} NOT NULL,
	fell_seq BIGINT NOT NULL DEFAULT 0 -- the entry that changed what was approved; 0: it has not fallen
);

CREATE TABLE approvers (
	task_id TEXT NOT NULL REFERENCES tasks (id),
	user_id TEXT NOT NULL REFERENCES users (id),
	PRIMARY KEY (task_id, user_id)
);

CREATE TABLE approval_answers (
	task_id     TEXT NOT NULL REFERENCES tasks (id),
	user_id     TEXT NOT NULL REFERENCES users (id),
	approved    BOOLEAN NOT NULL,
	comment     TEXT NOT NULL DEFAULT '',
	answered_at {{.Time}} NOT NULL,
	PRIMARY KEY (task_id, user_id)
);
