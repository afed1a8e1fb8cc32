-- The graph in SQLite. Ids are text and compare by bytes. Instants are milliseconds; an open end is a number beyond every
-- date, so that no key is ever NULL and NOT is the plain complement. record is the whole record as JSON; the other columns
-- are what filters and orders need of it. known_from and known_to bound the knowledge in which a row holds.
--
-- The graph is there twice: with nodes that decisions make one read as one, and with all nodes apart. layer says of a row in
-- which it is: 0 both, 1 only the first, 2 only the second. Without decisions all is 0.

CREATE TABLE actor (
  id TEXT NOT NULL, layer INTEGER NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, name_key TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (id, layer)
) STRICT;
CREATE INDEX actor_name ON actor (name_key, id, layer);

CREATE TABLE location (
  num INTEGER PRIMARY KEY, id TEXT NOT NULL, layer INTEGER NOT NULL, kind TEXT NOT NULL, country TEXT NOT NULL, name_key TEXT NOT NULL,
  latitude REAL, longitude REAL, record TEXT NOT NULL, -- NULL: it has no point
  UNIQUE (id, layer)
) STRICT;
CREATE INDEX location_name ON location (name_key, id, layer);
-- A prefilter: its numbers have 32 bits, so what it finds is checked again.
CREATE VIRTUAL TABLE location_area USING rtree (num, west, east, south, north);
CREATE TABLE within (child TEXT NOT NULL, parent TEXT NOT NULL, layer INTEGER NOT NULL, PRIMARY KEY (child, parent, layer)) STRICT, WITHOUT ROWID;
CREATE INDEX within_parent ON within (parent, child, layer);

