"""The guard: detection, redaction, records, and the ways in which it may fail."""
