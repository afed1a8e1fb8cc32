-- Names are looked up by how they begin, where the words of a search occur too often to look at all that has them.
CREATE INDEX search_name_folded ON search_name (folded, entry);
