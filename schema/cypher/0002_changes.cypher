// What batches changed lately. (:ChangeLog {id: 'changes'}).last is the revision, which grows by one with each batch that
// changed anything; it is locked by whoever writes. Each (:Change) has a revision and, by lines, the events and affiliations
// concerned; without them it is everything. There are at most a hundred: a new one takes the place of the oldest.

CREATE CONSTRAINT changelog_id IF NOT EXISTS FOR (n:ChangeLog) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT change_slot IF NOT EXISTS FOR (n:Change) REQUIRE n.slot IS UNIQUE;
