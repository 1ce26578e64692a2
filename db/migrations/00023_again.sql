-- What is done again: tasks that repeat.

-- A rule is with one task at a time, and goes on to the next one when that is made:
-- so nothing is made twice.
ALTER TABLE tasks ADD COLUMN repeats TEXT NOT NULL DEFAULT ''; -- as models/recur writes it; empty: it does not
ALTER TABLE tasks ADD COLUMN repeats_on TEXT NOT NULL DEFAULT '' CHECK (repeats_on = '' OR length(repeats_on) = 10); -- the day from which it is counted
ALTER TABLE tasks ADD COLUMN repeat_of TEXT NOT NULL DEFAULT ''; -- the task that it was made of, which may be gone
ALTER TABLE tasks ADD COLUMN repeat_at {{.Time}}; -- when the next one is made, as the two above say; NULL: not by time
ALTER TABLE tasks ADD COLUMN repeat_seq BIGINT NOT NULL DEFAULT 0; -- the entry with which it came to its rule
CREATE INDEX tasks_to_repeat ON tasks (repeat_at) WHERE repeat_at IS NOT NULL;
CREATE INDEX tasks_by_repeated ON tasks (repeat_of) WHERE repeat_of <> '';
