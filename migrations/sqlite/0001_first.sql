-- The first tables. Migrations are appended to, never edited: a released one has run on somebody's records.
-- Instants are milliseconds UTC. What people said is only ever in columns that hold ciphertext (BLOB bodies).

CREATE TABLE settings (
    name TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE cases (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL UNIQUE,
    guild TEXT NOT NULL,
    code_name TEXT NOT NULL,
    entries INTEGER NOT NULL CHECK (entries >= 0),
    head BLOB NOT NULL CHECK (length(head) = 32),
    UNIQUE (guild, code_name)
) STRICT;

-- Keys stand in tables of their own, so that ending one leaves the record's tables untouched.
CREATE TABLE case_keys (
    case_id TEXT PRIMARY KEY REFERENCES cases (case_id),
    kek_version INTEGER NOT NULL,
    wrapped BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE entries (
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    seq INTEGER NOT NULL CHECK (seq >= 1),
    at_ms INTEGER NOT NULL,
    kind TEXT NOT NULL,
    previous BLOB NOT NULL CHECK (length(previous) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    body BLOB NOT NULL,
    PRIMARY KEY (case_id, seq)
) STRICT;

-- The record is append-only, whoever holds the file open (MIN-11).
CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries are append-only');
END;

CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries are append-only');
END;

-- INSERT OR REPLACE deletes without waking the trigger above; this one is woken first.
CREATE TRIGGER entries_follow_each_other BEFORE INSERT ON entries
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM entries WHERE case_id = NEW.case_id)
BEGIN
    SELECT RAISE(ABORT, 'entries are append-only');
END;

CREATE TABLE entry_keys (
    case_id TEXT NOT NULL,
    seq INTEGER NOT NULL,
    wrapped BLOB NOT NULL,
    PRIMARY KEY (case_id, seq),
    FOREIGN KEY (case_id, seq) REFERENCES entries (case_id, seq)
) STRICT, WITHOUT ROWID;

-- Procedures, prompts and wording as pinned at convening, by digest.
CREATE TABLE texts (
    digest TEXT PRIMARY KEY,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- The row's id travels as the message's nonce, so AUTOINCREMENT: no id is ever given twice.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    guild TEXT NOT NULL,
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    supersedes TEXT,
    body BLOB NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'wedged', 'delivered', 'dropped')),
    attempts INTEGER NOT NULL DEFAULT 0,
    not_before_ms INTEGER NOT NULL DEFAULT 0,
    lease_until_ms INTEGER NOT NULL DEFAULT 0,
    why TEXT
) STRICT;

CREATE INDEX outbox_lanes ON outbox (case_id, id) WHERE state IN ('waiting', 'wedged');
CREATE INDEX outbox_waiting ON outbox (guild, id) WHERE state IN ('waiting', 'wedged');

CREATE TABLE platform_refs (
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    slot TEXT NOT NULL,
    guild TEXT NOT NULL,
    channel TEXT NOT NULL,
    message TEXT,
    PRIMARY KEY (case_id, slot)
) STRICT, WITHOUT ROWID;

CREATE INDEX platform_refs_by_channel ON platform_refs (guild, channel);

CREATE TABLE timers (
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    name TEXT NOT NULL,
    guild TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (case_id, name)
) STRICT, WITHOUT ROWID;

CREATE INDEX timers_by_time ON timers (guild, at_ms);

-- No reference to cases: a refusal may concern a case that was never opened.
CREATE TABLE receipts (
    interaction TEXT PRIMARY KEY,
    case_id TEXT,
    at_ms INTEGER NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('accepted', 'marked', 'refused')),
    code TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE agencies (
    guild TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    duty_channel TEXT,
    PRIMARY KEY (guild, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE enrolments (
    guild TEXT NOT NULL,
    account TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    role_code TEXT NOT NULL,
    agency TEXT NOT NULL,
    agency_kind TEXT NOT NULL,
    rank TEXT,
    PRIMARY KEY (guild, account)
) STRICT, WITHOUT ROWID;
