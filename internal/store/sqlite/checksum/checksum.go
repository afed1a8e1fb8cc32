// Package checksum computes the checksums that are stored with the rows of a database and reveal damage: XXH64 of the
// values of columns. Go code and SQL compute the same checksums.
package checksum

import (
	"database/sql/driver"
	"encoding/binary"
	"math"
	"strings"
	"sync"

	"github.com/cespare/xxhash/v2"
	"modernc.org/sqlite"

	"casus/internal/kg"
)

// Function is the name of the SQL function that returns the checksum of its arguments.
const Function = "casus_checksum"

// Register makes Function known to all connections that are opened later. It may be called often.
func Register() error { return register() }

var register = sync.OnceValue(func() error {
	err := sqlite.RegisterDeterministicScalarFunction(Function, -1,
		func(_ *sqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
			var b []byte
			for _, v := range args {
				b = Append(b, v)
			}
			return Sum(b), nil
		})
	if err != nil {
		return kg.Errorf(kg.Internal, "register the function %s: %w", Function, err)
	}
	return nil
})

// Sum returns the checksum of values that were appended.
func Sum(values []byte) int64 { return int64(xxhash.Sum64(values)) }

// Of returns the checksum of values.
func Of(values ...any) int64 {
	var b []byte
	for _, v := range values {
		b = Append(b, v)
	}
	return Sum(b)
}

// Append appends a value of a column in a form that is unique for a list of values. Values that SQLite stores in the
// same way have the same form: booleans are integers, and there is no negative zero.
func Append(b []byte, v any) []byte {
	switch v := v.(type) {
	case int:
		return appendNumber(b, 'i', uint64(v))
	case int64:
		return appendNumber(b, 'i', uint64(v))
	case bool:
		n := uint64(0)
		if v {
			n = 1
		}
		return appendNumber(b, 'i', n)
	case float64:
		return appendNumber(b, 'r', math.Float64bits(v+0))
	case string:
		return append(appendNumber(b, 't', uint64(len(v))), v...)
	case []byte:
		return append(appendNumber(b, 'b', uint64(len(v))), v...)
	case nil:
		return append(b, 'n')
	}
	return append(b, '?')
}

func appendNumber(b []byte, kind byte, n uint64) []byte {
	return binary.LittleEndian.AppendUint64(append(b, kind), n)
}

// Words returns the checksum of a set of words, which are separated by spaces. It does not depend on their order.
func Words(words string) int64 {
	sum := int64(0)
	for w := range strings.SplitSeq(words, " ") {
		sum += Word(w)
	}
	return sum
}

// Word returns the contribution of a word to the checksum of a set.
func Word(w string) int64 { return int64(xxhash.Sum64String(w)) }

// Column is a column that holds the checksum of others.
type Column struct {
	Name string
	// Of are the names of the columns that it covers, in this order.
	Of []string
}

// Table is a table with checksums.
type Table struct {
	Name string
	Sums []Column
	// Key is the column that names a row in reports; "" means the column id or else the first one with a checksum.
	Key string
}

// Split returns the names in a list of columns.
func Split(columns string) []string {
	names := strings.Split(columns, ",")
	for i, n := range names {
		names[i] = strings.TrimSpace(n)
	}
	return names
}

// Expression returns the SQL expression of the right checksum.
func (c Column) Expression() string { return Function + "(" + strings.Join(c.Of, ", ") + ")" }

// key returns the column that names a row.
func (t Table) key() string {
	if t.Key != "" {
		return t.Key
	}
	for _, name := range t.Sums[0].Of {
		if name == "id" {
			return name
		}
	}
	return t.Sums[0].Of[0]
}

// Wrong returns the query for the ids of rows whose checksums are wrong.
func (t Table) Wrong() string {
	var wrong []string
	for _, c := range t.Sums {
		wrong = append(wrong, c.Name+" IS NOT "+c.Expression())
	}
	return "SELECT coalesce(CAST(" + t.key() + " AS TEXT), '') FROM " + t.Name +
		" NOT INDEXED WHERE " + strings.Join(wrong, " OR ")
}
