"""pymongo.readthedocs.io/en/stable/api/pymongo/uri_parser.html."""

PACKAGE, OLDEST = "pymongo", "4.3.2"


def shows(planted):
    """The parts of an address are a mapping."""
    from pymongo import MongoClient
    from pymongo.uri_parser import parse_uri

    address = f"mongodb://ann:{planted}@localhost/shop"
    options = MongoClient(address, connect=False).options
    kept = [getattr(one, name) for one in (options, options.pool_options) for name in dir(one) if "credential" in name]
    return {"pymongo.uri_parser.parse_uri": parse_uri(address), "MongoClient": kept}


def hides(planted):
    """A client names its hosts."""
    from pymongo import MongoClient

    return {"MongoClient": MongoClient(f"mongodb://ann:{planted}@localhost/shop", connect=False)}
