-- What the administrators of a guild were reminded of, so that each thing is said once.

CREATE TABLE reminders (
    guild TEXT NOT NULL,
    what TEXT NOT NULL,
    sent_at_ms BIGINT NOT NULL,
    PRIMARY KEY (guild, what)
);
