"""The static analyzer: index (ast) → flow (summaries) → judge (libcst, only what a kind reaches)."""
