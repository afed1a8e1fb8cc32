-- What keepers of the graph decided: reviews of the coding of claims, and corrections of claims and of fields of nodes. The
-- table claim has claims with the content of their latest correction, and no forgotten ones; original has the corrected and
-- forgotten ones as they were loaded.

-- target is the corrected claim or node.
CREATE TABLE correction (
  id TEXT PRIMARY KEY, target TEXT NOT NULL, record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX correction_target ON correction (target);
CREATE TABLE original (
  id TEXT PRIMARY KEY, subject TEXT NOT NULL, recorded_at INTEGER NOT NULL, record TEXT NOT NULL,
  checksum INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX original_subject ON original (subject);
CREATE TABLE review (
  id TEXT PRIMARY KEY, record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- The claims, documents and releases that a review names.
CREATE TABLE review_target (
  target TEXT NOT NULL, review TEXT NOT NULL, PRIMARY KEY (target, review)
) STRICT, WITHOUT ROWID;
CREATE INDEX review_target_review ON review_target (review);
