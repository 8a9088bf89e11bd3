"""How good the analyzer is, measured on real leaks and clean calls in published packages."""