CREATE TABLE identifier (
  scheme TEXT NOT NULL, value TEXT NOT NULL, node TEXT NOT NULL, layer INTEGER NOT NULL, PRIMARY KEY (scheme, value, node, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX identifier_node ON identifier (node);

CREATE TABLE document (
  id TEXT NOT NULL PRIMARY KEY, publisher TEXT NOT NULL, language TEXT NOT NULL, title_key TEXT NOT NULL, syndicates TEXT NOT NULL,
  has_published INTEGER NOT NULL, published_earliest INTEGER NOT NULL, published_latest INTEGER NOT NULL,
  published_asc INTEGER NOT NULL, published_desc INTEGER NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX document_publisher ON document (publisher);
CREATE INDEX document_syndicates ON document (syndicates) WHERE syndicates <> '';
CREATE INDEX document_published_asc ON document (published_asc, id);
CREATE INDEX document_published_desc ON document (published_desc, id);
CREATE INDEX document_title ON document (title_key, id);

CREATE TABLE release (id TEXT PRIMARY KEY, name TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX release_name ON release (name);

CREATE TABLE affiliation (
  id TEXT PRIMARY KEY, holder TEXT NOT NULL, counterpart TEXT NOT NULL, type TEXT NOT NULL,
  valid_earliest INTEGER NOT NULL, valid_latest INTEGER NOT NULL, record TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX affiliation_holder ON affiliation (holder);
CREATE INDEX affiliation_counterpart ON affiliation (counterpart);
CREATE TABLE affiliated (
  affiliation TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (affiliation, known_from, layer)
) STRICT, WITHOUT ROWID;

CREATE TABLE identity_decision (id TEXT PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL, record TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX identity_decision_a ON identity_decision (a);
CREATE INDEX identity_decision_b ON identity_decision (b);
-- The nodes that are one with others, each with its class, the smallest of their ids; and how often that has changed.
CREATE TABLE identity_class (id TEXT PRIMARY KEY, class TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX identity_class_class ON identity_class (class, id);
CREATE TABLE identity_version (version INTEGER NOT NULL) STRICT;
INSERT INTO identity_version VALUES (0);

CREATE TABLE claim (
  id TEXT NOT NULL PRIMARY KEY, subject TEXT NOT NULL, document TEXT NOT NULL, release TEXT NOT NULL, stance TEXT NOT NULL, aspect TEXT NOT NULL,
  speaker TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL,
  asserted_earliest INTEGER NOT NULL, asserted_latest INTEGER NOT NULL,
  has_quote INTEGER NOT NULL, direct_quote INTEGER NOT NULL, has_figures INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL, withdrawn_by TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
CREATE INDEX claim_subject ON claim (subject, known_from, id);
CREATE INDEX claim_document ON claim (document, known_from, id) WHERE document <> '';
CREATE INDEX claim_known ON claim (known_from, id, subject);
CREATE INDEX claim_speaker ON claim (speaker) WHERE speaker <> '';
CREATE INDEX claim_release ON claim (release) WHERE release <> '';
CREATE TABLE claimant (actor TEXT NOT NULL, claim TEXT NOT NULL, PRIMARY KEY (actor, claim)) STRICT, WITHOUT ROWID;
CREATE INDEX claimant_claim ON claimant (claim, actor);
-- What became of a claim where nodes are apart, if that is another thing.
CREATE TABLE claim_apart (claim TEXT PRIMARY KEY, known_to INTEGER NOT NULL, withdrawn_by TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Every version of every event. killed is the toll's best, -1 where there is none, as are killed_low and killed_high;
-- killed_agreed is -1 where there is no toll. time_floats says which ends of its time float: 1 the earliest, 2 the latest, 3 both.
-- Of each order's key there are two: an absent one comes last both ways.
CREATE TABLE event_state (
  event TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL,
  status TEXT NOT NULL, category TEXT NOT NULL, mode TEXT NOT NULL, modality TEXT NOT NULL, precision TEXT NOT NULL,
  time_earliest INTEGER NOT NULL, time_latest INTEGER NOT NULL, time_asc INTEGER NOT NULL, time_desc INTEGER NOT NULL,
  asserted_earliest INTEGER NOT NULL, asserted_latest INTEGER NOT NULL, asserted_asc INTEGER NOT NULL, asserted_desc INTEGER NOT NULL,
  time_floats INTEGER NOT NULL, killed_low INTEGER NOT NULL, killed_high INTEGER NOT NULL, killed_agreed INTEGER NOT NULL,
  killed INTEGER NOT NULL, killed_asc INTEGER NOT NULL, killed_desc INTEGER NOT NULL, voices INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (event, known_from, layer)
) STRICT;
-- The versions that hold with everything known, in each order.
CREATE INDEX event_time_asc ON event_state (time_asc, event, layer, time_earliest, time_latest) WHERE known_to = 4611686018427387903;
CREATE INDEX event_time_desc ON event_state (time_desc, event, layer) WHERE known_to = 4611686018427387903;
-- All versions: with everything known few have to be passed over.
CREATE INDEX event_asserted_asc ON event_state (asserted_asc, event, known_from, known_to, layer);
CREATE INDEX event_asserted_desc ON event_state (asserted_desc, event, known_from, known_to, layer);
CREATE INDEX event_killed_asc ON event_state (killed_asc, event, known_from, known_to, layer);
CREATE INDEX event_killed_desc ON event_state (killed_desc, event, known_from, known_to, layer);
CREATE INDEX event_known ON event_state (time_asc, event, known_from, known_to, category, layer, status, killed);
CREATE INDEX event_known_desc ON event_state (time_desc, event, known_from, known_to, category, layer, status, killed);
-- Few versions were known before their event began, or have no beginning: what is known at a moment lies before it, or is of these.
CREATE INDEX event_ahead ON event_state (time_asc, event, known_from, known_to, category, layer, status, killed) WHERE time_asc > known_from;
CREATE INDEX event_ahead_desc ON event_state (time_desc, event, known_from, known_to, category, layer, status, killed) WHERE time_desc > known_from;
CREATE TABLE state_code (
  scheme TEXT NOT NULL, value TEXT NOT NULL, event TEXT NOT NULL, known_from INTEGER NOT NULL, layer INTEGER NOT NULL,
  PRIMARY KEY (scheme, value, event, known_from, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX state_code_event ON state_code (event);

CREATE TABLE participation (
  event TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL,
  side TEXT NOT NULL, representing TEXT NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (event, actor, role, known_from, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX participation_actor ON participation (actor, event, role, known_from, known_to, layer);
CREATE INDEX participation_representing ON participation (representing, event) WHERE representing <> '';
CREATE TABLE event_location (
  event TEXT NOT NULL, location TEXT NOT NULL, role TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (event, location, role, known_from, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_location_location ON event_location (location, event, role, known_from, known_to, layer);
CREATE TABLE event_part (
  part TEXT NOT NULL, whole TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (part, whole, known_from, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_part_whole ON event_part (whole, part, known_from, known_to, layer);
CREATE TABLE response (
  answer TEXT NOT NULL, answered TEXT NOT NULL, kind TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (answer, answered, kind, known_from, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX response_answered ON response (answered, answer, kind, known_from, known_to, layer);
CREATE TABLE announcement (
  announcer TEXT NOT NULL, announced TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL, record TEXT NOT NULL,
  PRIMARY KEY (announcer, announced, known_from, layer)
) STRICT, WITHOUT ROWID;
CREATE INDEX announcement_announced ON announcement (announced, announcer, known_from, known_to, layer);

-- What nodes are found by: one entry for a node, for an event one for each stretch in which its texts were the same.
CREATE TABLE search_entry (
  num INTEGER PRIMARY KEY, id TEXT NOT NULL, type TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL
) STRICT;
CREATE INDEX search_entry_id ON search_entry (id);
CREATE TABLE search_name (entry INTEGER NOT NULL, folded TEXT NOT NULL, PRIMARY KEY (entry, folded)) STRICT, WITHOUT ROWID;
-- Tokens come folded and free of punctuation, so the plainest tokenizer keeps them whole. rowid is the entry's number.
CREATE VIRTUAL TABLE search_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3', detail = none);

CREATE TABLE checkpoint (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
