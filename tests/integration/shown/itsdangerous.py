"""itsdangerous.palletsprojects.com/en/stable/url_safe."""

PACKAGE, OLDEST = "itsdangerous", "2.0.0"


def shows(planted):
    """The token in the log is one that works."""
    from itsdangerous import URLSafeTimedSerializer

    serializer = URLSafeTimedSerializer(planted)
    return {"dumps": [serializer.dumps({"id": 1}), lambda text: serializer.loads(text) == {"id": 1}]}


def hides(planted):
    """The serializer has no text of its own."""
    from itsdangerous import URLSafeTimedSerializer

    return {"URLSafeTimedSerializer": URLSafeTimedSerializer(planted)}
