-- The log by its words: what entries name, what was changed from and to, and the reasons
-- that people gave. Kept by triggers, in the transaction of the entry itself.

{{if .SQLite -}}
-- An entry stands in the index under its log's number times 2^40, plus its own: so one log
-- is a range of it, in the order of its entries.
CREATE TABLE log_numbers (
	id     INTEGER PRIMARY KEY,
	log_id TEXT NOT NULL UNIQUE
);
INSERT INTO log_numbers (log_id) SELECT id FROM logs ORDER BY id;
CREATE TRIGGER logs_number AFTER INSERT ON logs BEGIN INSERT INTO log_numbers (log_id) VALUES (NEW.id); END;

CREATE VIRTUAL TABLE entry_words USING fts5(
	words, content = '', contentless_delete = 1, detail = none, tokenize = 'unicode61 remove_diacritics 2');

CREATE VIEW entry_texts AS
	SELECT e.log_id, e.seq, n.id * 1099511627776 + e.seq AS place, substr(concat_ws(' ',
		json_extract(e.data, '$.subject.name'), json_extract(e.data, '$.task.name'), json_extract(e.data, '$.reason'),
		(SELECT group_concat(concat_ws(' ',
				coalesce(nullif(json_extract(c.value, '$.from_text'), ''), json_extract(c.value, '$.from')),
				coalesce(nullif(json_extract(c.value, '$.to_text'), ''), json_extract(c.value, '$.to'))), ' ')
			FROM json_each(e.data, '$.changes') c)), 1, 200000) AS words
	FROM entries e JOIN log_numbers n ON n.log_id = e.log_id;

INSERT INTO entry_words (rowid, words) SELECT place, words FROM entry_texts ORDER BY place;
CREATE TRIGGER entries_words AFTER INSERT ON entries WHEN json_valid(NEW.data) BEGIN
	INSERT INTO entry_words (rowid, words) SELECT place, words FROM entry_texts WHERE log_id = NEW.log_id AND seq = NEW.seq;
END;
CREATE TRIGGER entries_words_update AFTER UPDATE OF data ON entries WHEN json_valid(NEW.data) BEGIN
	DELETE FROM entry_words WHERE rowid = (SELECT id FROM log_numbers WHERE log_id = NEW.log_id) * 1099511627776 + NEW.seq;
	INSERT INTO entry_words (rowid, words) SELECT place, words FROM entry_texts WHERE log_id = NEW.log_id AND seq = NEW.seq;
END;
{{- else -}}
CREATE TABLE entry_words (
	log_id TEXT NOT NULL,
	seq    BIGINT NOT NULL,
	vector TSVECTOR NOT NULL,
	PRIMARY KEY (log_id, seq)
);
CREATE INDEX entry_words_by_word ON entry_words USING gin (vector);

CREATE FUNCTION entry_vector(data TEXT) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE AS $$
	SELECT to_tsvector('simple', search_fold(left(concat_ws(' ', e->'subject'->>'name', e->'task'->>'name', e->>'reason',
		(SELECT string_agg(concat_ws(' ', coalesce(nullif(c->>'from_text', ''), c->>'from'), coalesce(nullif(c->>'to_text', ''), c->>'to')), ' ')
			FROM json_array_elements(e->'changes') c)), 200000)))
	FROM (SELECT data::json AS e) x
$$;
INSERT INTO entry_words (log_id, seq, vector) SELECT log_id, seq, entry_vector(data) FROM entries;

CREATE FUNCTION entries_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	INSERT INTO entry_words (log_id, seq, vector) VALUES (NEW.log_id, NEW.seq, entry_vector(NEW.data))
		ON CONFLICT (log_id, seq) DO UPDATE SET vector = EXCLUDED.vector;
	RETURN NULL;
END $$;
CREATE TRIGGER entries_words AFTER INSERT OR UPDATE OF data ON entries FOR EACH ROW EXECUTE FUNCTION entries_words();
{{- end}}
