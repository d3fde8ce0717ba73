-- The first tables. Migrations are appended to, never edited: a released one has run on somebody's records.
-- Instants are milliseconds UTC. What people said is only ever in columns that hold ciphertext (BYTEA bodies).
-- Texts sort by their bytes (COLLATE "C"), as in SQLite: the same order on every server.

CREATE TABLE settings (
    name TEXT COLLATE "C" PRIMARY KEY,
    value BYTEA NOT NULL
);

CREATE TABLE cases (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    case_id TEXT COLLATE "C" NOT NULL UNIQUE,
    guild TEXT COLLATE "C" NOT NULL,
    code_name TEXT COLLATE "C" NOT NULL,
    entries BIGINT NOT NULL CHECK (entries >= 0),
    head BYTEA NOT NULL CHECK (octet_length(head) = 32),
    UNIQUE (guild, code_name)
);

-- Keys stand in tables of their own, so that ending one leaves the record's tables untouched.
CREATE TABLE case_keys (
    case_id TEXT COLLATE "C" PRIMARY KEY REFERENCES cases (case_id),
    kek_version BIGINT NOT NULL,
    wrapped BYTEA NOT NULL
);

CREATE TABLE entries (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    seq BIGINT NOT NULL CHECK (seq >= 1),
    at_ms BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    previous BYTEA NOT NULL CHECK (octet_length(previous) = 32),
    hash BYTEA NOT NULL CHECK (octet_length(hash) = 32),
    body BYTEA NOT NULL,
    PRIMARY KEY (case_id, seq)
);

-- The record is append-only, whoever else uses the database (MIN-11). Only an owner of the table can take the
-- triggers away, and then the chain still shows what was changed.
CREATE FUNCTION entries_are_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries are append-only';
END
$$;

CREATE TRIGGER entries_are_not_changed BEFORE UPDATE ON entries
FOR EACH ROW EXECUTE FUNCTION entries_are_append_only();

CREATE TRIGGER entries_are_not_deleted BEFORE DELETE ON entries
FOR EACH ROW EXECUTE FUNCTION entries_are_append_only();

-- TRUNCATE wakes no trigger of a row.
CREATE TRIGGER entries_are_not_emptied BEFORE TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION entries_are_append_only();

CREATE FUNCTION entries_follow_each_other() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    IF NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM entries WHERE case_id = NEW.case_id) THEN
        RAISE EXCEPTION 'entries are append-only';
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER entries_follow_each_other BEFORE INSERT ON entries
FOR EACH ROW EXECUTE FUNCTION entries_follow_each_other();

CREATE TABLE entry_keys (
    case_id TEXT COLLATE "C" NOT NULL,
    seq BIGINT NOT NULL,
    wrapped BYTEA NOT NULL,
    PRIMARY KEY (case_id, seq),
    FOREIGN KEY (case_id, seq) REFERENCES entries (case_id, seq)
);

-- Procedures, prompts and wording as pinned at convening, by digest.
CREATE TABLE texts (
    digest TEXT COLLATE "C" PRIMARY KEY,
    body BYTEA NOT NULL
);

-- The row's id travels as the message's nonce, so an identity: no id is ever given twice.
CREATE TABLE outbox (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    guild TEXT COLLATE "C" NOT NULL,
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    supersedes TEXT COLLATE "C",
    body BYTEA NOT NULL,
    state TEXT COLLATE "C" NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'wedged', 'delivered', 'dropped')),
    attempts BIGINT NOT NULL DEFAULT 0,
    not_before_ms BIGINT NOT NULL DEFAULT 0,
    lease_until_ms BIGINT NOT NULL DEFAULT 0,
    why TEXT COLLATE "C"
);

CREATE INDEX outbox_lanes ON outbox (case_id, id) WHERE state IN ('waiting', 'wedged');
CREATE INDEX outbox_waiting ON outbox (guild, id) WHERE state IN ('waiting', 'wedged');

CREATE TABLE platform_refs (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    slot TEXT COLLATE "C" NOT NULL,
    guild TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    message TEXT COLLATE "C",
    PRIMARY KEY (case_id, slot)
);

CREATE INDEX platform_refs_by_channel ON platform_refs (guild, channel);

CREATE TABLE timers (
    case_id TEXT COLLATE "C" NOT NULL REFERENCES cases (case_id),
    name TEXT COLLATE "C" NOT NULL,
    guild TEXT COLLATE "C" NOT NULL,
    at_ms BIGINT NOT NULL,
    PRIMARY KEY (case_id, name)
);

CREATE INDEX timers_by_time ON timers (guild, at_ms);

-- No reference to cases: a refusal may concern a case that was never opened.
CREATE TABLE receipts (
    interaction TEXT COLLATE "C" PRIMARY KEY,
    case_id TEXT COLLATE "C",
    at_ms BIGINT NOT NULL,
    result TEXT COLLATE "C" NOT NULL CHECK (result IN ('accepted', 'marked', 'refused')),
    code TEXT COLLATE "C" NOT NULL
);

CREATE TABLE agencies (
    guild TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    duty_channel TEXT COLLATE "C",
    PRIMARY KEY (guild, name)
);

CREATE TABLE enrolments (
    guild TEXT COLLATE "C" NOT NULL,
    account TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    role TEXT COLLATE "C" NOT NULL,
    role_code TEXT COLLATE "C" NOT NULL,
    agency TEXT COLLATE "C" NOT NULL,
    agency_kind TEXT COLLATE "C" NOT NULL,
    rank TEXT COLLATE "C",
    PRIMARY KEY (guild, account)
);
