-- Where a team is reached by mail, and when its people are on duty (INV-32).
ALTER TABLE agencies ADD COLUMN mailbox TEXT;
ALTER TABLE agencies ADD COLUMN hours TEXT;
