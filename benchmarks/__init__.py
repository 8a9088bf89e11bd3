"""Timings of logguard beside other tools, always as ratios measured in one run."""
