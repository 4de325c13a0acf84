package v136

import (
	"os"
	"testing"

	"github.com/rollcast/rollcast/oracle/suite"
)

func TestMain(m *testing.M) { os.Exit(suite.Main(m, Minor)) }

// kinds play the traces of a file.
var kinds = Minor.Plays()
