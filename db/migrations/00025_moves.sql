-- Runs move to newer versions of their template. A step's place in its run is free
-- again when its task is in the bin.

DROP INDEX tasks_of_steps;
CREATE UNIQUE INDEX tasks_of_steps ON tasks (run_id, step) WHERE run_id <> '' AND deleted_at IS NULL;
