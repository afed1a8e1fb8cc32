package sqlite

// AllWordsAreCommon lets every search be answered as those for common words are.
func (s *Store) AllWordsAreCommon() { s.common = 0 }
