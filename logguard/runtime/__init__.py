"""The guard: redacts what gets through to logging's handlers while the application runs."""
