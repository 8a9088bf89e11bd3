"""redis/connection.py."""

PACKAGE, OLDEST = "redis", "4.0.0"


def shows(planted):
    """The arguments of a connection are a mapping."""
    import redis
    import redis.connection

    address = f"redis://ann:{planted}@localhost/0"
    return {
        "redis.connection.parse_url": redis.connection.parse_url(address),
        "connection_kwargs": redis.Redis.from_url(address).connection_pool.connection_kwargs,
        "from_url": redis.from_url(address).connection_pool.connection_kwargs["password"],
    }


def hides(planted):
    """A client names host and database."""
    import redis

    return {"Redis": redis.Redis.from_url(f"redis://ann:{planted}@localhost/0")}
