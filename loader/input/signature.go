package input

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"path"
	"regexp"
	"strings"

	"casus/internal/kg"
)

// signature is how files of a format begin, and how such a file becomes a table. In the commands, FILE is the file's
// name and NAME the name without its ending.
type signature struct {
	format string
	starts []string
	offset int
	// within are texts one of which is in the file's first bytes; endings are of names. Either suffices, if there are any.
	within, endings []string
	advice          string
}

func pandas(reader string) string {
	return `python3 -c "import pandas; pandas.` + reader + `('FILE').to_csv('NAME.csv', index=False)"`
}

// signatures are tried in their order.
var signatures = []signature{
	{format: "a Parquet file", starts: []string{"PAR1", "PARE"}, advice: pandas("read_parquet")},
	{format: "a Feather (Arrow) file", starts: []string{"ARROW1", "FEA1"}, advice: pandas("read_feather")},
	{format: "an ORC file", starts: []string{"ORC"}, within: []string{"\x00"}, advice: pandas("read_orc")},
	{format: "an Avro file", starts: []string{"Obj\x01"}, advice: `python3 -c "import fastavro, pandas; ` +
		`pandas.DataFrame(fastavro.reader(open('FILE', 'rb'))).to_csv('NAME.csv', index=False)"`},
	{
		format: "an Excel workbook", starts: []string{"PK\x03\x04"}, within: []string{"xl/", "[Content_Types].xml"},
		endings: []string{".xlsx", ".xlsm"}, advice: "save a sheet as CSV, or type: " + pandas("read_excel"),
	},
	{
		format: "a spreadsheet of OpenDocument", starts: []string{"PK\x03\x04"}, within: []string{"opendocument.spreadsheet"},
		endings: []string{".ods"}, advice: "save a sheet as CSV, or type: " + pandas("read_excel"),
	},
	{
		format: "an old Excel workbook", starts: []string{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
			"\x09\x08\x10\x00\x00\x06\x05\x00"},
		advice: "save a sheet as CSV, or type: " + pandas("read_excel"),
	},
	{
		format: "a Python pickle", starts: []string{"\x80\x02", "\x80\x03", "\x80\x04\x95", "\x80\x05\x95"},
		advice: "if you trust it (reading it runs the code in it), type: " + pandas("read_pickle"),
	},
	{format: "an R object", starts: []string{"X\n\x00\x00\x00", "A\n2\n", "A\n3\n", "B\n\x02\x00\x00\x00",
		"B\n\x03\x00\x00\x00"},
		advice: rdsAdvice},
	{format: "an R workspace", starts: []string{"RDX2\n", "RDX3\n", "RDA2\n", "RDA3\n", "RDB2\n", "RDB3\n"},
		advice: rdataAdvice},
	{format: "a Stata file", starts: []string{"<stata_dta>", "\x71\x01\x01", "\x71\x02\x01", "\x72\x01\x01",
		"\x72\x02\x01",
		"\x73\x01\x01", "\x73\x02\x01"}, advice: pandas("read_stata")},
	{format: "an SPSS file", starts: []string{"$FL2", "$FL3"}, advice: pandas("read_spss")},
	{format: "a SAS file", starts: []string{"\xc2\xea\x81\x60"}, offset: 12, advice: pandas("read_sas")},
	{format: "an HDF5 file", starts: []string{"\x89HDF\r\n\x1a\n"}, advice: pandas("read_hdf")},
	{
		format: "a GeoPackage", starts: []string{"SQLite format 3\x00"}, endings: []string{".gpkg"},
		advice: "ogr2ogr -lco RFC7946=YES NAME.geojson FILE",
	},
	{
		format: "an SQLite database", starts: []string{"SQLite format 3\x00"},
		advice: `sqlite3 -csv -header FILE "SELECT * FROM a_table" > NAME.csv`,
	},
	{format: "a shapefile", starts: []string{"\x00\x00\x27\x0a"}, advice: "ogr2ogr -lco RFC7946=YES NAME.geojson FILE"},
	{format: "a PDF document", starts: []string{"%PDF-"}, advice: "extract its tables with a program such as tabula"},
	{format: "packed with bzip2", starts: []string{"BZh1", "BZh2", "BZh3", "BZh4", "BZh5", "BZh6", "BZh7", "BZh8", "BZh9"},
		advice: "bzip2 -dc FILE > NAME"},
	{format: "packed with xz", starts: []string{"\xfd7zXZ\x00"}, advice: "xz -dc FILE > NAME"},
	{format: "packed with lz4", starts: []string{"\x04\x22\x4d\x18"}, advice: "lz4 -dc FILE > NAME"},
	{format: "a 7z archive", starts: []string{"7z\xbc\xaf\x27\x1c"}, advice: "7z x FILE"},
	{format: "a RAR archive", starts: []string{"Rar!\x1a\x07"}, advice: "unrar x FILE"},
	{format: "a tar archive", starts: []string{"ustar"}, offset: 257, advice: "tar -xf FILE"},
	{format: "packed with gzip", starts: []string{"\x1f\x8b"}, advice: "packed files must end in .gz: mv FILE FILE.gz"},
	{format: "packed with zstd", starts: []string{"\x28\xb5\x2f\xfd"},
		advice: "packed files must end in .zst: mv FILE FILE.zst"},
	{format: "a zip archive", starts: []string{"PK\x03\x04", "PK\x05\x06"},
		advice: "archives must end in .zip: mv FILE FILE.zip; save a sheet of a workbook as CSV"},
}

