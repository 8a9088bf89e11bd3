"""docs.djangoproject.com/en/stable/ref/settings."""

PACKAGE, OLDEST = "Django", "3.2"


def shows(planted):
    """Settings are plain values."""
    from django.conf import settings

    databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "PASSWORD": planted}}
    settings.configure(DATABASES=databases, SECRET_KEY=planted)
    from django.contrib.auth.tokens import PasswordResetTokenGenerator

    class Generator(PasswordResetTokenGenerator):
        def _make_token_with_timestamp(self, *_, **__):
            return planted  # a real one depends on the clock; that it comes back as text is what counts

    return {
        "django.conf.settings.DATABASES": settings.DATABASES,
        "django.conf.settings.SECRET_KEY": settings.SECRET_KEY,
        "make_token": Generator().make_token(None),
    }
