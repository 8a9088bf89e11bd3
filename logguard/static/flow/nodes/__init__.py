"""What shows of each kind of node; `table.py` lists them."""
