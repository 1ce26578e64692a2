-- What is found by its words, and who wants no shortcuts.

ALTER TABLE users ADD COLUMN no_shortcuts BOOLEAN NOT NULL DEFAULT FALSE;

-- The index is kept by triggers, in the transaction of whatever changed the text,
-- so that no road misses it; and only when text changes: a move costs nothing. It
-- says where words are; whether somebody may see them, and whether they are
-- deleted, the task's own row says.
--
-- Another kind of text joins by three triggers of its own: on INSERT and on UPDATE
-- OF what it says they put it, on DELETE they drop it.

{{if .SQLite -}}
-- A changed text gets a new id, so that a higher one was written later.
CREATE TABLE search_docs (
	id      INTEGER PRIMARY KEY AUTOINCREMENT,
	kind    TEXT NOT NULL, -- task, or a part of one
	ref     TEXT NOT NULL, -- its ID
	task_id TEXT NOT NULL,
	UNIQUE (kind, ref)
);
CREATE INDEX search_docs_by_task ON search_docs (task_id);

-- In scope stand the team as t… and the board as b…, IDs without hyphens.
CREATE VIRTUAL TABLE search_index USING fts5(
	title, body, scope, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE search_words USING fts5vocab(search_index, row);

-- To put: insert into search_text. To drop: delete from it.
CREATE VIEW search_text AS
	SELECT kind, ref, task_id, '' AS team_id, '' AS board_id, '' AS title, '' AS body FROM search_docs;
CREATE TRIGGER search_put INSTEAD OF INSERT ON search_text BEGIN
	DELETE FROM search_index WHERE rowid = (SELECT id FROM search_docs WHERE kind = NEW.kind AND ref = NEW.ref);
	DELETE FROM search_docs WHERE kind = NEW.kind AND ref = NEW.ref;
	INSERT INTO search_docs (kind, ref, task_id) VALUES (NEW.kind, NEW.ref, NEW.task_id);
	INSERT INTO search_index (rowid, title, body, scope)
		SELECT id, NEW.title, NEW.body, 't' || replace(NEW.team_id, '-', '') || ' b' || replace(NEW.board_id, '-', '')
		FROM search_docs WHERE kind = NEW.kind AND ref = NEW.ref;
END;
CREATE TRIGGER search_drop INSTEAD OF DELETE ON search_text BEGIN
	DELETE FROM search_index WHERE rowid = (SELECT id FROM search_docs WHERE kind = OLD.kind AND ref = OLD.ref);
	DELETE FROM search_docs WHERE kind = OLD.kind AND ref = OLD.ref;
END;

CREATE TRIGGER tasks_search_insert AFTER INSERT ON tasks BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		VALUES ('task', NEW.id, NEW.id, NEW.team_id, NEW.board_id, NEW.title, NEW.description);
END;
CREATE TRIGGER tasks_search_update AFTER UPDATE OF title, description, board_id ON tasks BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		VALUES ('task', NEW.id, NEW.id, NEW.team_id, NEW.board_id, NEW.title, NEW.description);
END;
CREATE TRIGGER tasks_search_delete AFTER DELETE ON tasks BEGIN
	DELETE FROM search_text WHERE kind = 'task' AND ref = OLD.id;
END;

CREATE TRIGGER items_search_insert AFTER INSERT ON checklist_items BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'item', NEW.id, id, team_id, board_id, '', NEW.text FROM tasks WHERE id = NEW.task_id;
END;
CREATE TRIGGER items_search_update AFTER UPDATE OF text, task_id ON checklist_items BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'item', NEW.id, id, team_id, board_id, '', NEW.text FROM tasks WHERE id = NEW.task_id;
END;
CREATE TRIGGER items_search_delete AFTER DELETE ON checklist_items BEGIN
	DELETE FROM search_text WHERE kind = 'item' AND ref = OLD.id;
END;
CREATE TRIGGER comments_search_insert AFTER INSERT ON comments BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'comment', NEW.id, id, team_id, board_id, '', NEW.body FROM tasks WHERE id = NEW.task_id;
END;
CREATE TRIGGER comments_search_update AFTER UPDATE OF body, task_id ON comments BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'comment', NEW.id, id, team_id, board_id, '', NEW.body FROM tasks WHERE id = NEW.task_id;
END;
CREATE TRIGGER comments_search_delete AFTER DELETE ON comments BEGIN
	DELETE FROM search_text WHERE kind = 'comment' AND ref = OLD.id;
END;
-- What belongs to a task goes with it to another board.
CREATE TRIGGER tasks_search_board AFTER UPDATE OF board_id ON tasks WHEN NEW.board_id <> OLD.board_id BEGIN
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'item', id, NEW.id, NEW.team_id, NEW.board_id, '', text FROM checklist_items WHERE task_id = NEW.id;
	INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
		SELECT 'comment', id, NEW.id, NEW.team_id, NEW.board_id, '', body FROM comments WHERE task_id = NEW.id;
END;

INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
	SELECT 'task', id, id, team_id, board_id, title, description FROM tasks ORDER BY created_at, id;
INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
	SELECT 'item', i.id, t.id, t.team_id, t.board_id, '', i.text FROM checklist_items i JOIN tasks t ON t.id = i.task_id ORDER BY i.id;
INSERT INTO search_text (kind, ref, task_id, team_id, board_id, title, body)
	SELECT 'comment', c.id, t.id, t.team_id, t.board_id, '', c.body FROM comments c JOIN tasks t ON t.id = c.task_id ORDER BY c.id;
{{- else -}}
-- Letters without their marks, and a space for whatever is neither letter nor digit.
CREATE FUNCTION search_fold(t TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT lower(regexp_replace(regexp_replace(normalize(t, NFD), '[\u0300-\u036f]', '', 'g'),
		'[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f]+', ' ', 'g'))
$$;

-- A changed text gets a new id, so that a higher one was written later. In vector
-- stand the team as t… and the board as b…, IDs without hyphens, with weight D; a
-- title has weight A, what else there is B.
CREATE TABLE search_docs (
	id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	kind    TEXT NOT NULL, -- task, or a part of one
	ref     TEXT NOT NULL, -- its ID
	task_id TEXT NOT NULL,
	vector  TSVECTOR NOT NULL,
	UNIQUE (kind, ref)
);
CREATE INDEX search_docs_by_task ON search_docs (task_id);
CREATE INDEX search_docs_by_word ON search_docs USING gin (vector);

-- The words that a team uses, for those that are mistyped.
CREATE TABLE search_words (
	team_id TEXT NOT NULL,
	term    TEXT COLLATE "C" NOT NULL,
	PRIMARY KEY (team_id, term)
);

CREATE FUNCTION search_put(a_kind TEXT, a_ref TEXT, a_task TEXT, a_team TEXT, a_board TEXT, a_title TEXT, a_body TEXT) RETURNS void LANGUAGE plpgsql AS $$
	DECLARE said TSVECTOR := setweight(to_tsvector('simple', search_fold(a_title)), 'A') || setweight(to_tsvector('simple', search_fold(a_body)), 'B');
	BEGIN
		DELETE FROM search_docs WHERE kind = a_kind AND ref = a_ref;
		INSERT INTO search_docs (kind, ref, task_id, vector) VALUES (a_kind, a_ref, a_task,
			said || to_tsvector('simple', 't' || replace(a_team, '-', '') || ' b' || replace(a_board, '-', '')));
		INSERT INTO search_words (team_id, term)
			SELECT a_team, lexeme FROM unnest(said) WHERE length(lexeme) BETWEEN 3 AND 30 ORDER BY lexeme ON CONFLICT DO NOTHING;
	END $$;
CREATE FUNCTION search_drop(a_kind TEXT, a_ref TEXT) RETURNS void LANGUAGE sql AS
	$$ DELETE FROM search_docs WHERE kind = a_kind AND ref = a_ref $$;

CREATE FUNCTION tasks_search() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF TG_OP = 'DELETE' THEN
		PERFORM search_drop('task', OLD.id);
	ELSE
		PERFORM search_put('task', NEW.id, NEW.id, NEW.team_id, NEW.board_id, NEW.title, NEW.description);
		-- What belongs to a task goes with it to another board.
		IF TG_OP = 'UPDATE' AND NEW.board_id <> OLD.board_id THEN
			PERFORM search_put('item', id, NEW.id, NEW.team_id, NEW.board_id, '', text) FROM checklist_items WHERE task_id = NEW.id;
			PERFORM search_put('comment', id, NEW.id, NEW.team_id, NEW.board_id, '', body) FROM comments WHERE task_id = NEW.id;
		END IF;
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER tasks_search AFTER INSERT OR DELETE OR UPDATE OF title, description, board_id ON tasks FOR EACH ROW EXECUTE FUNCTION tasks_search();

CREATE FUNCTION items_search() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF TG_OP = 'DELETE' THEN
		PERFORM search_drop('item', OLD.id);
	ELSE
		PERFORM search_put('item', NEW.id, id, team_id, board_id, '', NEW.text) FROM tasks WHERE id = NEW.task_id;
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER items_search AFTER INSERT OR DELETE OR UPDATE OF text, task_id ON checklist_items FOR EACH ROW EXECUTE FUNCTION items_search();

CREATE FUNCTION comments_search() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF TG_OP = 'DELETE' THEN
		PERFORM search_drop('comment', OLD.id);
	ELSE
		PERFORM search_put('comment', NEW.id, id, team_id, board_id, '', NEW.body) FROM tasks WHERE id = NEW.task_id;
	END IF;
	RETURN NULL;
END $$;
CREATE TRIGGER comments_search AFTER INSERT OR DELETE OR UPDATE OF body, task_id ON comments FOR EACH ROW EXECUTE FUNCTION comments_search();

SELECT search_put('task', id, id, team_id, board_id, title, description) FROM (SELECT * FROM tasks ORDER BY created_at, id) AS tasks;
SELECT search_put('item', i.id, t.id, t.team_id, t.board_id, '', i.text) FROM checklist_items i JOIN tasks t ON t.id = i.task_id;
SELECT search_put('comment', c.id, t.id, t.team_id, t.board_id, '', c.body) FROM comments c JOIN tasks t ON t.id = c.task_id;
{{- end}}
