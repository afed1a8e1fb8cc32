-- The day under which a source lists an event, in milliseconds of its start in UTC. NULL without one.
ALTER TABLE event_state ADD COLUMN nominal INTEGER;
