"""Stage two: on summaries alone, find what reaches each log slot, from where, and on which path."""
