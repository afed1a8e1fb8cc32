-- What most versions of events have most rows of comes in the order in which it is written, and is found by indexes, which a first
-- load makes when it ends; ordered by the events' ids, which are in no order, each batch wrote half of the pages anew. The indexes by
-- event have known_to last, so that who only counts and joins need not read the rows.
CREATE TABLE state_code_rows (
  scheme TEXT NOT NULL, value TEXT NOT NULL, event TEXT NOT NULL, known_from INTEGER NOT NULL, layer INTEGER NOT NULL
) STRICT;
INSERT INTO state_code_rows SELECT scheme, value, event, known_from, layer FROM state_code ORDER BY event, known_from;
DROP TABLE state_code;
ALTER TABLE state_code_rows RENAME TO state_code;
CREATE UNIQUE INDEX state_code_value ON state_code (scheme, value, event, known_from, layer);
CREATE INDEX state_code_event ON state_code (event);

CREATE TABLE participation_rows (
  event TEXT NOT NULL, actor TEXT NOT NULL, role TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL,
  side TEXT NOT NULL, representing TEXT NOT NULL, record TEXT NOT NULL
) STRICT;
INSERT INTO participation_rows SELECT event, actor, role, known_from, known_to, layer, side, representing, record FROM participation ORDER BY event;
DROP TABLE participation;
ALTER TABLE participation_rows RENAME TO participation;
CREATE UNIQUE INDEX participation_event ON participation (event, actor, role, known_from, layer, known_to);
CREATE INDEX participation_actor ON participation (actor, event, role, known_from, known_to, layer);
CREATE INDEX participation_representing ON participation (representing, event) WHERE representing <> '';

CREATE TABLE event_location_rows (
  event TEXT NOT NULL, location TEXT NOT NULL, role TEXT NOT NULL, known_from INTEGER NOT NULL, known_to INTEGER NOT NULL, layer INTEGER NOT NULL, record TEXT NOT NULL
) STRICT;
INSERT INTO event_location_rows SELECT event, location, role, known_from, known_to, layer, record FROM event_location ORDER BY event;
DROP TABLE event_location;
ALTER TABLE event_location_rows RENAME TO event_location;
CREATE UNIQUE INDEX event_location_event ON event_location (event, location, role, known_from, layer, known_to);
CREATE INDEX event_location_location ON event_location (location, event, role, known_from, known_to, layer);
