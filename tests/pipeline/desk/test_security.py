from __future__ import annotations

import http.client
import re
import socket
from pathlib import Path

import pytest

from pipeline.desk.app import ROUTES
from pipeline.desk.security import COPY_POLICY, HEADERS
from pipeline.desk.server import listen


def raw(port: int, head: str, body: str = "") -> tuple[int, dict[str, str], str]:
    """Send a request as it is written, and return status, headers and body."""
    with socket.create_connection(("127.0.0.1", port), 120) as connection:
        text = f"{head}\r\nConnection: close\r\n\r\n{body}".replace("PORT", str(port))
        connection.sendall(text.encode("latin-1"))
        answer = b""
        while part := connection.recv(65_536):
            answer += part
    top, _, content = answer.partition(b"\r\n\r\n")
    lines = top.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    return int(lines[0].split()[1]), headers, content.decode("utf-8", "replace")


OWN = "Host: 127.0.0.1:PORT"
FORM = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3"

REFUSED = [
    ("GET / HTTP/1.1\r\nHost: evil.test", 421),
    ("GET / HTTP/1.1\r\nHost: 127.0.0.1", 421),
    ("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT.evil.test", 421),
    ("GET / HTTP/1.1\r\nHost: evil.test:PORT", 421),
    ("GET / HTTP/1.1\r\nHost: 127.0.0.1:PORT@evil.test", 421),
    ("GET / HTTP/1.1\r\nHost: 127x0x0x1:PORT", 421),
    ("GET / HTTP/1.1\r\nHost: LOCALHOST.:PORT", 421),
    ("GET / HTTP/1.1\r\nHost: ", 421),
    ("GET / HTTP/1.0\r\nAccept: */*", 421),
    (f"GET / HTTP/1.1\r\n{OWN}\r\nHost: evil.test", 400),
    ("GET / HTTP/1.1\r\nHost: evil.test\r\nX-Forwarded-Host: 127.0.0.1:PORT\r\nForwarded: host=127.0.0.1:PORT", 421),
    (f"POST / HTTP/1.1\r\n{OWN}\r\nSec-Fetch-Site: cross-site\r\n{FORM}", 405),
    (f"POST / HTTP/1.1\r\n{OWN}\r\nSec-Fetch-Site: same-origin\r\n{FORM}", 405),
    (f"POST /documents/1 HTTP/1.1\r\n{OWN}\r\nOrigin: null\r\n{FORM}", 405),
    (f"PUT / HTTP/1.1\r\n{OWN}\r\nContent-Length: 3", 405),
    (f"DELETE /documents/1 HTTP/1.1\r\n{OWN}", 405),
    (f"OPTIONS / HTTP/1.1\r\n{OWN}\r\nOrigin: http://evil.test\r\nAccess-Control-Request-Method: GET", 405),
    (f"TRACE / HTTP/1.1\r\n{OWN}", 405),
    (f"GET /static/../app.py HTTP/1.1\r\n{OWN}", 404),
    (f"GET /static/%2e%2e/app.py HTTP/1.1\r\n{OWN}", 404),
    (f"GET /static/..%2fapp.py HTTP/1.1\r\n{OWN}", 404),
    (f"GET /static/desk.css%00.py HTTP/1.1\r\n{OWN}", 404),
    (f"GET /export/documents.../../etc/passwd HTTP/1.1\r\n{OWN}", 404),
    (f"GET /export/documents.sqlite HTTP/1.1\r\n{OWN}", 404),
    (f"GET /documents/0 HTTP/1.1\r\n{OWN}", 404),
    (f"GET /documents/-1 HTTP/1.1\r\n{OWN}", 404),
    (f"GET /documents/99999999999999999999 HTTP/1.1\r\n{OWN}", 404),
    (f"GET /documents/1%20OR%201=1 HTTP/1.1\r\n{OWN}", 404),
    (f"GET /runs/99999 HTTP/1.1\r\n{OWN}", 404),
    (f"GET /sources/%3Cscript%3E HTTP/1.1\r\n{OWN}", 404),
    (f"GET /at?url=javascript:alert(1) HTTP/1.1\r\n{OWN}", 404),
    (f"GET //evil.test/ HTTP/1.1\r\n{OWN}", 404),
]


@pytest.mark.parametrize(("head", "status"), REFUSED)
def test_what_is_refused(desk: int, head: str, status: int) -> None:
    found, headers, body = raw(desk, head, "a=b" if "Content-Length" in head else "")
    assert found == status
    assert "Traceback" not in body
    assert "access-control-allow-origin" not in headers
    if status != 400:  # the server itself answers that one
        assert headers["content-security-policy"].startswith("default-src 'none'")


ODD = [
    "/?page=0", "/?page=-1", "/?page=99999", "/?page=1000000000", "/?page=100000000000000000000", "/?page=%D9%A3",
    "/?q=" + "%28" * 900, "/?q=%00", "/?q=%ED%A0%80", "/?q=a*", "/?q=date:20x9", "/?sort=drop+table", "/?q=%27%22--",
    "/doubtful?page=-5&field=x", "/documents/1?page=0", "/documents/1?page=-1", "/documents/1?page=99999999999",
    "/documents/1?diff=1..9", "/documents/1?diff=a..b", "/documents/1?q=%22%3Cscript%3E", "/help?x=y",
]  # fmt: skip


@pytest.mark.parametrize("path", ODD)
def test_odd_numbers_and_texts_are_answered(desk: int, path: str) -> None:
    status, headers, body = raw(desk, f"GET {path} HTTP/1.1\r\n{OWN}")
    assert status == 200
    assert body.rstrip().endswith("</html>\r\n0") or body.rstrip().endswith("</html>")
    assert "<script" not in body
    assert {name: headers[name] for name in HEADERS} == dict(HEADERS)


def test_every_page_has_the_headers_and_nothing_writes(desk: int) -> None:
    for path in ROUTES:
        filled = re.sub(r"\{id\}", "5", path)
        filled = re.sub(r"\{suffix:path\}", "csv", filled)
        filled = re.sub(r"\{\w+\}", "1", filled)
        for method in ("GET", "HEAD"):
            _, headers, _ = raw(desk, f"{method} {filled} HTTP/1.1\r\n{OWN}")
            for name, value in HEADERS.items():
                expected = COPY_POLICY if name == "content-security-policy" and "/copy" in path else value
                assert headers[name] == expected, filled
            assert "set-cookie" not in headers


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.5", "::", "example.org"])
def test_the_desk_listens_on_loopback_alone(address: str) -> None:
    from models.errors import ConfigError

    with pytest.raises(ConfigError, match="--host"):
        listen(address, 0)


def test_one_export_at_a_time(desk: int) -> None:
    one = http.client.HTTPConnection("127.0.0.1", desk, timeout=20)
    one.request("GET", "/export/documents.csv?q=workers")
    answer = one.getresponse()
    assert answer.status == 200
    assert answer.getheader("content-disposition") == 'attachment; filename="documents.csv"'
    assert answer.getheader("content-type") == "application/octet-stream"
    assert b"title" in answer.read()
    one.close()


def test_no_template_and_no_style_names_another_place() -> None:
    folder = Path(__file__).parents[3] / "pipeline" / "desk"
    for path in (*folder.glob("templates/*.html"), *folder.glob("static/*.css")):
        text = path.read_text("utf-8")
        for bad in ("<script", "|safe", "style=", "url(", "@import"):
            assert bad not in text, path
        assert not re.search(r"(src|href)=\"(https?:)?//", text), path
