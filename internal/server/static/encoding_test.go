package static

import "testing"

func TestAcceptsGzip(t *testing.T) {
	tests := map[string]bool{
		"":                        false,
		"gzip":                    true,
		"GZip":                    true,
		"deflate, gzip;q=0.5, br": true,
		"gzip;q=0":                false,
		"gzip; q=0.000":           false,
		"gzip;q=x":                false,
		"identity":                false,
		"*":                       true,
		"*;q=0":                   false,
		"*, gzip;q=0":             false,
		"*;q=0, gzip":             true,
		"br, zstd":                false,
	}
	for header, want := range tests {
		if got := AcceptsGzip([]string{header}); got != want {
			t.Errorf("%q: %v", header, got)
		}
	}
	if !AcceptsGzip([]string{"br", "gzip"}) || AcceptsGzip(nil) {
		t.Error("two header lines, or none")
	}
}
