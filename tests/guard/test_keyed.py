"""Values behind keys: what is hidden, and what only looks like one."""

from __future__ import annotations

import pytest

from logguard import Scrubber

SCRUBBER = Scrubber()
KEPT = [
    ("noop", "2026-11-24 10:00:00,123 INFO shop.orders order 8231 shipped in 132 ms"),
    ("prose", "Invalid password: must be at least 8 characters"),
    ("prose-is", "the token is invalid"),
    ("count", "max_tokens=532 prompt_tokens: 17 token_count=3"),
    ("word", "password: None"),
    ("mask", "password=********"),
    ("marker", "password=<credential.password> x"),
    ("variable", "password=${DB_PASSWORD}"),
    ("template", "secret={{ vault.secret }}"),
    ("call", "secret = get_secret_key()"),
    ("attribute", "    token = self.token"),
    ("logger-name", "DEBUG api.tokens: request took 3 s"),
    ("next-pair", '{"event": "password.changed", "request_id": "3636dd46-ea21-11e9-81b4-2a2ae2dbcce4"}'),
    ("options-in-prose", "give --username and --password options"),
    ("compared", "if username == un:"),
    ("secret-type", "password=SecretStr('**********')"),
    ("package", "status installed python3-jwt:all 2.6.0-1"),
    ("file", 'open("/etc/passwd"): /etc/passwd: permission denied'),
    ("usage", "usage: app [--password PASSWORD] [--api-key KEY]"),
    ("date-of-change", "password_changed=2024-05-06 last_password_change: 2024-05-06T07:08:09Z"),
    ("algorithm", "password_algorithm=argon2id"),
    ("verdict", "--- PASS: TestLogin (0.00s)"),
    ("resource", "loaded arn:aws:secretsmanager:us-east-1:123456789012:secret:MySecret-a1b2c3"),
    ("encrypted", "password: ENC[AES256_GCM,data:abc]"),
    ("port-and-path", "GET http://host:8080/a?mail=x and http://host:80/b@2"),
    ("noreply", "sent as noreply@shop.com"),
    ("multipart-other", 'form-data; name="city"\r\n\r\nhunter2\r\n--b'),
    ("yaml-other", "text: |\n  hunter2\n"),
    ("xml-attribute-other", '<property name="city" value="hunter2"/>'),
    ("insert-slots", "INSERT INTO users (name, password) VALUES (%s, %s)"),
    ("insert-other", "INSERT INTO users (name, password) VALUES ('ann', NULL)"),
    ("identified-by-id", "rows are identified by 'id'"),
    ("identified-as", "it is identified as 'healthy' by \"email\""),
    ("mysql-words", "start mysql -prod config, mysql -print all"),
    ("mysql-port", "mysql -h db -P 3306"),
]
HIDDEN = [
    ("equals", "password=hunter2 user=bob", "password=<credential.password> user=bob"),
    ("colon", "password: hunter2", "password: <credential.password>"),
    ("address-like-parts", "password: abc p@ss.w0rd", "password: <credential.password>"),
    ("address-behind", "pwd=hunter2 bob@1.2.3.4", "pwd=<credential.password>"),
    ("address-in-quotes", "WHERE email='ann@b.com'", "WHERE email='<personal.email>'"),
    ("apostrophe-in-address", "to o'brien@b.com", "to <personal.email>"),
    ("address-like-part", "password=ab p@ss.word cd", "password=<credential.password>"),
    ("blanks", "password=correct horse battery, user=bob", "password=<credential.password>, user=bob"),
    ("comma-inside", "password=ab,cd", "password=<credential.password>"),
    ("quoted", 'password="a b, c" x', 'password="<credential.password>" x'),
    ("json", '{"password": "a b", "n": 1}', '{"password": "<credential.password>", "n": 1}'),
    ("escaped-json", r"{\"password\": \"a b\"}", r"{\"password\": \"<credential.password>\"}"),
    ("repr", "Config(api_key='x y z', port=1)", "Config(api_key='<credential.api_key>', port=1)"),
    ("wrapped", "secret=Secret('abcdef')", "secret=Secret('<credential.generic>')"),
    ("header", "Authorization: Bearer abc.def-123", "Authorization: Bearer <credential.authorization>"),
    ("cookie", "Cookie: sid=abc; theme=dark", "Cookie: <credential.cookie>"),
    ("query", "GET /x?token=abc123&page=2", "GET /x?token=<credential.access_token>&page=2"),
    ("option", "mysqld --password hunter2 -v", "mysqld --password <credential.password> -v"),
    ("xml", "<adminPass>hunter2</adminPass>", "<adminPass><credential.password></adminPass>"),
    ("said", "the password is hunter2", "the password is <credential.password>"),
    ("talk-in-front", "Invalid API token: abc1234567", "Invalid API token: <credential.access_token>"),
    ("camel", "clientSecret=abc", "clientSecret=<credential.generic>"),
    ("arguments", 'setProperty("API_TOKEN", "abc1234")', 'setProperty("API_TOKEN", "<credential.access_token>")'),
    ("name-and-value", 'name: "DB_PASSWORD", value: "hunter2"', 'name: "DB_PASSWORD", value: "<credential.password>"'),
    ("mapping", "{'passwords': {'a': 'c5F', 'b': 'x9Y'}}", "{'passwords': {'a': '<credential.password>', 'b': '<credential.password>'}}"),
    ("digits", "phone: +1 415 555 2671 verified", "phone: <personal.phone> verified"),
    ("date", "date_of_birth=12 March 1980 ok", "date_of_birth=<personal.date_of_birth> ok"),
    ("address", "home_address=12 High Street, London id=7", "home_address=<personal.address> id=7"),
    ("url-encoded", "body password%3Dhunter2%26a%3D1", "body password%3D<credential.password>"),
    ("cut-off", '{"password": "hunter2', '{"password": "<credential.password>'),
    ("nested-list", "{'password': ['a1b', 'c2d']}", "{'password': [<credential.password>]}"),
    ("behind-an-escape", "{'body': 'a\\nAKIA" + "Q7W2E5R3T6Y4U2I7'}", "{'body': 'a\\n<credential.api_key>'}"),
    ("behind-a-colour", "\x1b[31mAKIA" + "Q7W2E5R3T6Y4U2I7\x1b[0m", "\x1b[31m<credential.api_key>\x1b[0m"),
    ("email-in-a-path", "GET /users/al.mill@corp.io HTTP/1.1", "GET /users/<personal.email> HTTP/1.1"),
    ("email-in-a-query", "/x?v=al@corp.io&z=1", "/x?v=<personal.email>&z=1"),
    ("call-like", "password=word(x9 y=1", "password=<credential.password> y=1"),
    ("brackets-inside", "password=pa(ss)w0rd", "password=<credential.password>"),
    ("dollar", "password=$ecret9x", "password=<credential.password>"),
    ("angle", "password=<a9b8c7d y=1", "password=<credential.password> y=1"),
    ("brace", "password={a9b8c7d y=1", "password=<credential.password> y=1"),
    ("session", "session_id=f2Jk9sLq0PzX7vTm4Rb8 ok", "session_id=<credential.session_id> ok"),
    ("url-with-slash", "to https://bob:pa/ss9@h.org/x", "to https://<credential.connection_string>/x"),
    ("url-with-quote", "to https://bob:p\"a9@h.org/x", "to https://<credential.connection_string>/x"),
    ("validation", "[{'loc': ('password',), 'msg': 'x', 'input': 'hunter2x'}]", "[{'loc': ('password',), 'msg': 'x', 'input': '<credential.generic>'}]"),
    ("is-colon", "your password is: hunter2x", "your password is: <credential.password>"),
    ("arrow", "password -> hunter2", "password -> <credential.password>"),
    ("xml-attributes", '<property name="password" value="hunter2"/>', '<property name="password" value="<credential.password>"/>'),
    ("xml-key", '<entry key="db.password">hunter2</entry>', '<entry key="db.password"><credential.password></entry>'),
    ("xml-data", "<password><![CDATA[a<b]]></password>", "<password><![CDATA[<credential.password>]]></password>"),
    ("multipart", 'form-data; name="password"\r\n\r\nhunter2\r\n--b', 'form-data; name="password"\r\n\r\n<credential.password>\r\n--b'),
    ("multipart-header", 'form-data; name="password"\r\nContent-Type: text/plain\r\n\r\nhunter2', 'form-data; name="password"\r\nContent-Type: text/plain\r\n\r\n<credential.password>'),
    ("yaml-block", "a:\n  password: |\n    one two\n    three\n  b: 1", "a:\n  password: |\n    <credential.password>\n  b: 1"),
    ("xml-data-bracket", "<password><![CDATA[a]bcdefg]]></password>", "<password><![CDATA[<credential.password>]]></password>"),
    ("xml-data-long", "<password><![CDATA[" + "aB3" * 4_000 + "]]></password>", "<password><![CDATA[<credential.password>]]></password>"),
    ("multipart-bare", 'form-data;name="password"\n\nhun\\ter2\n--b', 'form-data;name="password"\n\n<credential.password>\n--b'),
    ("multipart-lines", 'form-data; name="password"\r\n\r\none\r\ntwo3\r\n--b', 'form-data; name="password"\r\n\r\n<credential.password>\r\n--b'),
    ("yaml-block-marks", "password: |2-\n  hunter2 three", "password: |2-\n  <credential.password>"),
    ("yaml-block-long", "password: |\n" + "  one two 3\n" * 300 + "b: 1", "password: |\n  <credential.password>\nb: 1"),
    ("insert-casts", "INSERT INTO users (name, password) VALUES ('ann'::text, 'hunter2')", "INSERT INTO users (name, password) VALUES ('ann'::text, '<credential.password>')"),
    ("insert-quotes", 'INSERT INTO users (name, password) VALUES ("ann", "hunter2")', 'INSERT INTO users (name, password) VALUES ("ann", "<credential.password>")'),
    ("identified-by-quote", "ALTER USER ann IDENTIFIED BY \"hun'ter2\"", "ALTER USER ann IDENTIFIED BY \"<credential.password>\""),
    ("mysql-quoted", "mysql -p'hun ter2' shop", "mysql -p'<credential.password>' shop"),
    ("insert", "INSERT INTO users (name, password) VALUES ('ann', 'a''b, c'), ('bob', 'd')", "INSERT INTO users (name, password) VALUES ('ann', '<credential.password>'), ('bob', 'd')"),
    ("identified-by", "ALTER USER ann IDENTIFIED BY 'hunter2'", "ALTER USER ann IDENTIFIED BY '<credential.password>'"),
    ("mysql", "mysqldump -u ann -phunter2 shop", "mysqldump -u ann -p<credential.password> shop"),
    ("shell", "curl -u bob:hunter2 https://x.com", "curl -u <credential.password> https://x.com"),
]  # fmt: skip


@pytest.mark.parametrize("text", [case[1] for case in KEPT], ids=[case[0] for case in KEPT])
def test_kept(text: str) -> None:
    """Text that holds no value stays as it is."""
    assert SCRUBBER.scrub(text) == text


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in HIDDEN], ids=[case[0] for case in HIDDEN])
def test_hidden(text: str, expected: str) -> None:
    """The value is gone, and nothing but the value."""
    assert SCRUBBER.scrub(text) == expected


def test_twenty_thousand_ordinary_lines() -> None:
    """At most 1 in 2,000 ordinary lines of ten styles is changed."""
    from benchmarks.records import Lines

    changed = [line for line in Lines(11).ordinary(20_000) if SCRUBBER.scrub(line) != line]
    assert len(changed) <= 10, changed[:3]
