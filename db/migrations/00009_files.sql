-- Files of tasks. What is in them is kept once for each team, in parts, so that
-- neither keeping nor sending a file holds it whole in memory, and keeping one
-- holds up nobody else for longer than a part takes.

ALTER TABLE tasks ADD COLUMN needs_file BOOLEAN NOT NULL DEFAULT FALSE; -- before it is done
ALTER TABLE teams ADD COLUMN stored BIGINT NOT NULL DEFAULT 0; -- bytes of its sealed blobs

CREATE TABLE blobs (
	id         TEXT NOT NULL PRIMARY KEY,
	team_id    TEXT NOT NULL REFERENCES teams (id),
	sha256     TEXT NOT NULL CHECK (length(sha256) = 64), -- of what is in it, in hex
	size       BIGINT NOT NULL CHECK (size >= 0),
	sealed     BOOLEAN NOT NULL DEFAULT FALSE, -- it is whole, and files refer to it
	expires_at {{.Time}}, -- of one that is not sealed: from then on it is forgotten, part by part
	CHECK (sealed = (expires_at IS NULL))
);
CREATE UNIQUE INDEX blobs_by_content ON blobs (team_id, sha256) WHERE sealed;
CREATE INDEX blobs_by_expiry ON blobs (expires_at) WHERE expires_at IS NOT NULL;

CREATE TABLE blob_parts (
	blob_id TEXT NOT NULL REFERENCES blobs (id),
	n       INTEGER NOT NULL, -- from 0; each but the last is 256 KiB
	data    {{.Bytes}} NOT NULL,
	PRIMARY KEY (blob_id, n)
);
{{if not .SQLite}}ALTER TABLE blob_parts ALTER COLUMN data SET STORAGE EXTERNAL; -- most files are compressed already
{{end}}
CREATE TABLE thumbnails (
	blob_id TEXT NOT NULL PRIMARY KEY REFERENCES blobs (id),
	type    TEXT NOT NULL,
	width   INTEGER NOT NULL,
	height  INTEGER NOT NULL,
	data    {{.Bytes}} NOT NULL
);

CREATE TABLE attachments (
	id          TEXT NOT NULL PRIMARY KEY,
	task_id     TEXT NOT NULL REFERENCES tasks (id),
	team_id     TEXT NOT NULL REFERENCES teams (id),
	blob_id     TEXT NOT NULL REFERENCES blobs (id),
	name        TEXT NOT NULL CHECK (name <> ''),
	size        BIGINT NOT NULL,
	type        TEXT NOT NULL, -- media type under which it is served
	sha256      TEXT NOT NULL,
	created_by  TEXT NOT NULL REFERENCES users (id),
	created_at  {{.Time}} NOT NULL,
	removed_at  {{.Time}}, -- it can be brought back until it is purged
	removed_by  TEXT NOT NULL DEFAULT '',
	removed_seq BIGINT NOT NULL DEFAULT 0, -- the entry that removed it
	CHECK ((removed_at IS NULL) = (removed_seq = 0))
);
CREATE INDEX attachments_by_task ON attachments (task_id, created_at, id);
CREATE INDEX attachments_by_blob ON attachments (blob_id);
CREATE INDEX attachments_removed ON attachments (removed_at) WHERE removed_at IS NOT NULL;

-- Names of files are found by their words, as long as the file is there.
{{if .SQLite -}}
CREATE TRIGGER files_search_insert AFTER INSERT ON attachments WHEN NEW.removed_at IS NULL BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'file', NEW.id, id, team_id, board_id, '', NEW.name FROM tasks WHERE id = NEW.task_id;
END;
CREATE TRIGGER files_search_update AFTER UPDATE OF name, task_id, removed_at ON attachments WHEN NEW.removed_at IS NULL BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'file', NEW.id, id, team_id, board_id, '', NEW.name FROM tasks WHERE id = NEW.task_id;
END;
CREATE TRIGGER files_search_remove AFTER UPDATE OF removed_at ON attachments WHEN NEW.removed_at IS NOT NULL BEGIN
	DELETE FROM search_text WHERE kind = 'file' AND ref = NEW.id;
END;
CREATE TRIGGER files_search_delete AFTER DELETE ON attachments BEGIN
	DELETE FROM search_text WHERE kind = 'file' AND ref = OLD.id;
END;
CREATE TRIGGER tasks_search_files AFTER UPDATE OF board_id ON tasks WHEN NEW.board_id <> OLD.board_id BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'file', id, NEW.id, NEW.team_id, NEW.board_id, '', name FROM attachments WHERE task_id = NEW.id AND removed_at IS NULL;
END;
{{- else -}}
CREATE FUNCTION files_search() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF TG_OP = 'DELETE' THEN
		PERFORM search_drop('file', OLD.id);
	ELSIF NEW.removed_at IS NOT NULL THEN
		PERFORM search_drop('file', NEW.id);
	ELSE
		PERFORM search_put('file', NEW.id, id, team_id, board_id, '', NEW.name) FROM tasks WHERE id = NEW.task_id;
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER files_search AFTER INSERT OR DELETE OR UPDATE OF name, task_id, removed_at ON attachments FOR EACH ROW EXECUTE FUNCTION files_search();
CREATE FUNCTION tasks_search_files() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	PERFORM search_put('file', id, NEW.id, NEW.team_id, NEW.board_id, '', name) FROM attachments WHERE task_id = NEW.id AND removed_at IS NULL;
	RETURN NULL;
END $$;
CREATE TRIGGER tasks_search_files AFTER UPDATE OF board_id ON tasks FOR EACH ROW WHEN (NEW.board_id <> OLD.board_id) EXECUTE FUNCTION tasks_search_files();
{{- end}}
