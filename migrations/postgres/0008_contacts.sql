-- Whom an agency named for when nobody of it answers (INV-32), by account.
ALTER TABLE agencies ADD COLUMN deputy TEXT;
ALTER TABLE agencies ADD COLUMN escalation TEXT;
