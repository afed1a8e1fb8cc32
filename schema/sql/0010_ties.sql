-- The nodes of which two values of a field have equally many sources, and the sources whose dates decide between these. When
-- a source gets another date, its nodes are found here.
CREATE TABLE tie (
  source TEXT NOT NULL, node TEXT NOT NULL, PRIMARY KEY (source, node)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_node ON tie (node);