const (
	rdsAdvice   = `Rscript -e 'write.csv(readRDS("FILE"), "NAME.csv", row.names = FALSE, na = "")'`
	rdataAdvice = `Rscript -e 'for (n in load("FILE")) write.csv(get(n), paste0(n, ".csv"), row.names = FALSE, na = "")'`
)

// matches reports whether a file begins as the format does.
func (s signature) matches(name string, head []byte) bool {
	if len(head) < s.offset {
		return false
	}
	found := false
	for _, start := range s.starts {
		found = found || bytes.HasPrefix(head[s.offset:], []byte(start))
	}
	if !found || len(s.within) == 0 && len(s.endings) == 0 {
		return found
	}
	for _, text := range s.within {
		if bytes.Contains(head, []byte(text)) {
			return true
		}
	}
	for _, ending := range s.endings {
		if strings.HasSuffix(strings.ToLower(name), ending) {
			return true
		}
	}
	return false
}

// CheckSignature returns an error with the code BAD_INPUT if a file is in a binary format that begins with known bytes.
// It names the command that makes a table of it.
func CheckSignature(name string, head []byte) error {
	inner := ""
	if bytes.HasPrefix(head, []byte("\x1f\x8b")) { // as R packs its files
		if packed := unpackedStart(head); bytes.HasPrefix(packed, []byte("RD")) || bytes.HasPrefix(packed, []byte("X\n")) {
			inner, head = ", packed", packed
		}
	}
	switch ending := strings.ToLower(path.Ext(name)); {
	case inner != "" || len(head) < 2:
	case (ending == ".rds" || ending == ".rdata" || ending == ".rda") && isPacked(head):
		format, advice := "an R workspace, packed", rdataAdvice
		if ending == ".rds" {
			format, advice = "an R object, packed", rdsAdvice
		}
		return binaryError(name, format, advice)
	}
	for _, s := range signatures {
		if s.matches(name, head) {
			return binaryError(name, s.format+inner, s.advice)
		}
	}
	return nil
}

// isPacked reports whether a file is packed in one of the ways of R.
func isPacked(head []byte) bool {
	return bytes.HasPrefix(head, []byte("\x1f\x8b")) || bytes.HasPrefix(head, []byte("BZh")) ||
		bytes.HasPrefix(head, []byte("\xfd7zXZ"))
}

// unpackedStart returns the first bytes of the content of a gzip file.
func unpackedStart(head []byte) []byte {
	r, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return nil
	}
	start, _ := io.ReadAll(io.LimitReader(r, 16)) // head is only the beginning
	return start
}

// plainName matches names that need no quotation marks in a command.
var plainName = regexp.MustCompile(`^[A-Za-z0-9_./][A-Za-z0-9_./-]*$`)

func binaryError(name, format, advice string) error {
	file, base := name, strings.TrimSuffix(name, path.Ext(name))
	if !plainName.MatchString(name) || name == "stdin" {
		file, base = "FILE", "NAME"
	}
	advice = strings.NewReplacer("FILE", file, "NAME", base).Replace(advice)
	return kg.Errorf(kg.BadInput, "%s is a binary file (%s): %s", name, format, advice)
}

// checkMarkup returns an error if a text is HTML or XML, as pages that report an error of a server are.
func checkMarkup(name string, text []byte) error {
	kind, _, _ := strings.Cut(http.DetectContentType(text), ";")
	switch kind {
	case "text/html":
		return kg.Errorf(kg.BadInput, "%s is a web page, not a table (%s): was an error saved in place of the file?",
			name, Beginning(text))
	case "text/xml":
		return kg.Errorf(kg.BadInput, "%s is XML, not a table (%s)", name, Beginning(text))
	}
	return nil
}

// Beginning returns the beginning of a text in quotation marks.
func Beginning(text []byte) string {
	words := strings.Join(strings.Fields(strings.ToValidUTF8(string(text[:min(len(text), 300)]), "")), " ")
	if runes := []rune(words); len(runes) > 80 {
		words = string(runes[:80]) + "…"
	}
	return fmt.Sprintf("%q", words)
}
