package strictjson_test

import (
	"casus/internal/strictjson"
	"testing"
)

func TestRewriteWholeNumbers(t *testing.T) {
	for text, want := range map[string]string{
		`{"a":3.0,"b":[-2.50,1e2,0.0],"c":"3.0 \" 4.0"}`: `{"a":3,"b":[-2.50,100,0],"c":"3.0 \" 4.0"}`,
		`{"a":3,"b":3.5}`: `{"a":3,"b":3.5}`, `[1e30,1E400,12345678901234567890.0]`: `[1e30,1E400,12345678901234567890.0]`,
		`5.0`: `5`, `"5.0`: `"5.0`, ``: ``,
	} {
		if got := string(strictjson.RewriteWholeNumbers([]byte(text))); got != want {
			t.Errorf("%s is %s, want %s", text, got, want)
		}
	}
}
