-- What `convenor setup` made: the guild this database is for, and who administers it.

CREATE TABLE installations (
    guild TEXT PRIMARY KEY,
    category TEXT,
    admin_channel TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE administrators (
    guild TEXT NOT NULL REFERENCES installations (guild),
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (guild, account)
) STRICT, WITHOUT ROWID;
