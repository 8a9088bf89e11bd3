"""docs.python.org/3/library/functions.html, docs.python.org/3/py-modindex.html."""

import asyncio
import base64
import binascii
import codecs
import collections
import concurrent.futures
import copy
import datetime
import decimal
import functools
import gettext
import hashlib
import hmac
import html
import inspect
import io
import itertools
import json
import logging
import operator
import os
import pathlib
import pprint
import re
import secrets
import shlex
import string
import sys
import textwrap
import threading
import time
import traceback
import types
import typing
import urllib.parse
import urllib.request

PACKAGE, OLDEST = "", ""


def shows(planted):
    """What they return shows what went into them."""
    return {
        **_functions(planted),
        **_libraries(planted),
        **_encoded(planted),
        **_methods(planted),
        **_elements(planted),
    }


def _functions(planted):
    pair = [planted]
    return {
        "str": str(planted),
        "repr": repr(planted),
        "ascii": ascii(planted),
        "format": format(planted),
        "bytes": bytes(planted, "ascii"),
        "bytearray": bytearray(planted, "ascii"),
        "list": list(pair),
        "tuple": tuple(pair),
        "set": set(pair),
        "frozenset": frozenset(pair),
        "dict": dict(a=planted),
        "sorted": sorted(pair),
        "reversed": list(reversed(pair)),
        "iter": next(iter(pair)),
        "next": next(iter(pair)),
        "max": max(pair),
        "min": min(pair),
        "int": [int("4711"), lambda text: text == "4711"],
        "float": [float("47.11"), lambda text: text == "47.11"],
        "map": list(map(str, pair)),
        "filter": list(filter(None, pair)),
        "zip": list(zip(pair, pair)),
        "enumerate": list(enumerate(pair)),
    }


def _libraries(planted):
    pair, held = [planted], {"a": planted}
    try:
        raise ValueError(planted)
    except ValueError as error:
        trace = [traceback.format_exc(), sys.exc_info(), traceback.format_exception(type(error), error, None)]

    async def waited(how):
        async def get():
            return planted

        return await how(get())

    return {
        "pprint.pformat": pprint.pformat(held),
        "pprint.saferepr": pprint.saferepr(held),
        "json.dumps": json.dumps(held),
        "json.loads": json.loads(json.dumps(held)),
        "copy.copy": copy.copy(held),
        "copy.deepcopy": copy.deepcopy(held),
        "collections.OrderedDict": collections.OrderedDict(held),
        "collections.defaultdict": collections.defaultdict(str, held),
        "collections.ChainMap": collections.ChainMap(held),
        "types.SimpleNamespace": types.SimpleNamespace(**held),
        "textwrap.dedent": textwrap.dedent(planted),
        "textwrap.indent": textwrap.indent(planted, " "),
        "textwrap.shorten": textwrap.shorten(planted, 80),
        "textwrap.wrap": textwrap.wrap(planted),
        "html.escape": html.escape(planted),
        "html.unescape": html.unescape(planted),
        "os.path.join": os.path.join("a", planted),
        "os.fsencode": os.fsencode(planted),
        "os.fsdecode": os.fsdecode(planted),
        "typing.cast": typing.cast(str, planted),
        "itertools.chain": list(itertools.chain(pair)),
        "functools.reduce": functools.reduce(operator.add, pair),
        "operator.itemgetter": operator.itemgetter("a")(held),
        "string.Template": string.Template("$a").substitute(held),
        "gettext.gettext": gettext.gettext(planted),
        "traceback.format_exc": trace[0],
        "sys.exc_info": str(trace[1]),
        "traceback.format_exception": trace[2],
        "asyncio.wait_for": asyncio.run(waited(lambda one: asyncio.wait_for(one, 9))),
        "asyncio.shield": asyncio.run(waited(asyncio.shield)),
        "urllib.request.Request": urllib.request.Request(f"http://shop.example/{planted}").full_url,
    }


