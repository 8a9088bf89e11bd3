"""flask.palletsprojects.com/en/stable/config."""

PACKAGE, OLDEST = "Flask", "2.3.0"


def shows(planted):
    """The configuration is a mapping."""
    from flask import Flask

    app = Flask("shop")
    app.config["SECRET_KEY"] = planted
    return {"config": app.config}


def hides(planted):
    """The application names itself."""
    from flask import Flask

    app = Flask("shop")
    app.config["SECRET_KEY"] = planted
    return {"Flask": app}
