-- What proves a log: signed heads, and the nodes of its tree above whole blocks of
-- leaves. The nodes can be made again from the leaves; the heads cannot.
CREATE TABLE log_heads (
	log_id TEXT NOT NULL,
	size   BIGINT NOT NULL CHECK (size > 0),
	signed TEXT NOT NULL, -- the head as a signed note
	at     {{.Time}} NOT NULL,
	PRIMARY KEY (log_id, size)
);

CREATE TABLE log_nodes (
	log_id TEXT NOT NULL,
	ix     BIGINT NOT NULL, -- as stored hashes of the tree over the blocks are numbered
	hash   {{.Bytes}} NOT NULL CHECK (length(hash) = 32),
	PRIMARY KEY (log_id, ix)
);

{{if .SQLite -}}
CREATE TRIGGER log_heads_no_update BEFORE UPDATE ON log_heads BEGIN SELECT RAISE(ABORT, 'heads are final'); END;
CREATE TRIGGER log_heads_no_delete BEFORE DELETE ON log_heads BEGIN SELECT RAISE(ABORT, 'heads are final'); END;
CREATE TRIGGER log_heads_no_replace BEFORE INSERT ON log_heads
	WHEN EXISTS (SELECT 1 FROM log_heads WHERE log_id = NEW.log_id AND size = NEW.size)
	BEGIN SELECT RAISE(ABORT, 'heads are final'); END;
{{- else -}}
CREATE FUNCTION heads_final() RETURNS trigger LANGUAGE plpgsql AS
	$$ BEGIN RAISE EXCEPTION 'heads are final'; END $$;
CREATE TRIGGER log_heads_final BEFORE UPDATE OR DELETE OR TRUNCATE ON log_heads EXECUTE FUNCTION heads_final();
{{- end}}
