"""Stage one: turn a file into a compact, self-contained summary, without looking at any policy."""
