-- The claims with extractions, in the order of lists of claims. Texts within a record have their quotation marks escaped.
CREATE INDEX claim_extracted ON claim (known_from, id) WHERE instr(record, '"extractions":[') > 0;
