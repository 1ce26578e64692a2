.DEFAULT_GOAL := help
.PHONY: help run build generate test race check format fresh vet lint dev bench shots clean

# SQLite is compiled in, with full-text search.
TAGS    := -tags=sqlite_fts5
VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
# Tools for working on the program have a module of their own, so that theirs
# are not among its dependencies.
TOOL    := go tool -modfile=.tools/tools.mod
# A test that fails is tried again, twice at the most, and said to have been: a real
# browser on a busy machine may lose its footing once, a broken program fails again.
GOTEST  := $(TOOL) gotestsum --format=pkgname-and-test-fails --hide-summary=skipped --rerun-fails=2 --rerun-fails-max-failures=5
PASSED  := -- $(TAGS) -timeout=20m
export GOFLAGS := -buildvcs=false
# Property tests start from the commit: what passed passes again, and each commit tries
# other cases. With RELEVO_TEST_SEED= they start anywhere.
export RELEVO_TEST_SEED ?= $(shell git rev-parse HEAD 2>/dev/null | sed -E 's/^(.{15}).*/0x\1/')

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: build ## Build and serve; RELEVO_ADDR and others say how (relevo --help)
	bin/relevo serve

build: ## Build bin/relevo
	go build $(TAGS) -trimpath -ldflags='-s -w -X main.version=$(VERSION)' -o bin/relevo .

generate: ## Turn .templ files into Go
	go tool templ generate

test: ## Run every test: on SQLite, then on PostgreSQL
	@failed=0; \
	echo "== every test, on SQLite"; $(GOTEST) --packages=./... $(PASSED) || failed=1; \
	echo "== every test, on PostgreSQL"; go run $(TAGS) ./tests/postgres $(GOTEST) --packages=./... $(PASSED) || failed=1; \
	exit $$failed

race: ## Run the tests of what runs at once under the race detector
	$(GOTEST) --packages="./db/... ./models/... ./handlers/..." $(PASSED) -race -short

check: format fresh vet lint ## Check format, generated files, vet, lint and who imports whom
	go test $(TAGS) ./tests -run=TestImports

format:
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { echo "not formatted (gofmt -w):"; gofmt -l $$(git ls-files '*.go'); exit 1; }

fresh:
	@sum() { find . -name '*_templ.go' | LC_ALL=C sort | xargs cat | cksum; }; \
	before=$$(sum); go tool templ generate >/dev/null 2>&1; \
	test "$$before" = "$$(sum)" || { echo "generated files were stale and have been renewed: commit them"; exit 1; }

vet:
	go vet $(TAGS) ./...

lint:
	$(TOOL) golangci-lint run

dev: ## Serve, and reload the browser on every change
	RELEVO_LOG_LEVEL=debug go tool templ generate --watch --proxy=http://127.0.0.1:8080 --cmd='go run $(TAGS) . serve'

bench: ## Measure
	go test $(TAGS) -run='^$$' -bench=. -benchmem -timeout=30m ./...

shots: ## Take pictures of the main pages, light, dark and phone, into tests/shots
	RELEVO_TEST_SHOTS=$(CURDIR)/tests/shots go test $(TAGS) -count=1 -v -run='^TestShots$$' ./tests/...

clean: ## Remove what was built
	rm -rf bin tests/shots
