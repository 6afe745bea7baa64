"""What an answer's status and headers mean: a page, a redirect, or which failure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx

from models.errors import FetchError, Forbidden, Gone, TemporaryFetchError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Statuses that a retry may mend: time-outs, too many requests, a failing server or proxy.
TEMPORARY = frozenset({408, 421, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 525, 527, 529, 530})
_UNWANTED = frozenset({401, 402, 403, 407, 451})
_SIGN_IN = re.compile(
    r"(?i)(?:^|/)(?:log-?in|log-?on|sign-?in|sign_in|sso|wp-login|oauth2?|saml2?|shibboleth\.sso|idp|adfs|authenticate)(?:\.\w{2,5})?(?:/|$)"
)
_SIGN_IN_HOST = re.compile(r"(?i)^(?:login|signin|sso|accounts?|auth|idp)\.")


class Deferred(TemporaryFetchError):
    """A temporary fault that a retry within the run would not mend; a later run tries again."""


def raise_for_meaning(response: httpx.Response, url: str, now: datetime, *, conditional: bool) -> None:
    """Raise the FetchError that status and headers mean; return for 200, 202, 203, redirects and a conditional 304."""
    status = response.status_code
    if response.headers.get("cf-mitigated") or response.headers.get("x-amzn-waf-action"):
        raise Forbidden(url, "the site asks for proof that a person is there (a bot challenge)")
    if status in (200, 202, 203) or status in REDIRECTS:
        return
    if status == 304:
        if conditional:
            return
        raise FetchError(url, "the answer is 304 Not Modified, though the request had no condition")
    reason = f"the answer is {named(status)}"
    if status in (404, 410):
        raise Gone(url, reason, status)
    if status in _UNWANTED:
        raise Forbidden(url, reason)
    if status in TEMPORARY:
        raise TemporaryFetchError(url, reason, retry_after(response.headers.get("retry-after"), now))
    if status in (204, 205):
        raise FetchError(url, f"{reason}: there is nothing to read")
    if status == 206:
        raise FetchError(url, f"{reason}: a part, though the whole was asked for")
    raise FetchError(url, reason)


def named(status: int) -> str:
    """Return `404 Not Found`, or the bare number of a status that has no name."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def retry_after(value: str | None, now: datetime) -> float | None:
    """Return the seconds that a Retry-After asks to wait (RFC 9110, 10.2.3), or None where it is absent or invalid."""
    if value is None:
        return None
    value = value.strip()
    if re.fullmatch(r"\d{1,15}(?:\.\d{0,9})?", value):
        return float(value)
    try:
        at = parsedate_to_datetime(value[:100])
    except (ValueError, IndexError, OverflowError):
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return max(0.0, (at - now).total_seconds())


def is_sign_in(url: httpx.URL) -> bool:
    """Return whether an address is that of a sign-in page, by its path or its host's name."""
    return bool(_SIGN_IN.search(url.path) or _SIGN_IN_HOST.match(url.host))
