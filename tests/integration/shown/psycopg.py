"""www.psycopg.org/psycopg3/docs/api/conninfo.html."""

PACKAGE, OLDEST = "psycopg[binary]", "3.1.8"


def shows(planted):
    """The parts of an address are a mapping, the address a text."""
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    return {
        "psycopg.conninfo.conninfo_to_dict": conninfo_to_dict(f"postgresql://ann:{planted}@localhost/shop"),
        "psycopg.conninfo.make_conninfo": make_conninfo(user="ann", password=planted),
    }
