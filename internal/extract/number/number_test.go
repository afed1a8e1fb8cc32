package number

import (
	"slices"
	"testing"
)

func TestStated(t *testing.T) {
	for _, c := range []struct {
		sentence string
		want     []int
	}{
		{"No crew were hurt.", nil},
		{"Eight were killed and 30 wounded.", []int{8, 30}},
		{"Twenty-five ships and one hundred and four crew left.", []int{25, 104}},
		{"twenty, five", []int{5, 20}},
		{"two thousand three hundred", []int{2300}},
		{"some 1,250 people, 3.000 houses and 12 500 trees", []int{0, 1, 3, 12, 250, 500, 1250, 3000, 12500}},
		{"30 thousand people", []int{30, 30000}},
		{"a dozen, dozens and hundreds", []int{12}},
		{"٣٠ شخصا و١٢ سفينة", []int{12, 30}},
		{"قتل ثمانية وأصيب ثلاثون", []int{8, 30}},
		{"خمسة وعشرون شخصا", []int{25}},
		{"ثلاثة عشر قاربا", []int{13}},
		{"ثلاثة آلاف ومئتان", []int{3200}},
		{"ألف وأربعمئة وخمسون", []int{1450}},
		{"загинули вісім людей, тридцять дві поранені", []int{8, 32}},
		{"пʼятеро рибалок і двадцять п’ять моряків", []int{5, 25}},
		{"двісті тисяч домівок", []int{200000}},
		{"тисячі людей", nil},
		{"погибли сто двадцать три человека", []int{123}},
		{"пострадали двое и четверо", []int{2, 4}},
		{"999999999999999999999", nil},
	} {
		if got := Stated(c.sentence); !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.sentence, got, c.want)
		}
	}
}

func TestStates(t *testing.T) {
	for _, c := range []struct {
		sentence string
		n        int
		want     bool
	}{
		{"A bus was hit.", 1, true},
		{"The bus was hit.", 1, false},
		{"دُمِّرت طائرتين", 2, true},
		{"غرق قارب", 2, false},
		{"غرق قاربان", 2, true},
		{"Eight were killed.", 8, true},
		{"Eight were killed.", 80, false},
		{"Eighteen were killed.", 8, false},
	} {
		if got := States(c.sentence, c.n); got != c.want {
			t.Errorf("%q states %d: %v", c.sentence, c.n, got)
		}
	}
}

func FuzzStated(f *testing.F) {
	f.Add("one million billion billion 999 thousand hundred")
	f.Add("ثلاثة آلاف ومئتان")
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range Stated(s) {
			if n < 0 {
				t.Fatalf("%q: %d", s, n)
			}
		}
	})
}
