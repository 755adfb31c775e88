# Verbs for developers. ./start and ./test need no make; CI calls the same tools.
.PHONY: check bench pictures guides demo format lock test serve

run := .venv/bin/python -m

check:    ## what must be clean before a commit
	@sh -euc '. ./.ci/prepare; prepare dev.txt'
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(run) django makemigrations --check --dry-run --settings telusur.web.settings
	./test

bench:    ## each figure beside its peer, in one run; linking needs its peers: pip install --require-hashes -r peers.txt
	@for each in $$(grep -l __main__ bench/*.py); do $(run) bench.$$(basename $$each .py) || exit 1; done
	$(run) bench.linking --set generated-600,generated-20000,real70k,bogor --seed 101

pictures: ## the README's pictures, taken from the demo city
	TELUSUR_PICTURES=1 ./test -m browser tests/journeys/test_pictures.py

guides:   ## the guides' pictures, taken from the demo city
	TELUSUR_PICTURES=1 ./test -m browser tests/journeys/test_guides.py

demo:     ## the invented city in ./data
	$(run) telusur init
	$(run) telusur demo

format:
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .

lock:     ## the four lock files: hashes, no addresses, for every platform; delete one first to take newer versions
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--extra dev --extra pg pyproject.toml --output-file dev.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--constraint dev.txt pyproject.toml --output-file requirements.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--constraint dev.txt --extra spark pyproject.toml --output-file spark.txt
	.venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
		--constraint dev.txt --extra peers pyproject.toml --output-file peers.txt

test:
	./test

serve:
	$(run) telusur serve
