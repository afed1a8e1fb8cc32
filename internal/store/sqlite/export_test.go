package sqlite

// AllWordsAreCommon makes every search take the path for common words.
func (s *Store) AllWordsAreCommon() { s.commonThreshold = 0 }
