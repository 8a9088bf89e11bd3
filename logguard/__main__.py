"""``python -m logguard``."""

from logguard.cli.main import entry

if __name__ == "__main__":
    entry()
