"""Requests in, whole pages out: the one way to the network.

    target -> robots.txt -> the host's turn -> one exchange -> redirect? again -> Page

    async with Client(settings) as client:
        fetched = await client.fetch(Request(url="https://example.org/report"))

Only what arrived whole becomes a Page; everything else is a FetchError with a reason for a person. Cookies live as long
as a source's run and go to its own sites alone; there is no `.netrc` and no proxy from the environment.
"""

from __future__ import annotations

import logging
import random
import re
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlencode

import httpx

from models.errors import Attempt, ConfigError, ExtractError, FetchError, Forbidden, TemporaryFetchError
from pipeline.fetch.addresses import Resolver, safe
from pipeline.fetch.answers import Deferred, is_sign_in
from pipeline.fetch.cookies import CookieJar
from pipeline.fetch.decoding import accepted
from pipeline.fetch.exchange import Answer, Limits, TryState, exchange
from pipeline.fetch.pacing import Clock, Pacing, Turns, host_of
from pipeline.fetch.robots import RobotsGate
from pipeline.fetch.robots_txt import MOST_BYTES as MOST_ROBOTS_BYTES
from pipeline.fetch.robots_txt import Robots
from pipeline.fetch.robots_txt import parse as parse_robots
from pipeline.fetch.settings import Fetched, HttpSettings, SourceHttp
from pipeline.fetch.targets import redirected, same_origin, target
from pipeline.fetch.transport import Transport
from scrapers.base import Page, Request
from scrapers.sniff.mediatype import sniff

__all__ = ["Attempt", "Client", "Fetched", "HttpSettings", "SourceHttp"]

T = TypeVar("T")
_log = logging.getLogger(__name__)
_ACCEPT = "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.8"
_HARMLESS = frozenset({"accept", "accept-language"})
_ROBOTS_REDIRECTS = 5
_CONDITION_FAILED = frozenset({400, 412, 428, 500, 501})
"""Statuses with which servers answer a conditional request that they do not understand."""
_AS_GET = frozenset({301, 302, 303})
"""Redirects after which a form is not sent again (RFC 9110, 15.4; WHATWG Fetch, 4.4)."""
_LONGEST_BACKOFF = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _FetchPlan:
    """How one fetch is made, all of its redirects included."""

    limits: Limits
    max_redirects: int
    delay: float
    proxy: str | None
    headers: Callable[[httpx.URL], list[tuple[str, str]]]
    jar: CookieJar
    form: bytes | None
    """The body of a POST, a form's or another; None for a GET."""
    gate: RobotsGate | None
    """None for a robots.txt itself, and where the configuration turns robots.txt off."""
    may_sign_in: bool


