"""pymongo.readthedocs.io/en/stable/api/pymongo/uri_parser.html."""

PACKAGE, OLDEST = "pymongo", "4.3.2"


def shows(planted):
    """The parts of an address are a mapping."""
    from pymongo.uri_parser import parse_uri

    return {"pymongo.uri_parser.parse_uri": parse_uri(f"mongodb://ann:{planted}@localhost/shop")}


def hides(planted):
    """A client names its hosts."""
    from pymongo import MongoClient

    return {"MongoClient": MongoClient(f"mongodb://ann:{planted}@localhost/shop", connect=False)}
