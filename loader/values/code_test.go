package values_test

import (
	"testing"

	"casus/loader/values"
)

const fault = "error"

func TestCode(t *testing.T) {
	for cell, want := range map[string]string{
		"2": "2", "2.0": "2", "2,0": "2", "2.00": "2", "369.0": "369", "2.000000": "2", "-900001.0": "-900001", "0.0": "0",
		"-0.0": "0", "007": "007", "007.0": "007", "147997.0": "147997", "12345678901234567890.0": "12345678901234567890",
		"1e+05": "100000", "2.0150218e+13": "20150218000000", "1.5e+00": fault, "1e+99": fault,
		"2.001030e+11": fault, "2.00103e+11": fault, "1.00001e+06": fault, "1.2e+05": fault, "1.000000e+05": "100000",
		"1.20E+04": fault, "2,01502E+13": fault, "2.000": fault, "2,000": fault, "147,997": fault, "147 997": fault,
		"A-1": "A-1", "ARL1": "ARL1", "1E5": "1E5", "12e3": "12e3", "1.10": "1.10", "4.2.1": "4.2.1", "1.2": "1.2",
		"2014-01-22": "2014-01-22", "--": "", " 5 ": "5", "": "", "NA": "", "None": "", "NaN": "", "Nan": "Nan", "Na": "Na",
		"+5.0": "5", "2.": "2.", "2.05": "2.05",
	} {
		if got, err := values.Code(cell); errorOr(got, err) != want {
			t.Errorf("%q is %q (%v), want %q", cell, got, err, want)
		}
	}
	for cell, want := range map[string]string{
		"1": "01", "1.0": "01", "20": "20", "": "", "A": "A", "100": "100", "-1": "-1",
	} {
		if got, err := values.PaddedCode(cell, 2); errorOr(got, err) != want {
			t.Errorf("%q padded is %q (%v), want %q", cell, got, err, want)
		}
	}
}

// cameoCodes are codes of each form and root from CAMEO's codebook.
var cameoCodes = []string{
	"010", "011", "014", "019", "020", "0211", "0256", "030", "0311", "036", "040", "042", "0331", "050", "057",
	"060", "0834", "0841", "087", "0871", "0874", "090", "094", "100", "1011", "1056", "112", "1124", "120", "141", "1411",
	"145", "1453", "160", "1621", "173", "1712", "180", "1823", "190", "195", "1951", "200", "204", "2041", "2042",
}

// TestCAMEO drops the leading zero of codes and adds a fraction, like a program that reads them as numbers.
func TestCAMEO(t *testing.T) {
	for _, code := range cameoCodes {
		dropped := code
		if code[0] == '0' {
			dropped = code[1:]
		}
		for _, cell := range []string{code, dropped, dropped + ".0", dropped + ",0", " " + code} {
			if got, err := values.CAMEO(cell); err != nil || got != code {
				t.Errorf("%q is %q (%v), want %q", cell, got, err, code)
			}
		}
	}
	for cell, want := range map[string]string{
		"": "", "NA": "", "04": "04", "4": fault, "00": fault, "000": fault, "99": "099", "210": "0210", "2110": fault,
		"12345": fault, "---": fault, "meet": fault, "4.2": fault, "-42": fault, "1e+02": "100",
	} {
		if got, err := values.CAMEO(cell); errorOr(got, err) != want {
			t.Errorf("%q is %q (%v), want %q", cell, got, err, want)
		}
	}
}

func errorOr(got string, err error) string {
	if err != nil {
		return fault
	}
	return got
}
