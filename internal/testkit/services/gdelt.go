package services

import (
	"archive/zip"
	"bytes"
	"crypto/md5" //nolint:gosec // GDELT's lists have MD5
	"encoding/hex"
	"fmt"
	"net/http"
	"path"
	"strings"
	"time"
)

// GDELT answers as GDELT's server of files.
type GDELT struct {
	// Lists are the update lists and Files the files, by name. HOST in a list is the server's host.
	Lists map[string]string
	Files map[string][]byte
	// Downloaded counts the bytes of files that were sent.
	Downloaded int64
}

func newGDELT() GDELT {
	g := GDELT{Lists: map[string]string{}, Files: map[string][]byte{}}
	g.Update("lastupdate.txt", "20261130013000", "")
	g.Update("lastupdate-translation.txt", "20261130013000", ".translation")
	return g
}

// Update lets a list name the files of a moment, which have an invented row each.
func (g *GDELT) Update(list, moment, infix string) {
	id := moment[4:12] + fmt.Sprint(len(infix))
	event := make([]string, 61)
	for at, value := range map[int]string{
		0: id, 1: "20261129", 2: "202611", 3: "2026", 4: "2026.9", 25: "1", 26: "190", 27: "190", 28: "19", 29: "4",
		30: "-10",
		31: "4", 32: "1", 33: "4", 34: "-2.5", 35: "0", 43: "0", 51: "0", 59: moment, 60: "http://wire.example/clash",
	} {
		event[at] = value
	}
	mention := []string{id, moment, moment, "1", "wire.example", "http://wire.example/clash", "1", "-1", "-1", "10", "1",
		"60",
		"1000", "-2.5", "", ""}
	var lines []string
	for _, f := range []struct{ kind, row string }{
		{"export.CSV", strings.Join(event, "\t")}, {"mentions.CSV", strings.Join(mention, "\t")}, {"gkg.csv", "no events"},
	} {
		name := moment + infix + "." + f.kind
		content := packed(name, f.row+"\n")
		g.Files[name+".zip"] = content
		lines = append(lines, g.Line(name+".zip"))
	}
	g.Lists[list] = strings.Join(lines, "\n") + "\n"
}

// Line returns the line of a list for a file.
func (g *GDELT) Line(name string) string {
	sum := md5.Sum(g.Files[name]) //nolint:gosec // as above
	return fmt.Sprintf("%d %s http://HOST/gdeltv2/%s", len(g.Files[name]), hex.EncodeToString(sum[:]), name)
}

// packed returns an archive with one file. It is stored, so that its size is known.
func packed(name, content string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
	if err == nil {
		_, err = w.Write([]byte(content))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil { // cannot happen: it is in memory
		panic(err)
	}
	return b.Bytes()
}

func (g *GDELT) serve(w http.ResponseWriter, r *http.Request, host string) bool {
	folder, name := path.Split(r.URL.Path)
	if folder != "/gdeltv2/" {
		return false
	}
	content, contentType := g.Files[name], "application/zip"
	if list, found := g.Lists[name]; found {
		_, own, _ := strings.Cut(host, "://")
		content, contentType = []byte(strings.ReplaceAll(list, "HOST", own)), "text/plain"
	}
	if content == nil {
		return false
	}
	sum := md5.Sum(content) //nolint:gosec // as above
	w.Header().Set("ETag", `"`+hex.EncodeToString(sum[:])+`"`)
	w.Header().Set("Content-Type", contentType)
	counted := &counter{ResponseWriter: w}
	http.ServeContent(counted, r, name, time.Time{}, bytes.NewReader(content))
	if contentType == "application/zip" {
		g.Downloaded += counted.n
	}
	return true
}

// counter counts the bytes of a body.
type counter struct {
	http.ResponseWriter
	n int64
}

// Write writes and counts.
func (c *counter) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.n += int64(n)
	return n, err
}
