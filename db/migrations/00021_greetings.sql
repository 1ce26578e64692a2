-- Who needs no greeting in a team any more: it greets whoever is new until they say so.
CREATE TABLE greetings (
	user_id  TEXT NOT NULL REFERENCES users (id),
	team_id  TEXT NOT NULL REFERENCES teams (id),
	ended_at {{.Time}} NOT NULL,
	PRIMARY KEY (user_id, team_id)
);
