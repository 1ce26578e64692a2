-- Templates of workflows, and what is started of them.

CREATE TABLE templates (
	id          TEXT NOT NULL PRIMARY KEY,
	team_id     TEXT NOT NULL REFERENCES teams (id),
	name        TEXT NOT NULL CHECK (name <> ''),
	shipped     TEXT NOT NULL DEFAULT '', -- which of those that come with the program it was made of
	draft       TEXT NOT NULL,            -- YAML; it may be wrong yet
	published   BIGINT NOT NULL DEFAULT 0 CHECK (published >= 0), -- number of the newest version; 0: none
	created_by  TEXT NOT NULL,
	created_at  {{.Time}} NOT NULL,
	updated_at  {{.Time}} NOT NULL,
	archived_at {{.Time}},
	version     BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX templates_by_team ON templates (team_id, id);

-- What was published stays as it is, for runs are held to it.
CREATE TABLE template_versions (
	template_id  TEXT NOT NULL REFERENCES templates (id),
	number       BIGINT NOT NULL CHECK (number > 0),
	source       TEXT NOT NULL, -- YAML without an error in it
	published_by TEXT NOT NULL,
	published_at {{.Time}} NOT NULL,
	PRIMARY KEY (template_id, number)
);

{{if .SQLite -}}
CREATE TRIGGER template_versions_no_update BEFORE UPDATE ON template_versions BEGIN SELECT RAISE(ABORT, 'versions are final'); END;
CREATE TRIGGER template_versions_no_delete BEFORE DELETE ON template_versions BEGIN SELECT RAISE(ABORT, 'versions are final'); END;
CREATE TRIGGER template_versions_no_replace BEFORE INSERT ON template_versions
	WHEN EXISTS (SELECT 1 FROM template_versions WHERE template_id = NEW.template_id AND number = NEW.number)
	BEGIN SELECT RAISE(ABORT, 'versions are final'); END;
{{- else -}}
CREATE FUNCTION versions_final() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN RAISE EXCEPTION 'versions are final'; END $$;
CREATE TRIGGER template_versions_final BEFORE UPDATE OR DELETE OR TRUNCATE ON template_versions EXECUTE FUNCTION versions_final();
{{- end}}

CREATE TABLE runs (
	id               TEXT NOT NULL PRIMARY KEY,
	team_id          TEXT NOT NULL REFERENCES teams (id),
	template_id      TEXT NOT NULL REFERENCES templates (id),
	template_version BIGINT NOT NULL,
	board_id         TEXT NOT NULL REFERENCES boards (id), -- on which its tasks were made
	name             TEXT NOT NULL CHECK (name <> ''),
	state            TEXT NOT NULL CHECK (state IN ('running', 'paused', 'cancelled', 'withdrawn')),
	answers          TEXT NOT NULL, -- to the inputs: JSON, by input
	roles            TEXT NOT NULL, -- who plays which: JSON, by role
	starts           TEXT NOT NULL CHECK (length(starts) = 10), -- YYYY-MM-DD
	ends             TEXT NOT NULL DEFAULT '' CHECK (ends = '' OR length(ends) = 10),
	created_by       TEXT NOT NULL,
	created_at       {{.Time}} NOT NULL,
	version          BIGINT NOT NULL DEFAULT 0,
	FOREIGN KEY (template_id, template_version) REFERENCES template_versions (template_id, number)
);
CREATE INDEX runs_by_template ON runs (template_id, id);
CREATE INDEX runs_by_team ON runs (team_id, id);

-- wanted: '' as long as the step's condition holds or is open, 'no' when it falls, 'anyway'
-- when somebody moved it all the same, 'dropped' when it was left out of this run.
ALTER TABLE tasks ADD COLUMN run_id TEXT NOT NULL DEFAULT '';
ALTER TABLE tasks ADD COLUMN step TEXT NOT NULL DEFAULT '';
ALTER TABLE tasks ADD COLUMN wanted TEXT NOT NULL DEFAULT '' CHECK (wanted IN ('', 'no', 'anyway', 'dropped'));
ALTER TABLE tasks ADD COLUMN skipped BOOLEAN NOT NULL DEFAULT FALSE CHECK (NOT skipped OR state = 'cancelled');
CREATE UNIQUE INDEX tasks_of_steps ON tasks (run_id, step) WHERE run_id <> '';
CREATE INDEX tasks_by_run ON tasks (run_id); -- the one above is of no use to SQLite for a run that it does not know yet

-- What was filled in for a step; nothing where nothing was.
CREATE TABLE step_values (
	task_id TEXT NOT NULL REFERENCES tasks (id) ON DELETE CASCADE,
	field   TEXT NOT NULL CHECK (field <> ''),
	value   TEXT NOT NULL CHECK (value <> ''),
	PRIMARY KEY (task_id, field)
);
