package workload

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseImage(t *testing.T) {
	hash := "sha256:" + strings.Repeat("ab", 32)
	for text, want := range map[string]Image{
		"web":                                   {},
		"web:1.2":                               {Tag: "1.2"},
		"registry.example.com:5000/shop/web":    {},
		"localhost/web:latest":                  {Tag: "latest"},
		"Registry/web:1":                        {Tag: "1"}, // a capital letter makes it a registry
		"web@" + hash:                           {Digest: true},
		"web:1@" + hash:                         {Tag: "1", Digest: true},
		"gcr.io/distroless/static:nonroot":      {Tag: "nonroot", Shellless: true},
		"gcr.io/distroless/base:debug":          {Tag: "debug"},
		"a__b/c--d/e.f:v1":                      {Tag: "v1"},
		"":                                      {},
		"${IMAGE}":                              {},
		"<your image>":                          {},
		"Web:1":                                 {Tag: "1", Fault: "its path has to be lower case"},
		"shop/Web:1":                            {Tag: "1", Fault: "its path has to be lower case"},
		"web:1:2":                               {Tag: "2", Fault: "it has more than one tag"},
		"web:":                                  {Fault: "the tag after the last colon is not allowed"},
		"web:a/b":                               {Fault: "the registry is no host and port"},
		"web@latest":                            {Digest: true, Fault: "the digest after @ is no algorithm:hex"},
		"https://registry.example.com/shop/web": {Fault: "the registry is no host and port"},
		"web//api":                              {Fault: "its path is not allowed"},
	} {
		if diff := cmp.Diff(want, parseImage(text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

func TestSlept(t *testing.T) {
	for _, tc := range []struct {
		command string
		want    int64
	}{
		{"sleep|30", 30},
		{"/bin/sleep|30", 30},
		{"sh|-c|sleep 30", 30},
		{"/bin/sh|-c|sleep 2m && nginx -s quit", 120},
		{"sh|-c|echo bye; sleep 15s", 15},
		{"sh|-c|while busy; do sleep 30; done", 0},
		{"sh|-c|nginx -s quit || sleep 5", 0},
		{"sh|-c|sleep $DELAY", 0},
		{"sh|-c|nosleep 5", 0},
		{"sleep|inf", 0},
		{"", 0},
	} {
		if got := sleptBy(strings.Split(tc.command, "|")); got != tc.want {
			t.Errorf("%s: %d s, want %d", tc.command, got, tc.want)
		}
	}
}
