"""docs.djangoproject.com/en/stable/ref/settings."""

PACKAGE, OLDEST = "Django", "3.2"


def shows(planted):
    """Settings are plain values, and the token of a reset link in the log is one that works."""
    from django.conf import settings

    databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "PASSWORD": planted}}
    settings.configure(DATABASES=databases, SECRET_KEY=planted)
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    class User:
        pk, password, last_login, email = 1, "hash", None, "ann@shop.example"

        def get_email_field_name(self):
            return "email"

    generator, user = PasswordResetTokenGenerator(), User()
    return {
        "django.conf.settings.DATABASES": settings.DATABASES,
        "django.conf.settings.SECRET_KEY": settings.SECRET_KEY,
        "make_token": [generator.make_token(user), lambda text: generator.check_token(user, text)],
    }
