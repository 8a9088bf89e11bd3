"""What shows of the results of calls."""
