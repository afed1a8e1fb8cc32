package edtf_test

import (
	"fmt"
	"time"

	"casus/internal/edtf"
)

func ExampleParseTime() {
	for _, value := range []string{"2025-12-20", "2025-07~", "../2022-02-24", "2025/12/20"} {
		t, err := edtf.ParseTime(value)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%s: %s, from %s until before %s\n", t, t.Precision, t.Earliest, t.Latest)
	}
	// Output:
	// 2025-12-20: DAY, from 2025-12-20T00:00:00Z until before 2025-12-21T00:00:00Z
	// 2025-07~: MONTH, from 2025-07-01T00:00:00Z until before 2025-08-01T00:00:00Z
	// ../2022-02-24: INTERVAL, from -infinity until before 2022-02-25T00:00:00Z
	// EDTF "2025/12/20": year 12 has 2 digits instead of 4; did you mean "2025-12-20"?
}

// A date floats: its hull depends on the time zone.
func ExampleTime_HullIn() {
	t, err := edtf.ParseTime("2025-12-20")
	if err != nil {
		fmt.Println(err)
		return
	}
	earliest, latest := t.HullIn(time.FixedZone("UTC+9", 9*60*60))
	fmt.Println(earliest, latest)
	// Output: 2025-12-19T15:00:00Z 2025-12-20T15:00:00Z
}

func ExampleTime_PossiblyWithin() {
	december, err := edtf.ParseTime("2025-12")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, value := range []string{"2025-12-20", "2025", "2026"} {
		t, err := edtf.ParseTime(value)
		if err != nil {
			fmt.Println(err)
			return
		}
		lo, hi := december.Earliest, december.Latest
		fmt.Println(value, t.PossiblyWithin(lo, hi), t.DefinitelyWithin(lo, hi))
	}
	// Output:
	// 2025-12-20 true true
	// 2025 true false
	// 2026 false false
}
