"""docs.python.org/3/library/hashlib.html."""

import hashlib
import zlib

PACKAGE, OLDEST = "", ""
NAMES = ("sha256", "sha512", "sha384", "sha224", "sha1", "md5", "blake2b", "blake2s", "sha3_256")


def hides(planted):
    """A digest is not what went into it."""
    made = {f"hashlib.{name}": getattr(hashlib, name)(planted.encode()).hexdigest() for name in NAMES}
    return {
        **made,
        "hashlib.new": hashlib.new("sha256", planted.encode()).hexdigest(),
        "hashlib.pbkdf2_hmac": hashlib.pbkdf2_hmac("sha256", planted.encode(), b"s", 1),
        "hashlib.scrypt": hashlib.scrypt(planted.encode(), salt=b"s", n=2, r=1, p=1),
        "zlib.crc32": zlib.crc32(planted.encode()),
    }
