package v135

import (
	"os"
	"testing"

	"github.com/rollcast/rollcast/oracle/suite"
)

func TestMain(m *testing.M) { os.Exit(suite.Main(m, Minor)) }
