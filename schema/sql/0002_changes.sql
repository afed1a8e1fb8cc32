-- What batches changed lately. num grows by one with each batch that changed anything, and begins somewhere by lot; changed
-- lists the events and affiliations concerned, by lines; NULL is everything. Only the last hundred are kept.
CREATE TABLE change (num INTEGER PRIMARY KEY, changed TEXT) STRICT;
