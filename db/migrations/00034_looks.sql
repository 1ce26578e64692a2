-- When people looked at boards: the last time, and the time before, as of which they
-- can be told what has changed. It is their own state, and goes with their membership.
CREATE TABLE board_looks (
	user_id     TEXT NOT NULL,
	board_id    TEXT NOT NULL REFERENCES boards (id) ON DELETE CASCADE,
	team_id     TEXT NOT NULL,
	seq         BIGINT NOT NULL, -- the log's last entry then
	at          {{.Time}} NOT NULL,
	before_seq  BIGINT NOT NULL DEFAULT 0, -- 0: there was none before
	before_at   {{.Time}},
	PRIMARY KEY (user_id, board_id),
	FOREIGN KEY (team_id, user_id) REFERENCES memberships (team_id, user_id) ON DELETE CASCADE
);
CREATE INDEX board_looks_by_board ON board_looks (board_id);
CREATE INDEX board_looks_by_member ON board_looks (team_id, user_id);
