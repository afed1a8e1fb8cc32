package proposal

// Interview is the account of the questions to a model. Answers from a cache have the figures of when they were given,
// so that the same answers make the same account.
type Interview struct {
	// Hosts are the endpoints' hosts, and Fingerprints and Models what they say of themselves.
	Hosts        []string `json:"hosts"`
	Models       []string `json:"models,omitempty"`
	Fingerprints []string `json:"fingerprints,omitempty"`
	// Formats are the response formats that were asked for: json_schema, json_object or text.
	Formats []string `json:"formats"`
	Seed    int      `json:"seed"`
	// Window is the number of characters of a window.
	Window       int     `json:"window"`
	PromptTokens int     `json:"promptTokens"`
	AnswerTokens int     `json:"answerTokens"`
	Seconds      float64 `json:"seconds"`
	Retries      int     `json:"retries"`
	Calls        []Call  `json:"calls"`
}

// Call is one question and its answer.
type Call struct {
	Part string `json:"part"`
	// Window is the position of the window of sentences, from 1, and Purpose why it was asked: first, unclaimed or
	// refused.
	Window  int    `json:"window"`
	Purpose string `json:"purpose"`
	// QuestionSHA256 is the key of the question, and AnswerSHA256 the hash of the answer.
	QuestionSHA256 string  `json:"questionSha256"`
	AnswerSHA256   string  `json:"answerSha256"`
	PromptTokens   int     `json:"promptTokens"`
	AnswerTokens   int     `json:"answerTokens"`
	Seconds        float64 `json:"seconds"`
	Retries        int     `json:"retries"`
}
