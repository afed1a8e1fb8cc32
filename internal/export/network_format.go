package export

import (
	"errors"
	"io"
	"slices"

	"casus/internal/spill"
)

// networkFormat returns the write function of a network format.
func networkFormat(newWriter func(Request) networkWriter) func(*exporter) error {
	return func(x *exporter) (err error) {
		links := spill.New("export", "the links of a network")
		defer func() { err = errors.Join(err, links.Close()) }()
		n := &network{exporter: x, networkWriter: newWriter(x.Request), links: links}
		if x.Graph == GraphActors {
			x.text(n.begin(false, actorAttributes(), sharedEventAttributes()))
			err = n.actors()
		} else {
			x.text(n.begin(true, slices.Concat(actorAttributes(), eventAttributes()), participationAttributes()))
			err = n.events()
		}
		if err != nil {
			return err
		}
		x.text(n.separator())
		if _, err := io.Copy(x.out, links.Reader()); err != nil {
			return err
		}
		x.text(n.end())
		return nil
	}
}