def _encoded(planted):
    """An encoding is undone by whoever reads the log."""
    raw = planted.encode()

    def undone(text, back):
        return [text, lambda seen: back(seen) == raw]

    return {
        "urllib.parse.quote": urllib.parse.quote(planted),
        "urllib.parse.quote_plus": urllib.parse.quote_plus(planted),
        "urllib.parse.unquote": urllib.parse.unquote(planted),
        "urllib.parse.unquote_plus": urllib.parse.unquote_plus(planted),
        "urllib.parse.urlencode": urllib.parse.urlencode({"a": planted}),
        "urllib.parse.urljoin": urllib.parse.urljoin("http://shop.example", planted),
        "urllib.parse.urlunparse": urllib.parse.urlunparse(("http", "shop.example", "", "", f"a={planted}", "")),
        "urllib.parse.ParseResult": urllib.parse.ParseResult(
            scheme="http", netloc="", path="", params="", query=planted, fragment=""
        ).geturl(),
        "urllib.parse.SplitResult": urllib.parse.SplitResult(
            scheme="http", netloc="", path="", query=planted, fragment=""
        ).geturl(),
        "urllib.parse.urlunsplit": urllib.parse.urlunsplit(("http", "shop.example", "", f"a={planted}", "")),
        "shlex.quote": shlex.quote(planted),
        "shlex.join": shlex.join(["a", planted]),
        "shlex.split": shlex.split(planted),
        "base64.b64encode": undone(base64.b64encode(raw).decode(), base64.b64decode),
        "base64.b64decode": base64.b64decode(base64.b64encode(raw)),
        "base64.urlsafe_b64encode": undone(base64.urlsafe_b64encode(raw).decode(), base64.urlsafe_b64decode),
        "base64.urlsafe_b64decode": base64.urlsafe_b64decode(base64.urlsafe_b64encode(raw)),
        "base64.standard_b64encode": undone(base64.standard_b64encode(raw).decode(), base64.b64decode),
        "binascii.hexlify": undone(binascii.hexlify(raw).decode(), binascii.unhexlify),
        "binascii.unhexlify": binascii.unhexlify(binascii.hexlify(raw)),
        "codecs.encode": codecs.encode(planted, "ascii"),
        "codecs.decode": codecs.decode(raw, "ascii"),
    }


def _methods(planted):
    held, raw = {"a": planted}, planted.encode()
    found, day = re.match(f"(?P<a>{planted})", planted), datetime.date(2001, 2, 3)
    done = concurrent.futures.Future()
    done.set_result(planted)
    made = {name: getattr(planted, name)() for name in ("strip", "lstrip", "rstrip", "split", "rsplit", "splitlines")}
    for name in ("lower", "upper", "title", "capitalize", "casefold", "swapcase"):  # whose case alone is another
        made[name] = [getattr(planted, name)(), lambda text: text.lower() == planted.lower()]
    for name, given in {"zfill": 99, "ljust": 99, "rjust": 99, "center": 99, "expandtabs": 1, "translate": {}}.items():
        made[name] = getattr(planted, name)(given)
    for name, given in {"partition": "-", "rpartition": "-"}.items():
        made[name] = [getattr(planted, name)(given), lambda text: text.strip("()'") in planted]
    for name, given in {"removeprefix": "x", "removesuffix": "x"}.items():
        made[name] = getattr(planted, name)(given)
    return {
        **made,
        "encode": planted.encode(),
        "decode": raw.decode(),
        "format": f"{planted}",
        "format_map": "{a}".format_map(held),
        "join": ", ".join([planted]),
        "replace": planted.replace("?", "!"),
        "hex": [raw.hex(), lambda text: bytes.fromhex(text) == raw],
        "copy": held.copy(),
        "items": held.items(),
        "values": held.values(),
        "pop": dict(held).pop("a"),
        "popitem": dict(held).popitem(),
        "popleft": collections.deque([planted]).popleft(),
        "most_common": collections.Counter([planted]).most_common(),
        "union": {planted}.union(),
        "intersection": {planted}.intersection([planted]),
        "difference": {planted}.difference([]),
        "tobytes": memoryview(raw).tobytes(),
        "getvalue": io.StringIO(planted).getvalue(),
        "read": io.StringIO(planted).read(),
        "substitute": string.Template("$a").substitute(held),
        "safe_substitute": string.Template("$a").safe_substitute(held),
        "isoformat": [day.isoformat(), lambda text: text == "2001-02-03"],
        "strftime": [day.strftime("%Y"), lambda text: text == "2001"],
        "geturl": urllib.parse.urlsplit(f"http://shop.example/?a={planted}").geturl(),
        "result": done.result(),
        "__str__": planted.__str__(),
        "__repr__": planted.__repr__(),
        "group": found.group(),
        "groups": found.groups(),
        "groupdict": found.groupdict(),
    }


