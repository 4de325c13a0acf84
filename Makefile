# The commands people type; .ci/run is what must pass.

.PHONY: build test generate lint ci bench release

build:
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o dist/rollcast ./cmd/rollcast

test:
	go test ./...

generate:
	go generate ./...

lint:
	go vet ./...
	go tool staticcheck ./...

bench:
	go test -run '^$$' -bench . -benchmem ./...

ci:
	.ci/run

# Archives of all platforms, checksums and a bill of materials in dist/release.
release:
	go run .ci/release/main.go
