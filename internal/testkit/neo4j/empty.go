package neo4j

import "fmt"

// empty deletes every node, relationship, constraint and index of the database.
func empty(s session) error {
	if err := deleteNodes(s, ""); err != nil {
		return err
	}
	// Constraints first, since they take their indexes with them; the token lookup indexes are Neo4j's own.
	for _, drop := range []struct{ list, drop string }{
		{"SHOW CONSTRAINTS YIELD name", "DROP CONSTRAINT $name"},
		{"SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'", "DROP INDEX $name"},
	} {
		names, err := s.column(drop.list)
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := s.run(drop.drop, map[string]any{"name": name}); err != nil {
				return err
			}
		}
	}
	return nil
}

// deleteNodes deletes every node and relationship, except nodes with the label keep, if that is not empty.
func deleteNodes(s session, keep string) error {
	where := ""
	if keep != "" {
		where = fmt.Sprintf("WHERE NOT n:`%s` ", keep)
	}
	return s.run("MATCH (n) "+where+"CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS", nil)
}
