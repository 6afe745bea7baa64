"""Redirects: where they lead, and where they must not."""

from __future__ import annotations

from models.errors import FetchError, Forbidden, Gone, TemporaryFetchError
from tests.hostile.fault import HEALTHY, Fault
from tests.hostile.server import Answer, Endless, Wait, answer


def to(location: str, status: str = "302 Found", body: str = "") -> bytes:
    return answer(body, f"Location: {location}", status=status)


def _inside(name: str, location: str, reason: str = "internal address") -> Fault:
    """A redirect into the network that the program runs in."""
    return Fault(name=f"redirect-to-{name}", sends=to(location), error=FetchError, reason=reason, tries=1)


def _well(name: str, location: str, status: str = "302 Found", landing: str = "/moved") -> Fault:
    return Fault(name=f"redirect-{name}", sends=to(location, status), also={landing: HEALTHY}, error=None)


_CHAIN: dict[str, Answer | list[Answer]] = {f"/{hop}": to(f"/{hop + 1}") for hop in range(1, 10)}

FAULTS = (
    Fault(name="redirect-to-itself", sends=to("/document"), error=FetchError, reason="in a circle", tries=1),
    Fault(
        name="redirect-to-itself-with-a-cookie",
        sends=answer("", "Location: /document", "Set-Cookie: seen=1", status="302 Found"),
        error=FetchError,
        reason="in a circle",
        tries=2,  # the second time with the cookie
    ),
    Fault(
        name="redirects-in-a-ring", sends=to("/b"), also={"/b": to("/document")}, error=FetchError, reason="in a circle"
    ),
    Fault(
        name="redirects-without-end",
        sends=to("/1"),
        also={**_CHAIN, "/10": to("/11")},
        error=FetchError,
        reason="more than 10",
    ),
    Fault(name="ten-redirects", sends=to("/1"), also={**_CHAIN, "/10": HEALTHY}, error=None),
    Fault(name="redirect-to-nowhere", sends=answer("", status="302 Found"), error=FetchError, reason="where to"),
    Fault(name="redirect-to-nothing", sends=to(""), error=FetchError, reason="where to"),
    Fault(
        name="redirect-to-two-places",
        sends=answer("", "Location: /a", "Location: /b", status="302 Found"),
        error=FetchError,
        reason="two places",
    ),
    Fault(name="redirect-to-no-address", sends=to("http://[::bad"), error=FetchError, reason="no address"),
    Fault(
        name="redirect-to-an-impossible-port", sends=to("http://a.test:99999/"), error=FetchError, reason="no address"
    ),
    Fault(name="redirect-to-a-host-of-dots", sends=to("http://.../x"), error=FetchError, reason="no address"),
    Fault(name="redirect-to-a-file", sends=to("file:///etc/passwd"), error=FetchError, reason="only http and https"),
    Fault(name="redirect-to-ftp", sends=to("ftp://a.test/x"), error=FetchError, reason="only http and https"),
    Fault(
        name="redirect-to-gopher", sends=to("gopher://127.0.0.1:6379/_FLUSHALL"), error=FetchError, reason="only http"
    ),
    Fault(
        name="redirect-to-javascript", sends=to("javascript:alert(1)"), error=FetchError, reason="only http and https"
    ),
    Fault(
        name="redirect-to-data", sends=to("data:text/html,<h1>x</h1>"), error=FetchError, reason="only http and https"
    ),
    _inside("loopback", "http://127.0.0.1/", "(loopback)"),
    _inside("localhost", "http://localhost:5432/", "(loopback)"),
    _inside("localhost-with-a-dot", "http://localhost./", "(loopback)"),
    _inside("hex-loopback", "http://0x7f.1/", "(loopback)"),
    _inside("one-number", "http://2130706433/", "(loopback)"),
    _inside("octal-loopback", "http://0177.0.0.1/", "no address"),
    _inside("short-loopback", "http://127.1/", "(loopback)"),
    _inside("loopback-6", "http://[::1]/", "(loopback)"),
    _inside("mapped-loopback", "http://[::ffff:127.0.0.1]/", "(loopback)"),
    _inside("compatible-loopback", "http://[::127.0.0.1]/"),
    _inside("nat64-loopback", "http://[64:ff9b::7f00:1]/", "(loopback)"),
    _inside("6to4-loopback", "http://[2002:7f00:1::]/", "6to4"),
    _inside("metadata", "http://169.254.169.254/latest/meta-data/", "metadata"),
    _inside("mapped-metadata", "http://[::ffff:a9fe:a9fe]/", "metadata"),
    _inside("zero", "http://0.0.0.0/", "this host"),
    _inside("plain-zero", "http://0/", "this host"),
    _inside("zero-6", "http://[::]/", "this host"),
    _inside("private-10", "http://10.0.0.1/", "(private)"),
    _inside("private-172", "http://172.16.9.9/", "(private)"),
    _inside("private-192", "http://192.168.1.1/", "(private)"),
    _inside("private-6", "http://[fd00::1]/", "(private)"),
    _inside("carrier-grade", "http://100.100.100.200/", "carrier-grade"),
    _inside("link-local-6", "http://[fe80::1]/", "(link-local)"),
    _inside("multicast", "http://224.0.0.1/", "(multicast)"),
    _inside("broadcast", "http://255.255.255.255/", "(reserved)"),
    _inside("documentation-6", "http://[2001:db8::1]/", "documentation"),
    _inside("full-width-digits", "http://１２７.0.0.1/".encode().decode("latin-1"), ""),
    _inside("credentials-and-loopback", "http://good.test@127.0.0.1/", "(loopback)"),
    _well("301", "/moved", "301 Moved Permanently"),
    _well("303", "/moved", "303 See Other"),
    _well("307", "/moved", "307 Temporary Redirect"),
    _well("308", "/moved", "308 Permanent Redirect"),
    _well("with-a-fragment", "/moved#part"),
    _well("without-a-slash", "moved"),
    _well("through-dots", "/a/../b/./../moved"),
    _well("by-query-alone", "?page=2", landing="/document?page=2"),
    _well("with-blanks", "  /moved  "),
    _well("with-a-blank-within", "/a moved", landing="/a%20moved"),
    _well("in-latin-1", "/r\xe9sum\xe9", landing="/r%C3%A9sum%C3%A9"),
    _well("with-credentials", "http://user:secret@redirect-with-credentials.faults.test/moved"),
    _well("with-a-dot-after-the-host", "http://redirect-with-a-dot-after-the-host.faults.test./moved"),
    Fault(
        name="redirect-with-an-endless-body",
        sends=(answer("", "Location: /moved", status="302 Found", length=None), Endless(b"x" * 999)),
        also={"/moved": HEALTHY},
        error=None,
    ),
    Fault(
        name="redirect-with-a-slow-body",
        sends=(answer("", "Location: /moved", status="302 Found", length=99), Wait(60)),
        also={"/moved": HEALTHY},
        error=None,
    ),
    Fault(
        name="redirect-to-what-is-gone",
        sends=to("/gone"),
        also={"/gone": answer("", status="410 Gone")},
        error=Gone,
        reason="410",
    ),
    Fault(
        name="redirect-to-an-unknown-name",
        sends=to("http://no-such-name.invalid/"),
        error=FetchError,
        reason="no-such-name.invalid",
    ),
    Fault(
        name="redirect-to-sign-in",
        sends=to("/user/login?destination=/document"),
        also={"/user/login?destination=/document": HEALTHY},
        error=Forbidden,
        reason="sign-in page",
    ),
    Fault(
        name="redirect-to-wp-login",
        sends=to("/wp-login.php"),
        also={"/wp-login.php": HEALTHY},
        error=Forbidden,
        reason="sign-in page",
    ),
    Fault(
        name="redirect-to-a-sign-in-host",
        sends=to("https://login.idp.test/x?state=1"),
        error=Forbidden,
        reason="sign-in page",
    ),
    Fault(
        name="redirect-to-a-report-on-logins",
        sends=to("/login-records-of-police"),
        also={"/login-records-of-police": HEALTHY},
        error=None,
    ),
    Fault(
        name="redirect-to-what-robots-forbid",
        sends=to("/private/x"),
        also={"/robots.txt": answer("User-agent: *\nDisallow: /private/", kind="text/plain"), "/private/x": HEALTHY},
        error=Forbidden,
        reason="robots.txt",
        not_asked=("/private/x",),
    ),
    Fault(
        name="redirect-then-breaks",
        sends=to("/broken"),
        also={"/broken": answer("", status="503 Service Unavailable")},
        error=TemporaryFetchError,
        reason="503",
        tries=2,
    ),
)
