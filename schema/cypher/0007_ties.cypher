// A node of which two values of a field have equally many sources has ties, the sources whose dates decide between these,
// and tied, which is 1. When a source gets another date, its nodes are found by them.

CREATE INDEX actor_tied IF NOT EXISTS FOR (n:Actor) ON (n.tied);
CREATE INDEX actor_apart_tied IF NOT EXISTS FOR (n:Actor) ON (n.apartTied);
CREATE INDEX location_tied IF NOT EXISTS FOR (n:Location) ON (n.tied);
CREATE INDEX location_apart_tied IF NOT EXISTS FOR (n:Location) ON (n.apartTied);
CREATE INDEX document_tied IF NOT EXISTS FOR (n:Document) ON (n.tied);
CREATE INDEX release_tied IF NOT EXISTS FOR (n:Release) ON (n.tied);
CREATE INDEX affiliation_tied IF NOT EXISTS FOR (n:Affiliation) ON (n.tied);
