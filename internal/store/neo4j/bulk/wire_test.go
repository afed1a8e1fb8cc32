package bulk

import (
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"casus/internal/kg"
)

// TestWire packs records with random fields and reads them back. Truncated records and trailing bytes must fail.
func TestWire(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		roundTrip(t, r, claimFields)
		roundTrip(t, r, documentFields)
	}
}

func roundTrip[T kg.Identified](t *testing.T, r *rand.Rand, fields func(*wire, *T)) {
	t.Helper()
	var v T
	fillRandom(r, reflect.ValueOf(&v).Elem())
	before := []byte("before")
	text, err := appendPacked(v, fields, before)
	if err != nil {
		t.Fatal(err)
	}
	record := strings.TrimPrefix(string(text), "before")
	back, err := unpack(record, fields)
	if err != nil || !reflect.DeepEqual(back, v) {
		t.Fatalf("%+v, %v\nis not\n%+v", back, err, v)
	}
	if _, err := unpack(record[:r.IntN(len(record))], fields); err == nil {
		t.Fatalf("a truncated record was read: %+v", v)
	}
	if _, err := unpack(record+"\x00", fields); err == nil {
		t.Fatalf("a record with trailing bytes was read: %+v", v)
	}
}

// fillRandom fills the stored fields of a record. Lists are nil or have elements.
func fillRandom(r *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.Repeat("é\"", r.IntN(3)*r.IntN(90)))
	case reflect.Int, reflect.Int64:
		v.SetInt([]int64{0, 1, -1, 300, 1<<62 - 1, -(1 << 62)}[r.IntN(6)])
	case reflect.Float64:
		v.SetFloat([]float64{0, 1, -3.4, math.MaxFloat64, math.SmallestNonzeroFloat64, 1.0 / 3}[r.IntN(6)])
	case reflect.Bool:
		v.SetBool(r.IntN(2) == 0)
	case reflect.Slice:
		if n := r.IntN(3); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fillRandom(r, v.Index(i))
			}
		}
	case reflect.Pointer:
		if r.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fillRandom(r, v.Elem())
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.Tag.Get("json") != "-" || f.Name == "RecordedAt" {
				fillRandom(r, v.Field(i))
			}
		}
	}
}
