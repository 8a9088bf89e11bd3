"""docs.djangoproject.com/en/stable/ref/settings."""

PACKAGE, OLDEST = "Django", "3.2"


def _settings(planted):
    from django.conf import settings

    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "PASSWORD": planted}},
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": planted}},
        SECRET_KEY=planted,
        SECRET_KEY_FALLBACKS=[planted],
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.PBKDF2PasswordHasher"],
    )
    import django

    django.setup()
    return {
        "django.conf.settings.DATABASES": settings.DATABASES,
        "django.conf.settings.CACHES": settings.CACHES,
        "django.conf.settings.SECRET_KEY": settings.SECRET_KEY,
        "django.conf.settings.SECRET_KEY_FALLBACKS": settings.SECRET_KEY_FALLBACKS,
    }


def shows(planted):
    """Settings are plain values; a token in the log is one that works, a hash one that can be tried."""
    made = _settings(planted)
    from django import forms
    from django.contrib.auth.hashers import check_password, make_password
    from django.contrib.auth.models import User
    from django.contrib.auth.tokens import PasswordResetTokenGenerator
    from django.core import signing
    from django.db import connection, models
    from django.forms.models import model_to_dict

    class Form(forms.Form):
        password = forms.CharField()

    class Visit(models.Model):
        contact = models.EmailField()
        address = models.GenericIPAddressField()

        class Meta:
            app_label = "auth"

    form = Form({"password": planted})
    form.is_valid()
    generator, user = PasswordResetTokenGenerator(), User(username="ann", password=planted)
    visit = Visit(contact=planted, address=planted)
    return {
        **made,
        "settings_dict": connection.settings_dict,
        "cleaned_data": form.cleaned_data,
        "model_to_dict": model_to_dict(user),
        "EmailField": visit.contact,
        "GenericIPAddressField": visit.address,
        "django.contrib.auth.hashers.make_password": [
            make_password(planted),
            lambda text: check_password(planted, text),
        ],
        "django.core.signing.dumps": [signing.dumps(1), lambda text: signing.loads(text) == 1],
        "make_token": [generator.make_token(user), lambda text: generator.check_token(user, text)],
    }


def hides(planted):
    """A user is shown by name, a request by its path."""
    from django.contrib.auth.models import User
    from django.http import HttpRequest

    request = HttpRequest()
    request.META["HTTP_AUTHORIZATION"] = planted
    return {"User": User(username="ann", email=planted, password=planted), "HttpRequest": request}
