// The full-text index has a word for the states of RETRACTED events, by which a search leaves them out.
MATCH (s:EventState {status: 'RETRACTED'})
WHERE s.words IS NOT NULL AND NOT s.words ENDS WITH ' RETRACTED'
SET s.words = s.words + ' RETRACTED';
