-- Custom fields: what a board's tasks hold besides what every task does.

CREATE TABLE fields (
	id       TEXT NOT NULL PRIMARY KEY,
	board_id TEXT NOT NULL REFERENCES boards (id),
	name     TEXT NOT NULL CHECK (name <> ''),
	kind     TEXT NOT NULL CHECK (kind IN ('text', 'number', 'date', 'choice', 'person', 'yes_no', 'url')),
	help     TEXT NOT NULL DEFAULT '',
	required BOOLEAN NOT NULL DEFAULT FALSE, -- empty, it keeps a task from being done
	on_card  BOOLEAN NOT NULL DEFAULT FALSE,
	position {{.Rank}} NOT NULL,
	UNIQUE (board_id, name)
);

CREATE TABLE field_options (
	id       TEXT NOT NULL PRIMARY KEY,
	field_id TEXT NOT NULL REFERENCES fields (id),
	name     TEXT NOT NULL CHECK (name <> ''),
	position {{.Rank}} NOT NULL,
	UNIQUE (field_id, name)
);

-- A field that a task has nothing in has no row.
CREATE TABLE task_fields (
	id       TEXT NOT NULL PRIMARY KEY,
	task_id  TEXT NOT NULL REFERENCES tasks (id),
	field_id TEXT NOT NULL REFERENCES fields (id),
	value    TEXT NOT NULL CHECK (value <> ''), -- as its kind writes it; the ID of an option or a person
	number   DOUBLE PRECISION,                  -- what a value of kind number says
	folded   TEXT NOT NULL DEFAULT '',          -- a text's value without case and accents, to be looked into
	UNIQUE (task_id, field_id)
);
CREATE INDEX task_fields_by_field ON task_fields (field_id);

-- Texts and addresses are found by their words.
{{if .SQLite -}}
CREATE TRIGGER task_fields_search_insert AFTER INSERT ON task_fields BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'field', NEW.id, t.id, t.team_id, t.board_id, '', NEW.value FROM tasks t JOIN fields f ON f.id = NEW.field_id
		WHERE t.id = NEW.task_id AND f.kind IN ('text', 'url');
END;
CREATE TRIGGER task_fields_search_update AFTER UPDATE OF value ON task_fields BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'field', NEW.id, t.id, t.team_id, t.board_id, '', NEW.value FROM tasks t JOIN fields f ON f.id = NEW.field_id
		WHERE t.id = NEW.task_id AND f.kind IN ('text', 'url');
END;
CREATE TRIGGER task_fields_search_delete AFTER DELETE ON task_fields BEGIN
	DELETE FROM search_text WHERE kind = 'field' AND ref = OLD.id;
END;
CREATE TRIGGER tasks_search_fields AFTER UPDATE OF board_id ON tasks WHEN NEW.board_id <> OLD.board_id BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'field', v.id, NEW.id, NEW.team_id, NEW.board_id, '', v.value FROM task_fields v JOIN fields f ON f.id = v.field_id
		WHERE v.task_id = NEW.id AND f.kind IN ('text', 'url');
END;
{{- else -}}
CREATE FUNCTION task_fields_search() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF TG_OP = 'DELETE' THEN
		PERFORM search_drop('field', OLD.id);
	ELSE
		PERFORM search_put('field', NEW.id, t.id, t.team_id, t.board_id, '', NEW.value) FROM tasks t JOIN fields f ON f.id = NEW.field_id
			WHERE t.id = NEW.task_id AND f.kind IN ('text', 'url');
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER task_fields_search AFTER INSERT OR DELETE OR UPDATE OF value ON task_fields FOR EACH ROW EXECUTE FUNCTION task_fields_search();

CREATE FUNCTION tasks_search_fields() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	PERFORM search_put('field', v.id, NEW.id, NEW.team_id, NEW.board_id, '', v.value) FROM task_fields v JOIN fields f ON f.id = v.field_id
		WHERE v.task_id = NEW.id AND f.kind IN ('text', 'url');
	RETURN NULL;
END $$;
CREATE TRIGGER tasks_search_fields AFTER UPDATE OF board_id ON tasks FOR EACH ROW WHEN (NEW.board_id <> OLD.board_id) EXECUTE FUNCTION tasks_search_fields();
{{- end}}
