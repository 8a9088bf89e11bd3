"""fastapi.tiangolo.com/reference/security."""

PACKAGE, OLDEST = "fastapi httpx", "fastapi==0.100.0 httpx==0.24.0"


def _invalid(planted):
    """Return the error that a handler gets."""
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError
    from fastapi.responses import JSONResponse
    from fastapi.testclient import TestClient
    from pydantic import BaseModel

    class Account(BaseModel):
        number: int
        password: str

    app, seen = FastAPI(), []

    @app.post("/")
    def create(account: Account):
        return account

    @app.exception_handler(RequestValidationError)
    async def handle(request, error):
        seen.append(error)
        return JSONResponse({})

    create.__annotations__["account"] = Account
    TestClient(app).post("/", json={"password": planted})
    return seen[0]


def shows(planted):
    """Credentials are models, and the error of a request quotes what was sent."""
    from fastapi.security import HTTPAuthorizationCredentials, HTTPBasicCredentials

    error = _invalid(planted)
    return {
        "HTTPBasicCredentials": HTTPBasicCredentials(username="ann", password=planted),
        "HTTPAuthorizationCredentials": HTTPAuthorizationCredentials(scheme="Bearer", credentials=planted),
        "RequestValidationError": error,
        "errors": error.errors(),
    }
