"""The documentation, and what generates the parts of it that are derived from the code."""
