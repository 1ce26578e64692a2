-- What a task holds besides its fields: a checklist, comments, labels.

CREATE TABLE checklist_items (
	id         TEXT NOT NULL PRIMARY KEY,
	task_id    TEXT NOT NULL REFERENCES tasks (id),
	team_id    TEXT NOT NULL REFERENCES teams (id),
	text       TEXT NOT NULL CHECK (text <> ''),
	owner_id   TEXT NOT NULL DEFAULT '', -- empty: nobody
	due        TEXT NOT NULL DEFAULT '' CHECK (due = '' OR length(due) = 10), -- YYYY-MM-DD
	required   BOOLEAN NOT NULL DEFAULT FALSE,
	position   {{.Rank}} NOT NULL,
	ticked_at  {{.Time}},
	ticked_by  TEXT NOT NULL DEFAULT '',
	became_id  TEXT NOT NULL DEFAULT '', -- the task that it was turned into
	created_at {{.Time}} NOT NULL,
	CHECK ((ticked_at IS NOT NULL) = (ticked_by <> ''))
);
CREATE INDEX checklist_items_by_place ON checklist_items (task_id, position, id);
CREATE INDEX checklist_items_by_task_made ON checklist_items (became_id) WHERE became_id <> '';

CREATE TABLE comments (
	id         TEXT NOT NULL PRIMARY KEY,
	task_id    TEXT NOT NULL REFERENCES tasks (id),
	team_id    TEXT NOT NULL REFERENCES teams (id),
	author_id  TEXT NOT NULL REFERENCES users (id),
	body       TEXT NOT NULL CHECK (body <> ''), -- Markdown
	mentions   TEXT NOT NULL DEFAULT '', -- IDs of people, a space between
	created_at {{.Time}} NOT NULL,
	edited_at  {{.Time}}
);
CREATE INDEX comments_by_task ON comments (task_id, id);

CREATE TABLE labels (
	id       TEXT NOT NULL PRIMARY KEY,
	board_id TEXT NOT NULL REFERENCES boards (id),
	name     TEXT NOT NULL CHECK (name <> ''),
	colour   TEXT NOT NULL,
	icon     TEXT NOT NULL,
	UNIQUE (board_id, name)
);

CREATE TABLE task_labels (
	task_id  TEXT NOT NULL REFERENCES tasks (id),
	label_id TEXT NOT NULL REFERENCES labels (id),
	PRIMARY KEY (task_id, label_id)
);
CREATE INDEX task_labels_by_label ON task_labels (label_id);
