package kg

import "strings"

// sameLanguage compares BCP 47 tags without regard to case, by their primary subtag.
func sameLanguage(a, b string) bool {
	return a != "" && strings.EqualFold(primarySubtag(a), primarySubtag(b))
}

func primarySubtag(tag string) string {
	primary, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	return primary
}
