"""flask.palletsprojects.com/en/stable/api, docs.djangoproject.com/en/stable/ref/request-response, www.starlette.io."""

PACKAGE, OLDEST = (
    "flask[async] django starlette python-multipart",
    "flask==2.3.0 django==4.0 starlette==0.25.0 python-multipart",
)


def _flask(planted):
    from flask import Flask, request

    with Flask("shop").test_request_context(
        method="POST", json={"token": planted}, headers={"Authorization": planted, "Cookie": f"sid={planted}"}
    ):
        made = {
            "headers": str(request.headers),
            "cookies": dict(request.cookies),
            "environ": dict(request.environ),
            "data": request.data,
            "json": request.json,
            "get_json": request.get_json(),
            "get_data": request.get_data(),
        }
    with Flask("shop").test_request_context(method="POST", data={"token": planted}):
        return {**made, "form": request.form, "values": request.values}


def _django(planted):
    from django.conf import settings
    from django.http import HttpRequest, QueryDict

    settings.configure()
    request = HttpRequest()
    request.META["HTTP_AUTHORIZATION"] = planted
    request.COOKIES["sid"] = planted
    request.POST = QueryDict(f"token={planted}")
    request._body = planted.encode()
    return {"META": request.META, "COOKIES": request.COOKIES, "POST": request.POST, "body": request.body}


def _starlette(planted):
    from starlette.requests import Request

    head = [(b"authorization", planted.encode()), (b"cookie", f"sid={planted}".encode())]
    return {"scope": Request({"type": "http", "method": "GET", "path": "/", "headers": head}).scope}


def shows(planted):
    """What a request holds is shown by its parts."""
    return {**_flask(planted), **_django(planted), **_starlette(planted)}
