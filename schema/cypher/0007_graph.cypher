// The graph in Neo4j. docs/cypher.md describes it for readers: what they read has plain names and Neo4j's own types.
// What only the engine needs begins with an underscore: instants in milliseconds, in which an open end is a number
// beyond every date; sort keys; words; sets, with a bit for each term of their vocabularies (_codings: HUMAN 1,
// MACHINE_REVIEWED 2, MACHINE 4; _disagreements: OCCURRENCE 1, TIME 2 ...); and records, the JSON from which the other
// properties follow. _idKey, _nameKey and _titleKey are texts in a form that every comparison of the engine orders by
// code points.
//
// Nodes are found by id. An event's own properties are those of the version that holds with everything known, and it is
// also an EventState; its earlier versions are (:Event)-[:HAS_STATE]->(:EventState), with the same properties.
// Relationships and versions hold from knownFrom until before knownTo, which is absent while they hold.
//
// Merged nodes are (:Actor)-[:MEMBER_OF]->(:Actor), likewise locations and events; the one with the smallest id stands
// for all. It has the properties of the class, and its own as _exactKind and so on. The others, and whatever exists
// only in the EXACT view, in which every node stands by itself, have the identity EXACT; what exists only in the
// RESOLVED view, in which a class is one node, has the identity RESOLVED. (:_ClassVersion) counts the changes of these
// classes.
//
// (:_ChangeLog {id: 'changes'}).last is the revision, which grows with each batch that changes anything: the number of
// the batch times 4194304, plus a random number. Writers lock it. Each (:_Change) has a revision and the changed
// events, affiliations and locations, one a line; without them it means everything. There are at most a hundred: a new
// one replaces the oldest.

CREATE CONSTRAINT actor_id IF NOT EXISTS FOR (n:Actor) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT location_id IF NOT EXISTS FOR (n:Location) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT document_id IF NOT EXISTS FOR (n:Document) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT release_id IF NOT EXISTS FOR (n:Release) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT affiliation_id IF NOT EXISTS FOR (n:Affiliation) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT identity_id IF NOT EXISTS FOR (n:IdentityDecision) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT claim_id IF NOT EXISTS FOR (n:Claim) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT event_id IF NOT EXISTS FOR (n:Event) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT identifier_key IF NOT EXISTS FOR (n:Identifier) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT class_lock IF NOT EXISTS FOR (n:_ClassLock) REQUIRE n.stripe IS UNIQUE;
CREATE CONSTRAINT checkpoint_key IF NOT EXISTS FOR (n:_Checkpoint) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT changelog_id IF NOT EXISTS FOR (n:_ChangeLog) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT change_slot IF NOT EXISTS FOR (n:_Change) REQUIRE n.slot IS UNIQUE;

CREATE INDEX actor_name IF NOT EXISTS FOR (n:Actor) ON (n._nameKey, n._idKey);
CREATE INDEX location_name IF NOT EXISTS FOR (n:Location) ON (n._nameKey, n._idKey);
CREATE INDEX location_latitude IF NOT EXISTS FOR (n:Location) ON (n._latitude);
CREATE POINT INDEX location_point IF NOT EXISTS FOR (n:Location) ON (n.point);
CREATE INDEX document_title IF NOT EXISTS FOR (n:Document) ON (n._titleKey, n._idKey);
CREATE INDEX document_published_asc IF NOT EXISTS FOR (n:Document) ON (n._publishedAsc, n._idKey);
CREATE INDEX document_published_desc IF NOT EXISTS FOR (n:Document) ON (n._publishedEarliest, n._idKey);
CREATE INDEX release_name IF NOT EXISTS FOR (n:Release) ON (n.name);

CREATE INDEX state_time_asc IF NOT EXISTS FOR (n:EventState) ON (n._timeAsc, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_time_desc IF NOT EXISTS FOR (n:EventState) ON (n._earliest, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_asserted_asc IF NOT EXISTS FOR (n:EventState) ON (n._assertedAsc, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_asserted_desc IF NOT EXISTS FOR (n:EventState) ON (n._assertedEarliest, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_killed_asc IF NOT EXISTS FOR (n:EventState) ON (n._killedAsc, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_killed_desc IF NOT EXISTS FOR (n:EventState) ON (n._killedDesc, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_documents IF NOT EXISTS FOR (n:EventState) ON (n.documents, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_publishers IF NOT EXISTS FOR (n:EventState) ON (n.publishers, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_voices IF NOT EXISTS FOR (n:EventState) ON (n.voices, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_datasets IF NOT EXISTS FOR (n:EventState) ON (n.datasets, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_disagreements IF NOT EXISTS FOR (n:EventState) ON (n._disagreements);
CREATE INDEX state_ahead_asc IF NOT EXISTS FOR (n:EventState) ON (n._aheadAsc, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_ahead_desc IF NOT EXISTS FOR (n:EventState) ON (n._aheadDesc, n._idKey, n._knownFrom, n._knownTo);
CREATE INDEX state_id IF NOT EXISTS FOR (n:EventState) ON (n.id);

CREATE INDEX claim_subject IF NOT EXISTS FOR (n:Claim) ON (n.subject);
CREATE INDEX claim_known IF NOT EXISTS FOR (n:Claim) ON (n._knownFrom, n._idKey);
CREATE INDEX claim_speaker IF NOT EXISTS FOR (n:Claim) ON (n.speaker);

CREATE INDEX decision_a IF NOT EXISTS FOR (n:IdentityDecision) ON (n.a);
CREATE INDEX decision_b IF NOT EXISTS FOR (n:IdentityDecision) ON (n.b);

CREATE FULLTEXT INDEX search_words IF NOT EXISTS FOR (n:Actor|Location|Document|Claim|EventState) ON EACH [n._words] OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}};

// Reviews and corrections. A (:Review) names claims, documents and releases: (:Review)-[:NAMES]->(:_ReviewTarget {id}).
// A (:Correction) has the id of the corrected claim or node as its target. A (:Claim) has the content of its latest
// correction, and there is none for a forgotten claim; both are (:OriginalClaim) as they were loaded.

CREATE CONSTRAINT review_id IF NOT EXISTS FOR (n:Review) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT review_target_id IF NOT EXISTS FOR (n:_ReviewTarget) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT correction_id IF NOT EXISTS FOR (n:Correction) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT original_id IF NOT EXISTS FOR (n:OriginalClaim) REQUIRE n.id IS UNIQUE;

CREATE INDEX correction_target IF NOT EXISTS FOR (n:Correction) ON (n.target);
CREATE INDEX original_subject IF NOT EXISTS FOR (n:OriginalClaim) ON (n.subject);

// A node of which two values of a field have equally many sources has _ties, the sources whose dates decide between
// these, and _tied, which is 1. When a source gets another date, its nodes are found by them.

CREATE INDEX actor_tied IF NOT EXISTS FOR (n:Actor) ON (n._tied);
CREATE INDEX actor_exact_tied IF NOT EXISTS FOR (n:Actor) ON (n._exactTied);
CREATE INDEX location_tied IF NOT EXISTS FOR (n:Location) ON (n._tied);
CREATE INDEX location_exact_tied IF NOT EXISTS FOR (n:Location) ON (n._exactTied);
CREATE INDEX document_tied IF NOT EXISTS FOR (n:Document) ON (n._tied);
CREATE INDEX release_tied IF NOT EXISTS FOR (n:Release) ON (n._tied);
CREATE INDEX affiliation_tied IF NOT EXISTS FOR (n:Affiliation) ON (n._tied);
