-- Erasing a person: what they are called from then on, and what was taken out of the
-- logs. An entry of a log says the same of each entry that it erased something from;
-- a row here lets that be done, and finds it.
ALTER TABLE users ADD COLUMN erased BIGINT NOT NULL DEFAULT 0; -- number of their pseudonym; 0: they have not been erased
CREATE UNIQUE INDEX users_erased ON users (erased) WHERE erased > 0;

CREATE TABLE redactions (
	log_id TEXT NOT NULL,
	seq    BIGINT NOT NULL CHECK (seq > 0),        -- the entry
	by_seq BIGINT NOT NULL CHECK (by_seq > seq),   -- the entry that erased something from it
	PRIMARY KEY (log_id, seq, by_seq)
);

-- An entry may be written again in what it says, never in what it is found by nor in
-- its leaf, and only while the entry that says so is being written: once that is in
-- the log, its rows let nothing more be done.
{{if .SQLite -}}
DROP TRIGGER entries_no_update;
CREATE TRIGGER entries_no_update BEFORE UPDATE ON entries
	WHEN NEW.log_id <> OLD.log_id OR NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.actor_kind <> OLD.actor_kind OR NEW.actor_id <> OLD.actor_id
		OR NEW.action <> OLD.action OR NEW.board_id <> OLD.board_id OR NEW.task_id <> OLD.task_id OR NEW.cause <> OLD.cause OR NEW.leaf <> OLD.leaf
		OR NOT EXISTS (SELECT 1 FROM redactions r JOIN logs l ON l.id = r.log_id WHERE r.log_id = OLD.log_id AND r.seq = OLD.seq AND r.by_seq > l.seq)
	BEGIN SELECT RAISE(ABORT, 'entries are final'); END;
CREATE TRIGGER redactions_no_update BEFORE UPDATE ON redactions BEGIN SELECT RAISE(ABORT, 'redactions are final'); END;
CREATE TRIGGER redactions_no_delete BEFORE DELETE ON redactions BEGIN SELECT RAISE(ABORT, 'redactions are final'); END;
CREATE TRIGGER redactions_no_past BEFORE INSERT ON redactions
	WHEN NOT EXISTS (SELECT 1 FROM logs l WHERE l.id = NEW.log_id AND NEW.by_seq > l.seq)
	BEGIN SELECT RAISE(ABORT, 'redactions are of now'); END;
{{- else -}}
DROP TRIGGER entries_final ON entries;
CREATE TRIGGER entries_final BEFORE DELETE OR TRUNCATE ON entries EXECUTE FUNCTION entries_final();
CREATE FUNCTION entries_erase() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF NEW.log_id <> OLD.log_id OR NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.actor_kind <> OLD.actor_kind OR NEW.actor_id <> OLD.actor_id
		OR NEW.action <> OLD.action OR NEW.board_id <> OLD.board_id OR NEW.task_id <> OLD.task_id OR NEW.cause <> OLD.cause OR NEW.leaf <> OLD.leaf
		OR NOT EXISTS (SELECT 1 FROM redactions r JOIN logs l ON l.id = r.log_id WHERE r.log_id = OLD.log_id AND r.seq = OLD.seq AND r.by_seq > l.seq) THEN
		RAISE EXCEPTION 'entries are final';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER entries_erase BEFORE UPDATE ON entries FOR EACH ROW EXECUTE FUNCTION entries_erase();
CREATE FUNCTION redactions_final() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN RAISE EXCEPTION 'redactions are final'; END $$;
CREATE TRIGGER redactions_final BEFORE UPDATE OR DELETE OR TRUNCATE ON redactions EXECUTE FUNCTION redactions_final();
CREATE FUNCTION redactions_of_now() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
	IF NOT EXISTS (SELECT 1 FROM logs l WHERE l.id = NEW.log_id AND NEW.by_seq > l.seq) THEN
		RAISE EXCEPTION 'redactions are of now';
	END IF;
	RETURN NEW;
END $$;
CREATE TRIGGER redactions_of_now BEFORE INSERT ON redactions FOR EACH ROW EXECUTE FUNCTION redactions_of_now();
{{- end}}
