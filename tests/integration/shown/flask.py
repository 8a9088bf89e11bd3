"""flask.palletsprojects.com/en/stable/config."""

PACKAGE, OLDEST = "Flask", "2.3.0"


def shows(planted):
    """The configuration is a mapping, and so is the session."""
    from flask import Flask, session

    app = Flask("shop")
    app.config["SECRET_KEY"] = planted
    with app.test_request_context():
        session["csrf"] = planted
        return {"config": app.config, "flask.session": str(session)}


def hides(planted):
    """The application names itself."""
    from flask import Flask

    app = Flask("shop")
    app.config["SECRET_KEY"] = planted
    return {"Flask": app}
