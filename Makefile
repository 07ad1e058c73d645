# The commands of the house; each makes ready what it needs.
#
#   make run      a LaporDesk with a sample election, on http://127.0.0.1:8000/chat
#   make check    the quick round: format, lint, types, layers, the rules' own tests
#   make test     everything that CI runs, PostgreSQL and a browser included (ENGINES=both: pages on both engines)
#   make bench    how fast it is on this machine
#   make bench-day  voting day of a province: half an hour
#   make chaos    ten weeks with clocks that are killed, ten minutes in which all else breaks: not in `make test`
#   make format   lets ruff put the code in order
#   make lock     makes the locks anew after a change in pyproject.toml (needs uv)

PYTHON_CODE := bot core desk lapordesk scheduler storage webhooks tests
# One more than the cores that CI has: many tests wait for a process or a browser.
WORKERS ?= 3
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.PHONY: run check test bench bench-day chaos format lint lock clean

run:
	@tools/prepare.sh run
	@.venv/bin/lapordesk demo
	@.venv/bin/lapordesk serve

check: lint
	.venv/bin/pytest -n $(WORKERS) tests/core tests/lapordesk tests/test_*.py

test: lint
	.venv/bin/pytest -n $(WORKERS)

lint:
	@tools/prepare.sh test
	.venv/bin/ruff format --check $(PYTHON_CODE)
	.venv/bin/ruff check $(PYTHON_CODE)
	.venv/bin/mypy
	.venv/bin/deptry .

bench:
	@tools/prepare.sh test
	.venv/bin/python -m tests.benchmarks
	.venv/bin/python -m tests.benchmarks.ledger
	.venv/bin/python -m tests.benchmarks.reminders
	.venv/bin/python -m tests.benchmarks.monday
	.venv/bin/python -m tests.benchmarks.roster
	.venv/bin/python -m tests.benchmarks.desk

bench-day:
	@tools/prepare.sh test
	.venv/bin/python -m tests.benchmarks.day $(DAY)

chaos:
	@tools/prepare.sh test
	.venv/bin/pytest -s tests/chaos/ten_weeks.py tests/chaos/hard_times.py tests/chaos/test_bad_minute.py

format:
	@tools/prepare.sh test
	.venv/bin/ruff check --fix $(PYTHON_CODE)
	.venv/bin/ruff format $(PYTHON_CODE)

lock:
	$(LOCK) --extra build pyproject.toml -o requirements.lock
	$(LOCK) --extra dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist
