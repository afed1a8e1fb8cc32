-- Words that are divided without a visible sign are indexed both ways, more signs are apostrophes, and the keys of names have
-- a bound. The rows have the same form, but earlier programs would search for other words: they must not open the store.
SELECT 1;
