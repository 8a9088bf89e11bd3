"""saurabh-kumar.com/python-dotenv/reference."""

import io

PACKAGE, OLDEST = "python-dotenv", "0.19.0"


def shows(planted):
    """All entries of the file are in the mapping."""
    import dotenv

    return {"dotenv.dotenv_values": dotenv.dotenv_values(stream=io.StringIO(f"DB_PASSWORD={planted}\n"))}
