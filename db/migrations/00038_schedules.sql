-- Runs that start on a schedule.

CREATE TABLE schedules (
	id          TEXT NOT NULL PRIMARY KEY,
	team_id     TEXT NOT NULL REFERENCES teams (id),
	template_id TEXT NOT NULL REFERENCES templates (id),
	board_id    TEXT NOT NULL, -- on which its runs are; it may be gone
	name        TEXT NOT NULL CHECK (name <> ''), -- of its runs, with blanks to be filled in
	repeats     TEXT NOT NULL CHECK (repeats <> ''), -- as models/recur writes it
	begins      TEXT NOT NULL CHECK (length(begins) = 10), -- the first day that the rule may have
	off_day     TEXT NOT NULL CHECK (off_day IN ('as_is', 'next', 'previous', 'skip')), -- what becomes of a day on which the team does not work
	clock       TEXT NOT NULL CHECK (length(clock) = 5), -- 08:00, in the team's zone
	answers     TEXT NOT NULL, -- to the inputs: JSON, by input; a date may be counted from the day of the start
	roles       TEXT NOT NULL, -- who plays which: JSON, by role; what is missing is proposed at each start
	ends        TEXT NOT NULL DEFAULT '', -- by when a run has to be finished, as a date of answers
	kept_by     TEXT NOT NULL, -- who set it as it is
	created_at  {{.Time}} NOT NULL,
	paused_at   {{.Time}},
	stopped_at  {{.Time}}, -- nothing could be started, and nobody be told
	seq         BIGINT NOT NULL, -- the entry with which it was set as it is
	version     BIGINT NOT NULL DEFAULT 0,

	-- how far it is
	passed      TEXT NOT NULL DEFAULT '', -- the last day of the rule that has passed
	came_on     TEXT NOT NULL DEFAULT '', -- the day for which that was
	times       BIGINT NOT NULL DEFAULT 0,
	next_at     {{.Time}}, -- when the next run starts; NULL: none does
	failure     TEXT NOT NULL DEFAULT '', -- why the last one did not start: JSON
	failed_at   {{.Time}},
	task_id     TEXT NOT NULL DEFAULT '' -- that tells of it
);
CREATE INDEX schedules_by_template ON schedules (template_id, id);
CREATE INDEX schedules_due ON schedules (next_at) WHERE next_at IS NOT NULL;

ALTER TABLE runs ADD COLUMN schedule_id TEXT NOT NULL DEFAULT ''; -- by which it started; it may be gone
CREATE INDEX runs_by_schedule ON runs (schedule_id, id) WHERE schedule_id <> '';
