"""The nouns that every part shares: kinds, policy, catalog, findings and errors."""
