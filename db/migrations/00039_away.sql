-- When somebody is away, from one day to another, both included: YYYY-MM-DD in the zone
-- of each team; empty: not that they know.
ALTER TABLE users ADD COLUMN away_from TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN away_until TEXT NOT NULL DEFAULT '';
