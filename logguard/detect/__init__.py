"""Value patterns, and adapters for the detectors of other libraries."""
