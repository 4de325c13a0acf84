// Command rollcast says, before anyone applies them, what Kubernetes manifests
// will do: what the API server rejects, and which pod counts a rollout goes
// through.
package main

import (
	"os"

	"github.com/rollcast/rollcast/internal/cli"
)

func main() {
	os.Exit(int(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)))
}
