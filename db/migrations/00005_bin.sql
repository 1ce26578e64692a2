-- Deleted tasks are listed by board and looked for by age until they are purged,
-- and with them what people were told of them.
CREATE INDEX tasks_in_bin ON tasks (board_id, deleted_at) WHERE deleted_at IS NOT NULL;
CREATE INDEX notices_by_task ON notices (task_id);
