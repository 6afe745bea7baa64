"""What pages try that they may not: every way to the network but our client is shut, and nothing goes on for ever."""
# ruff: noqa: E501 (scripts are easier to read unbroken)

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from models.errors import FetchError
from pipeline.render import launcher
from tests.pipeline.render.conftest import LIMITS, Maker, Pages, processes_of, shell
from tests.pipeline.render.test_pages import WORDS
from tests.sites.server import Answer

pytestmark = pytest.mark.browser


@contextmanager
def listening(host: str = "127.0.0.1") -> Iterator[tuple[int, socket.socket, socket.socket]]:
    """Listen on one port for TCP and UDP; give the port and the two sockets."""
    with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
        tcp.bind((host, 0))
        tcp.listen()
        port = tcp.getsockname()[1]
        udp.bind((host, port))
        tcp.setblocking(False)
        udp.setblocking(False)
        yield port, tcp, udp


def was_reached(tcp: socket.socket, udp: socket.socket) -> bool:
    for heard in (tcp.accept, lambda: udp.recv(10)):
        try:
            heard()
        except BlockingIOError:
            continue
        return True
    return False


WAYS = """
  const tried = [], there = "127.0.0.1:PORT", site = "stranger.example";
  const attempt = async (name, way) => { tried.push(name); try { await way(); } catch (error) {} };
  attempt("image", () => { new Image().src = `http://${there}/image`; });
  attempt("frame", () => { document.body.append(Object.assign(document.createElement("iframe"), {src: `http://${there}/frame`})); });
  attempt("other port", () => fetch(`http://${there}/fetch`, {mode: "no-cors"}));
  attempt("stranger", () => fetch(`http://${site}/fetch`, {mode: "no-cors"}));
  attempt("beacon", () => navigator.sendBeacon(`http://${there}/beacon`, "x"));
  attempt("kept alive", () => fetch(`http://${site}/alive`, {keepalive: true, mode: "no-cors"}));
  attempt("websocket", () => new WebSocket(`ws://${there}/socket`));
  attempt("events", () => new EventSource(`http://${there}/events`));
  attempt("transport", () => new WebTransport(`https://${there}/transport`).ready);
  attempt("stun", async () => {
    const peer = new RTCPeerConnection({iceServers: [{urls: `stun:${there}`}]});
    peer.createDataChannel("x");
    await peer.setLocalDescription(await peer.createOffer());
  });
  attempt("worker", () => new Worker(URL.createObjectURL(new Blob([`fetch("http://${there}/w", {mode: "no-cors"}); new WebSocket("ws://${there}/w")`]))));
  attempt("shared worker", () => new SharedWorker(URL.createObjectURL(new Blob([`fetch("http://${there}/s", {mode: "no-cors"}); new WebSocket("ws://${there}/s")`]))));
  attempt("service worker", () => navigator.serviceWorker.register("/worker.js"));
  for (const rel of ["preconnect", "dns-prefetch", "prefetch", "preload", "stylesheet", "icon", "modulepreload"])
    attempt(rel, () => { document.head.append(Object.assign(document.createElement("link"), {rel, as: "script", href: `http://${there}/${rel}`})); });
  attempt("form", () => {
    document.body.insertAdjacentHTML("beforeend", `<form target="_blank" method="post" action="http://${there}/form"></form>`);
    document.forms[0].submit();
  });
  attempt("window", () => open(`http://${there}/window`));
  attempt("ping", () => { document.body.insertAdjacentHTML("beforeend", `<a id="ping" ping="http://${there}/ping" href="#x">x</a>`); ping.click(); });
  attempt("object", () => { document.body.append(Object.assign(document.createElement("object"), {data: `http://${there}/object`})); });
  attempt("font", () => new FontFace("x", `url(http://${there}/font)`).load());
  attempt("media", () => { document.body.append(Object.assign(document.createElement("video"), {src: `http://${there}/video`, autoplay: true})); });
  attempt("dialog", () => { alert("x"); confirm("x"); prompt("x"); print(); });
  attempt("download", () => { document.body.insertAdjacentHTML("beforeend", `<a id="load" download href="http://${there}/download">x</a>`); load.click(); });
  setTimeout(() => document.body.append(`tried ${tried.length}`), 3000);
"""


def test_no_way_leads_to_the_network_but_our_client(maker: Maker, pages: Pages) -> None:
    with listening("127.0.0.2") as (port, tcp, udp):
        pages.answers["/"] = shell(WAYS.replace("127.0.0.1:PORT", f"127.0.0.2:{port}"), body=WORDS)
        assert "tried 28" in maker.text(pages.url + "/")
        assert not was_reached(tcp, udp)
    assert pages.paths == ["/"]


