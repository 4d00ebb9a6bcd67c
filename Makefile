# One door for every chore; `make help` lists them.
PYTHON ?= python3
PORT ?= 8000
export UV_PYTHON_DOWNLOADS := never
VENV := .venv
BIN := $(VENV)/bin
STAMPS := var/stamps
PACKAGES := thidua config demo tools tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help run test check static database lint types templates imports migrations deploy journeys format lock proof bench mutate clean

help: ## what each chore does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1\t/' | expand -t 12

run: $(STAMPS)/python $(STAMPS)/front ## start the system with the demonstration years; Ctrl-C stops it
	@PORT=$(PORT) $(BIN)/python -m tools.run

test: database $(STAMPS)/front ## all tests but the browser's
	$(BIN)/python -m tools.test -n 2 tests --ignore tests/journeys

check: ## everything CI checks
	@$(MAKE) --no-print-directory -j2 --output-sync=target static database
	@$(MAKE) --no-print-directory test journeys

static: lint types templates imports migrations deploy

database: $(STAMPS)/python # what tests copy, with every migration applied
	@VAR_DIR=$(CURDIR)/var/test DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python -m tests.databases

lint: $(STAMPS)/python
	$(BIN)/ruff format --check $(PACKAGES)
	$(BIN)/ruff check $(PACKAGES)

types: $(STAMPS)/python
	$(BIN)/mypy thidua config demo tools

templates: $(STAMPS)/python
	$(BIN)/djlint --lint --quiet thidua

imports: $(STAMPS)/python
	$(BIN)/lint-imports

migrations: $(STAMPS)/python
	$(BIN)/python manage.py makemigrations --check --dry-run

deploy: $(STAMPS)/python
	SECURE=1 SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_hex(40))') $(BIN)/python manage.py check --deploy --fail-level WARNING

journeys: database $(STAMPS)/front ## the browser's walks, on Debian's Chromium
	$(BIN)/python -m tools.test -n 2 --dist loadfile tests/journeys

format: $(STAMPS)/python ## put code and templates into the house's form
	$(BIN)/ruff format $(PACKAGES)
	$(BIN)/ruff check --fix $(PACKAGES)

lock: $(STAMPS)/python ## choose versions anew and write requirements.lock
	$(BIN)/uv pip compile --universal --generate-hashes --group dev --upgrade pyproject.toml -o requirements.lock --no-emit-index-url --custom-compile-command 'make lock'

proof: $(STAMPS)/python $(STAMPS)/front ## the long proofs of the ballot box, written into benchmarks/voting.md
	$(BIN)/python -m benchmarks.proof

bench: $(STAMPS)/python $(STAMPS)/front ## measure pages under load
	$(BIN)/python -m benchmarks.pages

mutate: $(STAMPS)/python ## change each number, date and comparison of the law's texts; see that a case notices
	$(BIN)/python -m tools.mutate_rulebook

clean: ## forget environment, front end and the demonstration's data
	rm -rf $(VENV) node_modules thidua/base/ui/static/dist var

$(STAMPS)/python: requirements.lock
	@mkdir -p $(STAMPS)
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x $(BIN)/uv || { $(BIN)/python -m ensurepip >/dev/null && $(BIN)/python -m pip install --quiet --disable-pip-version-check uv; }
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@touch $@

$(STAMPS)/front: $(STAMPS)/python package.json package-lock.json $(shell find thidua/base/ui/frontend thidua -name '*.html' -o -path '*/frontend/*' -type f 2>/dev/null)
	@$(BIN)/python -m tools.front
	@touch $@
