package strictjson

import (
	"bytes"
	"fmt"

	"github.com/go-json-experiment/json/jsontext"
)

// LongList returns the fault of the first list of more than the most elements, or nil. It needs no memory for the
// elements. Decoded elements take many times the bytes of their text.
func LongList(text []byte, most int) *Fault {
	if bytes.Count(text, []byte(",")) < most {
		return nil
	}
	in := jsontext.NewDecoder(bytes.NewReader(text), jsontext.AllowDuplicateNames(true), jsontext.AllowInvalidUTF8(true))
	var long *Fault
	depth, length := 0, int64(0) // of the list
	for {
		token, err := in.ReadToken()
		if err != nil {
			return long // io.EOF, or the caller's decoder reports it
		}
		at := in.StackDepth()
		switch kind, n := in.StackIndex(at); {
		case long != nil && at < depth:
			long.Reason = fmt.Sprintf("has %d elements, of at most %d", length, most)
			return long
		case long != nil && at == depth:
			length = n
		case long == nil && kind == '[' && n > int64(most) && token.Kind() != ']':
			depth, length = at, n
			pointer := in.StackPointer()
			long = &Fault{Pointer: string(pointer.Parent()), Offset: in.InputOffset()}
		}
	}
}
