"""docs.paramiko.org/en/stable/api/keys.html."""

import io

PACKAGE, OLDEST = "paramiko", "2.12.0"


def hides(planted):
    """The text of a key is its fingerprint or its public half: none of the lines that it is written to a file with."""
    import paramiko
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ed25519

    form = (serialization.Encoding.PEM, serialization.PrivateFormat.OpenSSH, serialization.NoEncryption())
    file = ed25519.Ed25519PrivateKey.generate().private_bytes(*form).decode()
    keys = {"RSAKey": paramiko.RSAKey.generate(2048), "ECDSAKey": paramiko.ECDSAKey.generate()}
    private = {name: io.StringIO() for name in keys}
    for name, key in keys.items():
        key.write_private_key(private[name])
    keys["Ed25519Key"] = paramiko.Ed25519Key.from_private_key(io.StringIO(file))
    lines = {line for text in (file, *(one.getvalue() for one in private.values())) for line in text.splitlines()}
    seen = {name: [repr(key), lambda text: any(line in text for line in lines)] for name, key in keys.items()}
    return {**seen, "PKey": seen["RSAKey"]}