class Client:
    """Fetches for a whole run: many hosts at once, each at its own pace.

    Args:
        settings: the table `[http]`.
        read_robots: parses the bytes of a robots.txt, for instance in a child process; by default in this process.
        clock: the time and sleep.
        tls: the trusted certificates; by default those of httpx.
        turns: keeps requests to a host apart; by default among those of this client.
    """

    def __init__(
        self,
        settings: HttpSettings,
        *,
        read_robots: Callable[[bytes], Awaitable[Robots]] | None = None,
        clock: Clock | None = None,
        tls: ssl.SSLContext | None = None,
        turns: Turns | None = None,
    ) -> None:
        self._settings = settings
        self._clock = clock or Clock()
        self._pacing = turns or Pacing(settings.requests_per_host, self._clock)
        tls = tls or _trusting(settings.ca_file)
        self._transport = Transport(Resolver(settings.allow_addresses, settings.resolve), tls=tls)
        self._parse_robots = read_robots or self._parsed_here
        self._gates: dict[str | None, RobotsGate] = {}
        self._warned: set[str] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Drop every connection."""
        await self._transport.aclose()

    async def fetch(self, request: Request, *, overrides: SourceHttp | None = None) -> Fetched:
        """Return the whole answer, or raise a FetchError whose `attempts` list the tries.

        Raises:
            TemporaryFetchError: a temporary fault; `retry_after` holds the seconds that the server asked for.
            Forbidden: robots.txt, 401, 403, a sign-in page, a challenge.
            Gone: 404 or 410.
            TooLarge: more than `max_bytes`.
            FetchError: any other answer that is not a whole page.
        """
        overrides = overrides or SourceHttp()
        url = target(request.url)
        proxy = overrides.proxy or self._settings.proxy
        conditional = bool(request.etag or request.last_modified)
        asks_robots = self._settings.robots if overrides.robots is None else overrides.robots
        if not asks_robots and url.host not in self._warned:
            self._warned.add(url.host)
            _log.warning("robots.txt of %s is not read: the configuration says so", url.host)
        plan = _FetchPlan(
            limits=Limits(max_bytes=self._settings.max_bytes, conditional=conditional),
            max_redirects=self._settings.max_redirects,
            delay=self._settings.delay_seconds if overrides.delay_seconds is None else overrides.delay_seconds,
            proxy=proxy,
            headers=lambda hop: self._headers(request, overrides, url, hop),
            jar=overrides.jar,
            form=request.body if request.form is None else urlencode(request.form).encode("ascii"),
            gate=self._gate(proxy) if asks_robots else None,
            may_sign_in=is_sign_in(url),
        )

        async def work(this_try: TryState) -> tuple[Answer, list[httpx.URL]]:
            nonlocal plan
            try:
                return await self._follow(url, plan, this_try)
            except FetchError:
                if not plan.limits.conditional or this_try.status not in _CONDITION_FAILED:
                    raise
            # Some servers fail on the condition and answer the same request without it.
            plain = replace(request, etag=None, last_modified=None)
            plan = replace(
                plan,
                limits=replace(plan.limits, conditional=False),
                headers=lambda hop: self._headers(plain, overrides, url, hop),
            )
            return await self._follow(url, plan, this_try)

        (answer, hops), attempts = await self._persist(request.url, work)
        final = hops[-1] if hops else url
        page = None
        if answer.content is not None:
            content_type = next((value for name, value in answer.headers if name.lower() == "content-type"), None)
            page = Page(
                url=request.url,
                final_url=str(final),
                status=answer.status,
                headers=answer.headers,
                media_type=sniff(answer.content, content_type),
                content=answer.content,
                retrieved_at=self._clock.now(),
                sha256=answer.sha256,
                redirects=tuple(str(hop) for hop in hops[:-1]),
            )
        return Fetched(
            url=request.url,
            final_url=str(final),
            page=page,
            status=answer.status,
            not_modified=page is None,
            attempts=attempts,
            request_headers=_masked(plan.headers(final), overrides),
            response_headers=answer.headers,
            remote_address=answer.remote_address,
            request_body=plan.form,
        )

    async def sitemaps(self, url: str, *, overrides: SourceHttp | None = None) -> tuple[str, ...]:
        """Return the sitemaps that the robots.txt of the address's host names."""
        proxy = (overrides or SourceHttp()).proxy or self._settings.proxy
        return await self._gate(proxy).sitemaps(target(url), url)

    async def _persist(self, shown: str, work: Callable[[TryState], Awaitable[T]]) -> tuple[T, tuple[Attempt, ...]]:
        """Return the result of `work` and the attempts; retry temporary failures as often as the settings allow."""
        attempts: list[Attempt] = []
        while True:
            started_at, started = self._clock.now(), self._clock.monotonic()
            this_try = TryState(shown, self._settings.timeout_seconds)
            failure: FetchError | None = None
            try:
                result = await work(this_try)
            except FetchError as error:
                failure = error
            attempts.append(
                Attempt(
                    number=len(attempts) + 1,
                    status=this_try.status,
                    error=failure.reason if failure else None,
                    started_at=started_at,
                    seconds=self._clock.monotonic() - started,
                )
            )
            if failure is None:
                return result, tuple(attempts)
            failure.attempts = tuple(attempts)
            await self._wait_or_raise(failure, this_try, len(attempts))

    async def _wait_or_raise(self, failure: FetchError, this_try: TryState, tried: int) -> None:
        """Wait until the next try may begin, or raise the failure where there is no next try."""
        if not isinstance(failure, TemporaryFetchError) or isinstance(failure, Deferred):
            raise failure
        if failure.retry_after is not None and failure.retry_after > self._settings.max_retry_after_seconds:
            raise failure
        if tried > self._settings.retries:
            raise failure
        longest = min(self._settings.backoff_seconds * 2 ** (tried - 1), _LONGEST_BACKOFF)
        wait = random.uniform(longest / 2, longest)
        if failure.retry_after is not None and this_try.host is not None:
            await self._pacing.pause(this_try.host, max(failure.retry_after, wait))
        else:
            await self._clock.sleep(wait)

    async def _follow(self, url: httpx.URL, plan: _FetchPlan, this_try: TryState) -> tuple[Answer, list[httpx.URL]]:
        """Return the answer at the end of the redirects, and the addresses that they led to."""
        hops: list[httpx.URL] = []
        form = plan.form
        seen = {(str(url), plan.jar.changes)}
        while True:
            delay = plan.delay
            if plan.gate is not None:
                delay = max(delay, await plan.gate.crawl_delay(url, this_try.shown))
            this_try.host = host_of(url)
            async with self._pacing.turn(this_try.host, delay):
                now = self._clock.now()
                headers = plan.headers(url)
                if cookie := plan.jar.header(url, now):
                    _join(headers, "Cookie", cookie)
                request = _request(url, headers, form, plan.proxy)
                answer = await exchange(self._transport, request, this_try, plan.limits, now)
            plan.jar.take(url, (value for name, value in answer.headers if name.lower() == "set-cookie"), now)
            if answer.location is None:
                return answer, hops
            form = None if answer.status in _AS_GET else form
            url = redirected(url, answer.location, this_try.shown)
            if form is not None and not same_origin(hops[-1] if hops else request.url, url):
                raise FetchError(this_try.shown, f"the form would have to be sent to another site, {safe(str(url))}")
            if (str(url), plan.jar.changes) in seen:
                raise FetchError(this_try.shown, f"the redirects go in a circle, back to {safe(str(url))}")
            if len(hops) >= plan.max_redirects:
                raise FetchError(this_try.shown, f"there are more than {plan.max_redirects} redirects")
            if is_sign_in(url) and not plan.may_sign_in:
                raise Forbidden(this_try.shown, f"the site redirects to a sign-in page, {safe(str(url))}")
            hops.append(url)
            seen.add((str(url), plan.jar.changes))

    def _gate(self, proxy: str | None) -> RobotsGate:
        if proxy not in self._gates:
            self._gates[proxy] = RobotsGate(
                lambda url: self._read_robots(url, proxy), self._clock, self._settings.max_crawl_delay_seconds
            )
        return self._gates[proxy]

    async def _read_robots(self, url: httpx.URL, proxy: str | None) -> Robots:
        """Return the rules of a robots.txt (none where the answer is 4xx or empty), or raise FetchError."""
        plan = _FetchPlan(
            limits=Limits(max_bytes=MOST_ROBOTS_BYTES, first_bytes_do=True),
            max_redirects=_ROBOTS_REDIRECTS,
            delay=self._settings.delay_seconds,
            proxy=proxy,
            headers=lambda hop: self._headers(Request(url=str(url)), SourceHttp(), url, hop),
            jar=CookieJar(),
            form=None,
            gate=None,
            may_sign_in=True,
        )
        try:
            (answer, _), _ = await self._persist(str(url), lambda this_try: self._follow(url, plan, this_try))
        except FetchError as error:
            status = error.attempts[-1].status
            if status is not None and (400 <= status < 500 or status in (204, 205)):
                return Robots()
            raise
        try:
            return await self._parse_robots(answer.content or b"")
        except ExtractError as error:
            raise FetchError(str(url), error.reason) from error

    async def _parsed_here(self, content: bytes) -> Robots:
        return parse_robots(content, product_token(self._settings.user_agent))

    def _headers(
        self, request: Request, overrides: SourceHttp, first: httpx.URL, hop: httpx.URL
    ) -> list[tuple[str, str]]:
        """Return the headers of one hop; headers meant for an origin are sent to no other."""
        headers = {
            "User-Agent": self._settings.user_agent,
            "Accept": _ACCEPT,
            "Accept-Encoding": accepted(),
            **({"If-None-Match": request.etag} if request.etag else {}),
            **({"If-Modified-Since": request.last_modified} if request.last_modified else {}),
        }
        at_home = same_origin(first, hop)
        _put(headers, self._settings.headers)
        _put(headers, {k: v for k, v in request.headers.items() if at_home or k.lower() in _HARMLESS})
        if any(same_origin(origin, hop) for origin in [*map(target, overrides.origins)] or [first]):
            _put(headers, overrides.headers)
        return list(headers.items())


