-- A case has several sessions, and the next may be convened before the record of the last has gone out. So `outstanding`
-- has a bit for each session whose record has not, in place of `is_over`; the lowest is set until the first is convened.
-- It is counted anew from the journals.

ALTER TABLE cases DROP COLUMN is_over;
ALTER TABLE cases ADD COLUMN outstanding BIGINT NOT NULL DEFAULT 1;
UPDATE cases SET followed = 0;
