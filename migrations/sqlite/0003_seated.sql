-- Whose cases are whose, for a command that names none. It follows the journal and is made anew from it where it is
-- behind: `followed` counts the entries taken into account, fewer than `entries` where an older convenor wrote last.
-- `is_over` is 1 once the record of the last session is circulated.

ALTER TABLE cases ADD COLUMN followed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cases ADD COLUMN is_over INTEGER NOT NULL DEFAULT 0;

CREATE INDEX cases_behind ON cases (guild) WHERE followed < entries;

-- An account stands here as a mark that takes the master key to make: who is part of which case can't be read here.
CREATE TABLE seated (
    mark BLOB NOT NULL CHECK (length(mark) = 32),
    case_id TEXT NOT NULL REFERENCES cases (case_id),
    PRIMARY KEY (mark, case_id)
) STRICT, WITHOUT ROWID;
