-- The days on which a team does not work: weekdays by number, 0 is Sunday, and holidays.
ALTER TABLE teams ADD COLUMN days_off TEXT NOT NULL DEFAULT '06';
ALTER TABLE teams ADD COLUMN holidays TEXT NOT NULL DEFAULT ''; -- YYYY-MM-DD, by spaces
