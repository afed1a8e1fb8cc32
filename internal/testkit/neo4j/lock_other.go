//go:build !linux && !darwin

package neo4j

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// flock fails with errors.ErrUnsupported.
func flock(*os.File, bool) (bool, error) {
	return false, fmt.Errorf("locks between test processes need Linux or macOS: %w", errors.ErrUnsupported)
}

func ownSession() *syscall.SysProcAttr { return nil }
