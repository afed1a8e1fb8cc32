-- The graph in SQLite. Ids are text and compare by bytes. Instants are milliseconds; an open end is a number beyond
-- every date, so that no key is ever NULL and NOT is the plain complement. record is the whole record as JSON; the
-- other columns are what filters and orders need of it. known_from and known_to bound the knowledge for which a row
-- holds.
--
-- There are two views of the graph: each identity class as one node (RESOLVED), and every node by itself (EXACT). layer
-- tells to which of the two a row belongs: 0 both, 1 RESOLVED only, 2 EXACT only. Without identity decisions it is 0.
--
-- checksum is the XXH64 of the other columns' values, which the program computes, and by which `casus check` finds damage.

CREATE TABLE actor (
  id TEXT NOT NULL, layer INTEGER NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, name_key TEXT NOT NULL,
  record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (id, layer)
) STRICT;
CREATE INDEX actor_name ON actor (name_key, id, layer);

-- latitude and longitude are NULL for a location without a point.
CREATE TABLE location (
  num INTEGER PRIMARY KEY, id TEXT NOT NULL, layer INTEGER NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL,
  name_key TEXT NOT NULL, latitude REAL, longitude REAL, record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0,
  UNIQUE (id, layer)
) STRICT;
CREATE INDEX location_name ON location (name_key, id, layer);
-- A prefilter: its numbers have 32 bits, so its results are checked again.
CREATE VIRTUAL TABLE location_area USING rtree (num, west, east, south, north);
CREATE TABLE within (
  child TEXT NOT NULL, parent TEXT NOT NULL, layer INTEGER NOT NULL, PRIMARY KEY (child, parent, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX within_parent ON within (parent, child, layer);

CREATE TABLE identifier (
  scheme TEXT NOT NULL, value TEXT NOT NULL, node TEXT NOT NULL, layer INTEGER NOT NULL,
  PRIMARY KEY (scheme, value, node, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX identifier_node ON identifier (node);

CREATE TABLE document (
  id TEXT NOT NULL PRIMARY KEY, publisher TEXT NOT NULL, language TEXT NOT NULL, title_key TEXT NOT NULL,
  syndicates TEXT NOT NULL, has_published INTEGER NOT NULL, published_earliest INTEGER NOT NULL,
  published_latest INTEGER NOT NULL, published_asc INTEGER NOT NULL, published_desc INTEGER NOT NULL,
  record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX document_publisher ON document (publisher);
CREATE INDEX document_syndicates ON document (syndicates) WHERE syndicates <> '';
CREATE INDEX document_published_asc ON document (published_asc, id);
CREATE INDEX document_published_desc ON document (published_desc, id);
CREATE INDEX document_title ON document (title_key, id);

CREATE TABLE release (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX release_name ON release (name);

CREATE TABLE affiliation (
  id TEXT PRIMARY KEY, holder TEXT NOT NULL, counterpart TEXT NOT NULL, type TEXT NOT NULL,
  valid_earliest INTEGER NOT NULL, valid_latest INTEGER NOT NULL, record TEXT NOT NULL,
  checksum INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX affiliation_holder ON affiliation (holder);
CREATE INDEX affiliation_counterpart ON affiliation (counterpart);
CREATE TABLE affiliated (
  affiliation TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL,
  record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (affiliation, known_from, layer)
) STRICT, WITHOUT ROWID;

CREATE TABLE identity_decision (
  id TEXT PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL, record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_decision_a ON identity_decision (a);
CREATE INDEX identity_decision_b ON identity_decision (b);
-- The merged nodes, each with its class, the smallest id of its members; and how often the classes have changed.
CREATE TABLE identity_class (id TEXT PRIMARY KEY, class TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX identity_class_class ON identity_class (class, id);
CREATE TABLE identity_version (version INTEGER NOT NULL) STRICT;
INSERT INTO identity_version VALUES (0);

-- lifetime_checksum covers known_to and withdrawn_by, which change after the claim is stored.
CREATE TABLE claim (
  id TEXT NOT NULL PRIMARY KEY, subject TEXT NOT NULL, document TEXT NOT NULL, release TEXT NOT NULL,
  stance TEXT NOT NULL, aspect TEXT NOT NULL,
  speaker TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL,
  asserted_earliest INTEGER NOT NULL, asserted_latest INTEGER NOT NULL,
  has_quote INTEGER NOT NULL, direct_quote INTEGER NOT NULL, has_figures INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL, withdrawn_by TEXT NOT NULL, record TEXT NOT NULL,
  checksum INTEGER NOT NULL DEFAULT 0, lifetime_checksum INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX claim_subject ON claim (subject, known_from, id);
CREATE INDEX claim_document ON claim (document, known_from, id) WHERE document <> '';
CREATE INDEX claim_known ON claim (known_from, id, subject);
CREATE INDEX claim_speaker ON claim (speaker) WHERE speaker <> '';
CREATE INDEX claim_release ON claim (release) WHERE release <> '';
CREATE TABLE claimant (
  actor TEXT NOT NULL, claim TEXT NOT NULL, PRIMARY KEY (actor, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX claimant_claim ON claimant (claim, actor);
-- The documents that a row of a data set cites, other than its own.
CREATE TABLE citation (
  document TEXT NOT NULL, claim TEXT NOT NULL, PRIMARY KEY (document, claim)
) STRICT, WITHOUT ROWID;
CREATE INDEX citation_claim ON citation (claim, document);
-- The lifetime of a claim in EXACT, if it differs.
CREATE TABLE claim_apart (
  claim TEXT PRIMARY KEY, known_to INTEGER NOT NULL, withdrawn_by TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- Every version of every event. toll is the numbers of the event as JSON, empty without any; killed is the best number of
-- the people killed, -1 without one. time_floats tells which ends of the time float: 1 the earliest, 2 the latest, 3 both.
-- An order has a key for each direction, because an absent value comes last in both. nominal is the day under which a
-- source lists the event, in milliseconds of its start in UTC; NULL without one. codings and disagreements are sets with
-- a bit for each term of their vocabularies: HUMAN 1, MACHINE_REVIEWED 2, MACHINE 4; OCCURRENCE 1, TIME 2 ...
CREATE TABLE event_state (
  event TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL,
  status TEXT NOT NULL, category TEXT NOT NULL, mode TEXT NOT NULL, modality TEXT NOT NULL, precision TEXT NOT NULL,
  time_earliest INTEGER NOT NULL, time_latest INTEGER NOT NULL, time_asc INTEGER NOT NULL, time_desc INTEGER NOT NULL,
  asserted_earliest INTEGER NOT NULL, asserted_latest INTEGER NOT NULL, asserted_asc INTEGER NOT NULL,
  asserted_desc INTEGER NOT NULL,
  time_floats INTEGER NOT NULL, toll TEXT NOT NULL,
  killed INTEGER NOT NULL, killed_asc INTEGER NOT NULL, killed_desc INTEGER NOT NULL,
  documents INTEGER NOT NULL, publishers INTEGER NOT NULL, voices INTEGER NOT NULL, datasets INTEGER NOT NULL,
  codings INTEGER NOT NULL, disagreements INTEGER NOT NULL,
  record TEXT NOT NULL, nominal INTEGER, checksum INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (event, known_from, layer)
) STRICT;
-- The versions that hold with everything known, in each order.
CREATE INDEX event_time_asc ON event_state (time_asc, event, layer, time_earliest, time_latest) WHERE known_to = 4611686018427387903;
CREATE INDEX event_time_desc ON event_state (time_desc, event, layer) WHERE known_to = 4611686018427387903;
-- All versions: with everything known, few have to be skipped.
CREATE INDEX event_asserted_asc ON event_state (asserted_asc, event, known_from, known_to, layer);
CREATE INDEX event_asserted_desc ON event_state (asserted_desc, event, known_from, known_to, layer);
CREATE INDEX event_killed_asc ON event_state (killed_asc, event, known_from, known_to, layer);
CREATE INDEX event_killed_desc ON event_state (killed_desc, event, known_from, known_to, layer);
CREATE INDEX event_documents ON event_state (documents, event, known_from, known_to, layer);
CREATE INDEX event_publishers ON event_state (publishers, event, known_from, known_to, layer);
CREATE INDEX event_voices ON event_state (voices, event, known_from, known_to, layer);
CREATE INDEX event_datasets ON event_state (datasets, event, known_from, known_to, layer);
CREATE INDEX event_disagreements ON event_state (disagreements, event) WHERE disagreements <> 0;
CREATE INDEX event_known ON event_state (time_asc, event, known_from, known_to, category, layer, status, killed, modality);
CREATE INDEX event_known_desc ON event_state (time_desc, event, known_from, known_to, category, layer, status, killed);
-- Few versions were known before their event began, or have no beginning: any other that is known at a moment began
-- before it.
CREATE INDEX event_ahead ON event_state (time_asc, event, known_from, known_to, category, layer, status, killed) WHERE time_asc > known_from;
CREATE INDEX event_ahead_desc ON event_state (time_desc, event, known_from, known_to, category, layer, status, killed) WHERE time_desc > known_from;

-- The codes, participations and locations, of which versions have most rows, are stored in the order in which they are
-- written. Indexes find them, which a first load builds at its end: in the order of the events' ids, each batch would
-- write half of the pages. The unique indexes end with known_to or have all columns, so that counts and joins need not
-- read the rows.
CREATE TABLE state_code (
  scheme TEXT NOT NULL, value TEXT NOT NULL, event TEXT NOT NULL, known_from INTEGER NOT NULL, layer INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX state_code_value ON state_code (scheme, value, event, known_from, layer);
CREATE INDEX state_code_event ON state_code (event);
CREATE TABLE participation (
  event TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL,
  layer INTEGER NOT NULL, side TEXT NOT NULL, representing TEXT NOT NULL, status TEXT NOT NULL, record TEXT NOT NULL,
  checksum INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX participation_event ON participation (event, actor, role, known_from, layer, known_to, status);
CREATE INDEX participation_actor ON participation (actor, event, role, known_from, known_to, layer, status);
CREATE INDEX participation_representing ON participation (representing, event) WHERE representing <> '';
CREATE TABLE event_location (
  event TEXT NOT NULL, location TEXT NOT NULL, role TEXT NOT NULL, known_from INTEGER NOT NULL,
  known_to INTEGER NOT NULL, layer INTEGER NOT NULL, record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX event_location_event ON event_location (event, location, role, known_from, layer, known_to);
CREATE INDEX event_location_location ON event_location (location, event, role, known_from, known_to, layer);

CREATE TABLE event_part (
  part TEXT NOT NULL, whole TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL,
  layer INTEGER NOT NULL, record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (part, whole, known_from, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_part_whole ON event_part (whole, part, known_from, known_to, layer);
CREATE TABLE response (
  answer TEXT NOT NULL, answered TEXT NOT NULL, kind TEXT NOT NULL, known_from INTEGER NOT NULL,
  known_to INTEGER NOT NULL, layer INTEGER NOT NULL, record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (answer, answered, kind, known_from, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_answered ON response (answered, answer, kind, known_from, known_to, layer);
CREATE TABLE announcement (
  announcer TEXT NOT NULL, announced TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL,
  layer INTEGER NOT NULL, record TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (announcer, announced, known_from, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_announced ON announcement (announced, announcer, known_from, known_to, layer);

-- The entries of the search: one for a node, and for an event one for each interval of knowledge with the same texts.
-- words is the checksum of the entry's words in search_words.
CREATE TABLE search_entry (
  num INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, known_from INTEGER NOT NULL,
  known_to INTEGER NOT NULL, layer INTEGER NOT NULL, words INTEGER NOT NULL DEFAULT 0,
  checksum INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX search_entry_id ON search_entry (id);
CREATE TABLE search_name (
  entry INTEGER NOT NULL, folded TEXT NOT NULL, PRIMARY KEY (entry, folded)
) STRICT, WITHOUT ROWID;
-- Finds names by their prefixes, for searches whose words are too common to read every match.
CREATE INDEX search_name_folded ON search_name (folded, entry);
-- Tokens are folded and without punctuation, so the plainest tokenizer keeps them whole. rowid is the entry's num.
CREATE VIRTUAL TABLE search_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3', detail = none);

CREATE TABLE checkpoint (
  key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
-- The log of recent changes, at most a hundred. num is the revision, which grows with each batch that changes anything:
-- the number of the batch, which begins at random, times 4194304, plus a random number. changed lists the changed
-- events, affiliations and locations, one a line; NULL means everything.
CREATE TABLE change (num INTEGER PRIMARY KEY, changed TEXT, checksum INTEGER NOT NULL DEFAULT 0) STRICT;

-- The reviews of the coding of claims, and the corrections of claims and of fields of nodes. The table claim has claims
-- with the content of their latest correction, and no forgotten ones; original has the corrected and forgotten ones as
-- they were loaded.

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

-- The nodes of which two values of a field have equally many sources, and the sources whose dates decide between these.
-- When a source gets another date, its nodes are found here.
CREATE TABLE tie (
  source TEXT NOT NULL, node TEXT NOT NULL, PRIMARY KEY (source, node)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_node ON tie (node);
