package static

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

// Build returns the files of an embedded build by their paths below root, without .gz.
func Build(files embed.FS, root string) map[string]File {
	byPath := map[string]File{}
	err := fs.WalkDir(files, root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		body, err := files.ReadFile(name)
		name = strings.TrimPrefix(name, root+"/")
		byPath[strings.TrimSuffix(name, ".gz")] = NewFile(name, body)
		return err
	})
	if err != nil {
		panic(fmt.Sprintf("static: embedded %s: %v", root, err)) // embedded by the compiler: cannot fail
	}
	return byPath
}
