-- The authority's own references, so that one referral has one case (REF-14). Nothing is readable here: a digest under a
-- key derived from the master key. No release came before this migration, so there is no case to fill in.

CREATE TABLE case_references (
    guild TEXT NOT NULL,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    case_id TEXT NOT NULL UNIQUE REFERENCES cases (case_id),
    PRIMARY KEY (guild, digest)
) STRICT, WITHOUT ROWID;
