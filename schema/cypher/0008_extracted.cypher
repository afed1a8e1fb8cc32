// Claims with extractions have _extracted, which is 1. Texts within a record have their quotation marks escaped.

CREATE INDEX claim_extracted IF NOT EXISTS FOR (n:Claim) ON (n._extracted);
MATCH (n:Claim) WHERE n._record CONTAINS '"extractions":[' SET n._extracted = 1;
