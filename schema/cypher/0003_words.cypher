// Words that are divided without a visible sign are indexed both ways, more signs are apostrophes, and the keys of names and
// identifiers have a bound. The nodes have the same form, but earlier programs would search for other words: they must not
// open the store.
