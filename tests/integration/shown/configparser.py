"""docs.python.org/3/library/configparser.html."""

import configparser

PACKAGE, OLDEST = "", ""


def _read(parser, planted):
    parser.read_string(f"[mail]\npassword = {planted}\n")
    return parser


def shows(planted):
    """An entry is plain text."""
    return {
        f"configparser.{name}": _read(getattr(configparser, name)(), planted).get("mail", "password")
        for name in ("ConfigParser", "RawConfigParser")
    }


def hides(planted):
    """Parser and section have no text of their own."""
    parser = _read(configparser.ConfigParser(), planted)
    return {"ConfigParser": parser, "SectionProxy": parser["mail"]}
