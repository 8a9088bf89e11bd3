"""Findings for people and for machines; nothing here decides what a finding is."""
