-- Whom what happens to a task concerns, and what they want to hear of it. All of
-- this is a person's own; it goes with their membership, and with the task.

CREATE TABLE task_watchers (
	task_id    TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
	user_id    TEXT NOT NULL,
	team_id    TEXT NOT NULL,
	created_at {{.Time}} NOT NULL,
	PRIMARY KEY (task_id, user_id),
	FOREIGN KEY (team_id, user_id) REFERENCES memberships (team_id, user_id) ON DELETE CASCADE
);
CREATE INDEX task_watchers_by_person ON task_watchers (user_id, team_id);

CREATE TABLE board_watchers (
	board_id   TEXT NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
	user_id    TEXT NOT NULL,
	team_id    TEXT NOT NULL,
	created_at {{.Time}} NOT NULL,
	PRIMARY KEY (board_id, user_id),
	FOREIGN KEY (team_id, user_id) REFERENCES memberships (team_id, user_id) ON DELETE CASCADE
);
CREATE INDEX board_watchers_by_person ON board_watchers (user_id, team_id);

-- Nothing of these reaches the person.
CREATE TABLE muted_tasks (
	user_id    TEXT NOT NULL,
	task_id    TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
	team_id    TEXT NOT NULL,
	created_at {{.Time}} NOT NULL,
	PRIMARY KEY (user_id, task_id),
	FOREIGN KEY (team_id, user_id) REFERENCES memberships (team_id, user_id) ON DELETE CASCADE
);
CREATE INDEX muted_tasks_by_task ON muted_tasks (task_id);
CREATE INDEX muted_tasks_by_member ON muted_tasks (team_id, user_id);

CREATE TABLE muted_boards (
	user_id    TEXT NOT NULL,
	board_id   TEXT NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
	team_id    TEXT NOT NULL,
	created_at {{.Time}} NOT NULL,
	PRIMARY KEY (user_id, board_id),
	FOREIGN KEY (team_id, user_id) REFERENCES memberships (team_id, user_id) ON DELETE CASCADE
);
CREATE INDEX muted_boards_by_board ON muted_boards (board_id);
CREATE INDEX muted_boards_by_member ON muted_boards (team_id, user_id);

-- What these tell until then waits until then.
CREATE TABLE snoozed_tasks (
	user_id    TEXT NOT NULL,
	task_id    TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
	team_id    TEXT NOT NULL,
	until      {{.Time}} NOT NULL,
	PRIMARY KEY (user_id, task_id),
	FOREIGN KEY (team_id, user_id) REFERENCES memberships (team_id, user_id) ON DELETE CASCADE
);
CREATE INDEX snoozed_tasks_by_task ON snoozed_tasks (task_id);
CREATE INDEX snoozed_tasks_by_member ON snoozed_tasks (team_id, user_id);

-- Which events a person wants to hear of, and how: one row for each that they have
-- chosen, by channel. The only channel so far is the inbox.
CREATE TABLE notice_choices (
	user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	kind    TEXT NOT NULL CHECK (kind <> ''),
	channel TEXT NOT NULL CHECK (channel <> ''),
	wanted  BOOLEAN NOT NULL,
	PRIMARY KEY (user_id, channel, kind)
);
ALTER TABLE users ADD COLUMN watches_commented BOOLEAN NOT NULL DEFAULT TRUE;

-- For which day the people of a time zone were told what is due.
CREATE TABLE due_rounds (
	zone TEXT NOT NULL PRIMARY KEY,
	day  TEXT NOT NULL CHECK (length(day) = 10) -- YYYY-MM-DD
);
CREATE INDEX tasks_by_due ON tasks (due) WHERE due <> '';

ALTER TABLE notices ADD COLUMN because TEXT NOT NULL DEFAULT ''; -- owner, watcher or board; empty: the kind says it
ALTER TABLE notices ADD COLUMN about TEXT NOT NULL DEFAULT '';   -- the day that one of time is about
ALTER TABLE notices ADD COLUMN place TEXT NOT NULL DEFAULT '';   -- in the inbox: its ID, or one of when it came back
ALTER TABLE notices ADD COLUMN cleared_at {{.Time}};
ALTER TABLE notices ADD COLUMN snoozed_until {{.Time}};
UPDATE notices SET place = id;
CREATE UNIQUE INDEX notices_once ON notices (user_id, task_id, kind, about) WHERE about <> '';
CREATE INDEX notices_unread ON notices (task_id) WHERE read_at IS NULL;
CREATE INDEX notices_snoozed ON notices (user_id, snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX notices_by_age ON notices (created_at);

-- Who has commented was told of further comments: they go on being.
INSERT INTO task_watchers (task_id, user_id, team_id, created_at)
	SELECT c.task_id, c.author_id, c.team_id, MIN(c.created_at) FROM comments c
	JOIN memberships m ON m.team_id = c.team_id AND m.user_id = c.author_id
	GROUP BY c.task_id, c.author_id, c.team_id;