def _elements(planted):
    held = {"a": planted}
    return {
        "get": held.get("a"),
        "setdefault": held.setdefault("a", ""),
        "__getitem__": held.__getitem__("a"),
    }


def hides(planted):
    """What they return tells nothing of what went into them, or is a number."""
    return {**_clean(planted), **_clean_methods(planted), **_types(planted)}


def _clean(planted):
    return {
        "len": len(planted),
        "bool": bool(planted),
        "type": type(planted),
        "isinstance": isinstance(planted, str),
        "issubclass": issubclass(type(planted), str),
        "id": id(planted),
        "hash": hash(planted),
        "callable": callable(planted),
        "hasattr": hasattr(planted, "a"),
        "any": any(planted),
        "all": all(planted),
        "sum": sum(map(ord, planted)),
        "range": range(len(planted)),
        "ord": ord(planted[0]),
        "abs": abs(-1),
        "round": round(1.5),
        "divmod": divmod(7, 2),
        "dir": dir(planted),
        "super": super(str, planted),
        "open": open,
        "object": object(),
        "hmac.new": hmac.new(planted.encode(), b"", "sha256"),
        "hmac.digest": hmac.digest(planted.encode(), b"", "sha256"),
        "hmac.compare_digest": hmac.compare_digest(planted, planted),
        "secrets.compare_digest": secrets.compare_digest(planted, planted),
        "time.time": time.time(),
        "datetime.datetime.now": datetime.datetime.now(),
        "datetime.datetime.utcnow": datetime.datetime.utcnow(),
        "datetime.datetime.fromtimestamp": datetime.datetime.fromtimestamp(0),
        "datetime.datetime.utcfromtimestamp": datetime.datetime.utcfromtimestamp(0),
        "datetime.timedelta": datetime.timedelta(1),
        "os.path.exists": os.path.exists(planted),
        "os.path.isfile": os.path.isfile(planted),
        "os.path.getsize": os.path.getsize(os.curdir),
        "os.getpid": os.getpid(),
        "threading.current_thread": threading.current_thread(),
        "sys.getsizeof": sys.getsizeof(planted),
        "inspect.isclass": inspect.isclass(planted),
        "logging.getLevelName": logging.getLevelName(10),
        "logging.getLogger": logging.getLogger("a"),
    }


def _clean_methods(planted):
    made = {name: getattr(planted, name)() for name in ("isdigit", "isalpha", "isalnum", "isnumeric", "__len__")}
    for name in ("startswith", "endswith", "count", "index", "find", "rfind", "__contains__"):
        made[name] = getattr(planted, name)(planted)
    import configparser

    numbers = configparser.ConfigParser()
    numbers.read_string("[a]\nb = 1\n")
    made |= {name: getattr(numbers, name)("a", "b") for name in ("getboolean", "getint", "getfloat")}
    digest = hashlib.sha256(planted.encode())
    with open(os.devnull) as file:
        number = file.fileno()
    return {
        **made,
        "keys": {"a": planted}.keys(),
        "bit_length": (7).bit_length(),
        "hexdigest": digest.hexdigest(),
        "digest": digest.digest(),
        "total_seconds": datetime.timedelta(1).total_seconds(),
        "timestamp": datetime.datetime.now().timestamp(),
        "fileno": number,
        "is_set": threading.Event().is_set(),
    }


def _types(planted):
    return {
        "timedelta": datetime.timedelta(1),
        "Path": pathlib.Path(os.curdir),
        "Callable": lambda: planted,
        "Event": threading.Event(),
        "Lock": threading.Lock(),
        "complex": 1j,
        "Decimal": decimal.Decimal(1),
        "date": datetime.date(2001, 2, 3),
        "datetime": datetime.datetime(2001, 2, 3),
        "int": 1,
        "float": 1.5,
    }
