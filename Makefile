# Every target works on a fresh checkout; Go is all that is needed, but for
# `make full`, which installs what it needs.

GO ?= go
BIN := .build/grantproof
TOOL := $(GO) tool -modfile=.tools/go.mod
OURS := ./api/... ./features/... ./harness/... ./impl/...

.PHONY: help run test lint generate demo serve prove bench endurance full clean $(BIN)

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(BIN) ## run every scenario against the embedded reference system
	$(BIN) run

test: lint ## what a contributor runs, in two minutes
	$(GO) test -short ./...

.PHONY: long
long: ## what make test leaves out with -short, and the tests again with -race
	$(GO) test -timeout 30m ./api ./harness/... ./impl/agent
	$(GO) test -race -short ./impl/... ./harness/world ./harness/setting ./features
	$(GO) test -race -run '^TestRandomOrder$$/^seed_1$$' ./harness

lint: ## format, vet and staticcheck
	@unformatted=$$(gofmt -l api features harness impl); \
	  if [ -n "$$unformatted" ]; then echo "not formatted, run gofmt -w on: $$unformatted"; exit 1; fi
	$(GO) vet ./...
	$(TOOL) staticcheck $(OURS)

generate: ## make generated/ from api/
	$(GO) generate ./...

demo: $(BIN) ## see the documented system work
	$(BIN) demo

serve: $(BIN) ## run the demo servers
	$(BIN) serve

prove: $(BIN) ## prove that the suite can fail
	$(BIN) prove

.PHONY: mutants
mutants: ## force each condition of the reference system false and true: an hour; MUTANTS='-sample 100 impl/token' for fewer
	@mkdir -p .build
	$(GO) run ./harness/cmd/mutants -report .build/mutants.json $(MUTANTS)

bench: $(BIN) ## measure; nothing here passes or fails
	harness/postgres.sh harness/bench.sh $(BIN)
	$(GO) test -run '^$$' -bench . ./impl/authserver ./impl/mcpserver ./harness
	GOGC=400 $(GO) test -run '^$$' -bench . -benchtime 1x ./harness/mutation
	cd harness/peers/bench && $(GO) run . -requests 200000 -long 1000000

MINUTES ?= 5
endurance: $(BIN) ## ten thousand connections, then a mixed load with a restart of PostgreSQL; MINUTES=60 for each
	$(GO) build -o .build/endurance ./harness/endurance
	.build/endurance -binary $(BIN) connections -minutes $(MINUTES)
	harness/postgres.sh .build/endurance -binary $(BIN) mixed -minutes $(MINUTES)

full: $(BIN) long chromium node stores deployment peers fuzz ## besides: clients of another make, the report in a browser, PostgreSQL, replicas, crashes, the whole of prove
	$(GO) test -tags full ./harness/peers/... ./harness/report/...
	$(BIN) prove --report .build/proof.html --report .build/proof.json

.PHONY: fuzz
FUZZTIME ?= 10s
fuzz: ## send rubbish to every parser of outside text, FUZZTIME (10s) for each
	harness/fuzz.sh $(FUZZTIME)

.PHONY: peers
peers: $(BIN) node ## examine the servers of others in harness/peers, and hold the result against the page of the documentation
	harness/peers/peers.sh sh -ec '$(BIN) run --targets harness/peers --report .build/peers.md --report .build/peers.html; \
	  $(GO) test -tags full -run "^TestAnotherServer$$" ./harness/site'
	@grep '^| \[' .build/peers.md >.build/peers.rows; grep '^| \[' harness/site/peers.md | diff - .build/peers.rows \
	  || { echo 'The page about the peers tells something else (<) than this run (>). If the run is right: cp .build/peers.md harness/site/peers.md'; exit 1; }

.PHONY: stores
stores: ## the suite on every store, many servers on one PostgreSQL, kill -9 under load
	harness/postgres.sh sh -ec '$(GO) test -tags full ./impl ./impl/store/...; \
	  $(GO) test -tags full -run "^(TestStoresAlike|TestCrash)$$" ./harness ./harness/cmd/grantproof'

.PHONY: deployment
deployment: ## the guide to deployment: TLS, SQLite, PostgreSQL, two replicas behind nginx, backup, upgrade
	@for command in nginx sqlite3 jq openssl curl; do \
	  command -v $$command >/dev/null || { apt-get update -q && apt-get install -q -y --no-install-recommends nginx-light sqlite3 jq openssl curl; break; }; done \
	  || { echo 'The guide to deployment needs nginx, sqlite3, jq, openssl and curl, which are missing and cannot be installed here.'; exit 1; }
	harness/postgres.sh $(GO) test -tags full -run '^TestDeployment$$' ./harness/site

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { apt-get update -q && apt-get install -q -y --no-install-recommends chromium; } \
	  || { echo 'Pages and the report are tested in Chromium, which is missing and cannot be installed here.'; exit 1; }

.PHONY: node
node:
	@command -v npm >/dev/null || { apt-get update -q && apt-get install -q -y --no-install-recommends nodejs npm; } \
	  || { echo 'The clients of others are in part for Node, which is missing and cannot be installed here.'; exit 1; }

$(BIN):
	@mkdir -p .build
	$(GO) build -o $(BIN) ./harness/cmd/grantproof

clean: ## remove what was built
	rm -rf .build