def test_the_browser_has_a_network_of_its_own_without_an_interface_and_is_not_root(maker: Maker, pages: Pages) -> None:
    pages.answers["/"] = shell("", body=WORDS)
    maker.fetch(pages.url + "/")
    browsers = [one for one in processes_of(os.getpid()) if b"--type=" in command_of(one)]
    assert browsers
    for browser in browsers:
        assert Path(f"/proc/{browser}").stat().st_uid != 0
        if not launcher.isolates():
            continue  # then the browser's own switches keep it off the network, as the test above shows
        assert os.readlink(f"/proc/{browser}/ns/net") != os.readlink("/proc/self/ns/net")
        devices = Path(f"/proc/{browser}/net/dev").read_text().splitlines()[2:]
        assert [line.split(":")[0].strip() for line in devices] in ([], ["lo"])


def command_of(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2:{port}/", "http://[::1]:{port}/", "file:///etc/passwd", "//127.0.0.2:{port}/"]
)
def test_a_redirect_to_an_inner_address_is_refused(maker: Maker, pages: Pages, target: str) -> None:
    with listening("127.0.0.2") as (port, tcp, udp):
        pages.answers["/leads"] = Answer(status=302, headers={"Location": target.format(port=port)})
        pages.answers["/"] = shell(
            "fetch('/leads').then((r) => r.text(), () => 'refused').then((t) => document.body.append(`[${t}]`))",
            body=WORDS,
        )
        assert "[refused]" in maker.text(pages.url + "/")
        assert not was_reached(tcp, udp)


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "chrome://version", "view-source:http://127.0.0.1/", "http://stranger.example/"]
)
def test_a_page_stays_where_it_is(maker: Maker, pages: Pages, target: str) -> None:
    pages.answers["/"] = shell(f"location.href = '{target}'", body=WORDS)
    [fetched] = maker.fetch(pages.url + "/")
    assert fetched.final_url == pages.url + "/"
    assert fetched.page is not None
    assert WORDS in fetched.page.content.decode()


def test_a_page_that_goes_on_and_on_is_left_after_a_few(maker: Maker, pages: Pages) -> None:
    for number in range(20):
        pages.answers[f"/{number}"] = shell(f"location.href = '/{number + 1}'", body=WORDS)
    maker.fetch(pages.url + "/0")
    assert len(pages.paths) <= 6


def test_a_script_that_asks_for_ever_is_answered_so_often(maker: Maker, pages: Pages) -> None:
    pages.answers["/"] = shell("const more = () => fetch('/more').finally(more); more()", body=WORDS)
    pages.answers["/more"] = Answer("{}", "application/json")
    assert WORDS in maker.text(pages.url + "/")
    assert len(pages.paths) == 1 + LIMITS.max_requests


@pytest.mark.parametrize(
    "script",
    [
        "setTimeout(() => { while (true); }, 500)",
        pytest.param("const spin = () => Promise.resolve().then(spin); spin()", marks=pytest.mark.nightly),
    ],
)
def test_a_script_without_an_end_is_ended_and_the_next_page_is_made(maker: Maker, pages: Pages, script: str) -> None:
    pages.answers["/"] = shell(script, body=WORDS)
    pages.answers["/next"] = shell("document.body.append('made')", body=WORDS)
    with pytest.raises(FetchError, match=r"ran for more than 2 seconds \(render\.max_seconds\)"):
        maker.fetch(pages.url + "/", limits=replace(LIMITS, max_seconds=2))
    assert "made" in maker.text(pages.url + "/next")


def test_a_page_that_grows_too_long_is_refused(maker: Maker, pages: Pages, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.render.visit.LONGEST_MARKUP", 50_000)
    pages.answers["/"] = shell("document.body.append('long '.repeat(10000))", body=WORDS)
    with pytest.raises(FetchError, match="longer than 50,000 characters"):
        maker.fetch(pages.url + "/")


RUN = """
import asyncio, sys, time
from pipeline.render.browser import Browser
from pipeline.render.settings import RenderSettings

async def main():
    browser = Browser(RenderSettings(), "x/1")
    async with browser.tab():
        print("ready", flush=True)
        time.sleep(60)

asyncio.run(main())
"""


def test_the_browser_ends_with_a_run_that_is_killed(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)  # as the commands have their temporary files: in a folder that is closed to others
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen([sys.executable, "-c", RUN], stdout=subprocess.PIPE, cwd=Path.cwd(), env=environment) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"ready\n"
        begun = processes_of(run.pid)
        assert any(b"--type=renderer" in command_of(one) for one in begun)
        run.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while any(command_of(one) for one in begun) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert [command_of(one) for one in begun if command_of(one)] == []
