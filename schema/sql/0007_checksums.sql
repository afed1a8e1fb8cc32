-- Checksums of rows, by which `casus check` finds damage: XXH64 of the other columns' values, which the program computes. A
-- claim has two, since what withdraws it changes. words is the checksum of what an entry has in search_words.
ALTER TABLE actor ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE location ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE document ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE release ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE affiliation ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE affiliated ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE identity_decision ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claim ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claim ADD COLUMN lifetime_checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claim_apart ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event_state ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE participation ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event_location ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE event_part ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE response ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE announcement ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE search_entry ADD COLUMN words INTEGER NOT NULL DEFAULT 0;
ALTER TABLE search_entry ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE checkpoint ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
ALTER TABLE change ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
