"""Stage three: read a flagged call with libcst, one at a time, and turn what reaches it into findings."""
