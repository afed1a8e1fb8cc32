package generate

import (
	"math"
	"math/rand/v2"
	"sort"
	"strings"
)

// syllables are the parts of names, in three scripts.
var syllables = [][]string{
	{"ba", "do", "ri", "lan", "mer", "tu", "shi", "ko", "vel", "ost", "na", "gre"},
	{"ба", "до", "ри", "лан", "мер", "ту", "ши", "ко", "вел", "ост", "на", "гре"},
	{"با", "دو", "ري", "لان", "مر", "تو", "شي", "كو", "فل", "است", "نا", "غر"},
}

// name returns the n-th name, which is always the same: two words of syllables for the digits of a number in base
// twelve, in one script.
func name(n int) string {
	script := syllables[n%3]
	var b strings.Builder
	for words := range 2 {
		if words > 0 {
			b.WriteByte(' ')
		}
		for k := n*7 + words*31 + 144; k > 0; k /= 12 {
			b.WriteString(script[k%12])
		}
	}
	return b.String()
}

// zipf is a generator of random numbers in 0..n-1, in which the k-th has a frequency proportional to 1/k^s.
type zipf struct {
	r   *rand.Rand
	sum []float64
}

func newZipf(r *rand.Rand, s float64, n int) *zipf {
	z := &zipf{r: r, sum: make([]float64, n)}
	total := 0.0
	for k := range n {
		total += 1 / math.Pow(float64(k+1), s)
		z.sum[k] = total
	}
	return z
}

func (z *zipf) next() int {
	x := z.r.Float64() * z.sum[len(z.sum)-1]
	return min(sort.SearchFloat64s(z.sum, x), len(z.sum)-1)
}
