"""One module a form: rows in, a file out. The same rows give the same bytes."""
