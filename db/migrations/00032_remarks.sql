-- What people say of the program to those who run it. It belongs to no team.
CREATE TABLE remarks (
	id            TEXT NOT NULL PRIMARY KEY,
	user_id       TEXT NOT NULL REFERENCES users (id),
	kind          TEXT NOT NULL DEFAULT '' CHECK (kind IN ('', 'problem', 'idea', 'praise')),
	page          TEXT NOT NULL DEFAULT '', -- path that it is about, without a query
	body          TEXT NOT NULL CHECK (body <> ''),
	answer        TEXT NOT NULL DEFAULT '',
	answered_by   TEXT NOT NULL DEFAULT '',
	answered_name TEXT NOT NULL DEFAULT '',
	answered_at   {{.Time}},
	closed_at     {{.Time}},
	news          BOOLEAN NOT NULL DEFAULT FALSE, -- something was done that its sender has not seen
	created_at    {{.Time}} NOT NULL,
	version       BIGINT NOT NULL DEFAULT 0,
	CHECK ((answer <> '') = (answered_at IS NOT NULL))
);
CREATE INDEX remarks_by_sender ON remarks (user_id, id);
CREATE INDEX remarks_open ON remarks (id) WHERE closed_at IS NULL;
CREATE INDEX remarks_news ON remarks (user_id) WHERE news;