def _trusting(ca_file: str | None) -> ssl.SSLContext | None:
    """Return a context that trusts a file's authorities beside the usual ones; or raise ConfigError."""
    if ca_file is None:
        return None
    context = httpx.create_ssl_context()
    try:
        context.load_verify_locations(cafile=ca_file)
    except (OSError, ssl.SSLError) as error:
        why = error.strerror or error.args[0]
        raise ConfigError(f"http.ca_file: {ca_file} holds no certificates that can be read ({why})") from error
    return context


def _request(url: httpx.URL, headers: list[tuple[str, str]], form: bytes | None, proxy: str | None) -> httpx.Request:
    extensions = {"proxy": proxy}
    if form is None:
        return httpx.Request("GET", url, headers=headers, extensions=extensions)
    typed = list(headers)
    if not any(name.lower() == "content-type" for name, _ in headers):
        typed.append(("Content-Type", "application/x-www-form-urlencoded"))
    return httpx.Request("POST", url, headers=typed, content=form, extensions=extensions)


def _join(headers: list[tuple[str, str]], name: str, value: str) -> None:
    """Add a header's value, in place, to the one that the configuration sets, if any."""
    for place, (known, given) in enumerate(headers):
        if known.lower() == name.lower():
            headers[place] = (known, f"{given}; {value}")
            return
    headers.append((name, value))


def _put(headers: dict[str, str], more: Mapping[str, str]) -> None:
    for name, value in more.items():
        for known in [known for known in headers if known.lower() == name.lower()]:
            del headers[known]
        headers[name] = value


def _masked(headers: list[tuple[str, str]], overrides: SourceHttp) -> tuple[tuple[str, str], ...]:
    secret = {name.lower() for name in overrides.headers} - _HARMLESS - {"user-agent"}
    secret |= {"authorization", "cookie", "proxy-authorization"}
    return tuple((name, "***" if name.lower() in secret else value) for name, value in headers)


def product_token(user_agent: str) -> str:
    """Return the product token of a User-Agent, the part before the version (RFC 9309, 2.2.1)."""
    match = re.match(r"[A-Za-z_-]+", user_agent)
    return match[0] if match else "*"
