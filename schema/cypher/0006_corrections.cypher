// What keepers of the graph decided. A (:Review) names claims, documents and releases: (:Review)-[:NAMES]->(:ReviewTarget
// {id}). A (:Correction) has the id of the corrected claim or node as its target. A (:Claim) has the content of its latest
// correction, and there is none for a forgotten claim; both are (:OriginalClaim) as they were loaded.

CREATE CONSTRAINT review_id IF NOT EXISTS FOR (n:Review) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT review_target_id IF NOT EXISTS FOR (n:ReviewTarget) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT correction_id IF NOT EXISTS FOR (n:Correction) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT original_id IF NOT EXISTS FOR (n:OriginalClaim) REQUIRE n.id IS UNIQUE;

CREATE INDEX correction_target IF NOT EXISTS FOR (n:Correction) ON (n.target);
CREATE INDEX original_subject IF NOT EXISTS FOR (n:OriginalClaim) ON (n.subject);
