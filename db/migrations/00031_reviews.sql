-- Reviews of a log: what was asked of it, and what whoever reviewed made of each entry.
CREATE TABLE reviews (
	id          TEXT NOT NULL PRIMARY KEY,
	team_id     TEXT NOT NULL REFERENCES teams (id),
	name        TEXT NOT NULL CHECK (name <> ''),
	query       TEXT NOT NULL,                    -- of the log's address
	upto        BIGINT NOT NULL CHECK (upto > 0), -- the log's last entry then
	matched     BIGINT NOT NULL CHECK (matched > 0),
	sample      BIGINT NOT NULL CHECK (sample >= 0), -- how many of those were drawn; 0: all are reviewed
	seed        TEXT NOT NULL DEFAULT '',
	opened_by   TEXT NOT NULL,
	opened_name TEXT NOT NULL,
	opened_at   {{.Time}} NOT NULL,
	signed_by   TEXT NOT NULL DEFAULT '',
	signed_name TEXT NOT NULL DEFAULT '',
	signed_at   {{.Time}},
	conclusion  TEXT NOT NULL DEFAULT '',
	CHECK ((signed_at IS NOT NULL) = (signed_by <> ''))
);
CREATE INDEX reviews_by_team ON reviews (team_id, id);

CREATE TABLE review_entries (
	review_id  TEXT NOT NULL REFERENCES reviews (id),
	seq        BIGINT NOT NULL CHECK (seq > 0),
	state      TEXT NOT NULL DEFAULT '' CHECK (state IN ('', 'seen', 'questioned', 'answered')),
	question   TEXT NOT NULL DEFAULT '',
	asked_id   TEXT NOT NULL DEFAULT '', -- whose the answer is
	asked_name TEXT NOT NULL DEFAULT '',
	answer     TEXT NOT NULL DEFAULT '',
	PRIMARY KEY (review_id, seq)
);
CREATE INDEX review_questions ON review_entries (asked_id) WHERE state = 'questioned';
