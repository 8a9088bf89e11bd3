"""Checks that need more than the package index and loopback; ``run.py`` runs them by name."""
