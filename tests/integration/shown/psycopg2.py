"""www.psycopg.org/docs/extensions.html."""

PACKAGE, OLDEST = "psycopg2-binary", "2.9.5"


def shows(planted):
    """The parts of an address are a mapping, the address a text."""
    from psycopg2.extensions import make_dsn, parse_dsn

    return {
        "psycopg2.extensions.parse_dsn": parse_dsn(f"postgresql://ann:{planted}@localhost/shop"),
        "psycopg2.extensions.make_dsn": make_dsn(user="ann", password=planted),
    }
