# The commands people type; .ci/run is what must pass.

.PHONY: build test generate lint ci bench

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
