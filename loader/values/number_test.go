package values_test

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"casus/loader/values"
)

func TestNumber(t *testing.T) {
	for _, c := range []struct{ cell, points, commas string }{
		{"3", "3", "3"}, {" 3 ", "3", "3"}, {"3.0", "3", "3"}, {"3,0", fault, "3"}, {"003", "3", "3"}, {"-0.0", "0", "0"},
		{"", "", ""}, {"NA", "", ""}, {"<NA>", "", ""}, {"nan", "", ""}, {".", "", ""}, {"-", "", ""},
		{"-9", "-9", "-9"}, {"−9", "-9", "-9"}, {"+9.50", "9.5", "9.5"}, {".5", "0.5", "0.5"}, {"-99.0", "-99", "-99"},
		{"50.45", "50.45", "50.45"}, {"50,45", fault, "50.45"}, {"-0,5", fault, "-0.5"}, {"50.1234", "50.1234", "50.1234"},
		// One group of three digits: decimals or thousands.
		{"1,234", "1234", "1.234"}, {"1.234", "1.234", fault}, {"1.000", "1", fault}, {"0.123", "0.123", "0.123"},
		{"0,123", fault, "0.123"}, {"1234,567", fault, "1234.567"},
		// Two marks, or several groups, have one reading.
		{"1,234.5", "1234.5", "1234.5"}, {"1.234,5", "1234.5", "1234.5"}, {"1,234,567", "1234567", "1234567"},
		{"1.234.567", "1234567", "1234567"}, {"1 234", "1234", "1234"}, {"1\u00a0234,5", "1234.5", "1234.5"},
		{"1’234.5", "1234.5", "1234.5"}, {"1,23,456", fault, fault}, {"1 23", fault, fault},
		{"1.71e+09", "1710000000", "1710000000"}, {"1e5", "100000", "100000"}, {"2,5e3", fault, "2500"},
		{"9007199254740993.0", "9007199254740993", "9007199254740993"},
		{"15.485900000000001", "15.4859", "15.4859"}, {"0.1234567890123456789", "0.123456789012346", "0.123456789012346"},
		{"1e400", fault, fault}, {"1e9999", fault, fault}, {"0x10", fault, fault}, {"1_000", fault, fault},
		{"Inf", fault, fault}, {"many", fault, fault}, {"3 km", fault, fault}, {"--5", fault, fault}, {"1.2.3", fault, fault},
	} {
		for format, want := range map[values.Format]string{{}: c.points, {DecimalComma: true}: c.commas} {
			got, err := format.Number(c.cell)
			if err != nil {
				got = fault
				if !strings.Contains(err.Error(), strconv.Quote(c.cell)) && !strings.Contains(c.cell, "\u00a0") {
					t.Errorf("%q: the error does not name it: %v", c.cell, err)
				}
			}
			if got != want {
				t.Errorf("%q with decimal commas %t is %q (%v), want %q", c.cell, format.DecimalComma, got, err, want)
			}
		}
	}
}

// FuzzNumber checks that a number is a fixed point of the rule, and the number that Go reads where it reads the cell.
func FuzzNumber(f *testing.F) {
	for _, cell := range []string{"3", "1,234.5", "1.234,5", "-0,5", "1e5", "1 234", "−9", ".", "1’234"} {
		f.Add(cell, true)
		f.Add(cell, false)
	}
	f.Fuzz(func(t *testing.T, cell string, commas bool) {
		got, err := values.Format{DecimalComma: commas}.Number(cell)
		if err != nil || got == "" {
			return
		}
		v, err := strconv.ParseFloat(got, 64)
		if err != nil || math.IsInf(v, 0) {
			t.Fatalf("%q is %q", cell, got)
		}
		if again, err := (values.Format{}).Number(got); err != nil || again != got {
			t.Errorf("%q is %q, and that is %q, %v", cell, got, again, err)
		}
		direct, err := strconv.ParseFloat(strings.TrimSpace(cell), 64)
		if err == nil && math.Abs(direct-v) > 1e-14*math.Abs(direct) {
			t.Errorf("%q is %q", cell, got)
		}
	})
}
