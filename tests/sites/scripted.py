"""Resource centres whose pages are empty until their scripts have run: what is shown comes from an interface."""
# ruff: noqa: E501 (markup is easier to read unbroken)

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import ClassVar

from tests.sites.documents import Item, english_date
from tests.sites.server import NOT_FOUND, Answer, Site

SHELL = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The Morra Centre</title>
<link rel="stylesheet" href="/app.css"><link rel="canonical" href="/"></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="app"></div>
<img src="/logo.png"><script src="/app.js"></script></body></html>"""

APP = """
const app = document.getElementById("app");
const escape = (text) => text.replace(/[&<>]/g, (sign) => ({"&": "&amp;", "<": "&lt;", ">": "&gt;"})[sign]);
const card = (item) => `<article class="card"><h3><a href="${item.route}">${escape(item.title)}</a></h3><p>${item.day}</p></article>`;
const load = (page) => fetch(`/api/documents?page=${page}`).then((answer) => answer.json());
const frame = (main) => `<header><a href="/">The Morra Centre</a></header><main>${main}</main><footer><p>© 2026 The Morra Centre</p></footer>`;

async function document_(slug) {
  const item = await (await fetch(`/api/documents/${slug}`)).json();
  document.title = `${item.title} | The Morra Centre`;
  app.innerHTML = frame(`<article><h1>${escape(item.title)}</h1><p>Author: ${escape(item.authors.join("; "))}</p>
    <p>Published on: ${item.day}</p>${item.paragraphs.map((text) => `<p>${escape(text)}</p>`).join("")}</article>`);
}
"""
ROUTES = """
async function show() {
  const slug = (SLUG)[1];
  if (slug) return document_(slug);
  app.innerHTML = frame(`<h1>Resources</h1><div class="list"></div><div class="foot"></div>`);
  const list = app.querySelector(".list"), foot = app.querySelector(".foot");
  LIST
}
setTimeout(show, 800);
"""
BY_PATH = "location.pathname.match(/resources.(.+)/) || []"
BY_HASH = "location.hash.match(/^#!?.reports.(.+)/) || []"

LISTS = {
    "whole": "for (let page = 1; page < 4; page++) list.innerHTML += (await load(page)).items.map(card).join('');",
    "scrolled": """
      let page = 0, busy = false;
      const more = async () => {
        if (busy) return;
        busy = true;
        const {items} = await load(++page);
        list.insertAdjacentHTML("beforeend", items.map((item) => `<div style="height: 300px">${card(item)}</div>`).join(""));
        if (!items.length) watch.disconnect();
        busy = false;
      };
      foot.style.height = "10px";
      const watch = new IntersectionObserver((seen) => { if (seen[0].isIntersecting) more(); });
      watch.observe(foot);""",
    "scrolled inside": """
      let page = 1;
      list.style = "height: 500px; overflow-y: auto";
      list.innerHTML = (await load(1)).items.map((item) => `<div style="height: 200px">${card(item)}</div>`).join("");
      list.addEventListener("scroll", async () => {
        if (list.scrollTop + list.clientHeight < list.scrollHeight - 20) return;
        const {items} = await load(++page);
        list.insertAdjacentHTML("beforeend", items.map((item) => `<div style="height: 200px">${card(item)}</div>`).join(""));
      });""",
    "more": """
      let page = 1;
      list.innerHTML = (await load(1)).items.map(card).join("");
      foot.innerHTML = "<button type='button'>Load more</button>";
      foot.firstChild.onclick = async () => {
        const {items} = await load(++page);
        list.insertAdjacentHTML("beforeend", items.map(card).join(""));
      };""",
    "turned": """
      let page = 1;
      const turn = async (step) => {
        page += step;
        const {items, pages} = await load(page);
        list.innerHTML = items.map(card).join("");
        foot.innerHTML = `<nav class="pagination"><button ${page < 2 ? "disabled" : ""}>Previous</button> <span>${page}</span>
          <button ${page >= pages ? "disabled" : ""}>Next</button></nav>`;
        foot.querySelectorAll("button")[0].onclick = () => turn(-1);
        foot.querySelectorAll("button")[1].onclick = () => turn(1);
      };
      await turn(0);""",
    "numbered": """
      const turn = async (page) => {
        const {items, pages} = await load(page);
        const rows = items.map((item) => `<tr><td>${item.day}</td><td><a href="${item.route}">${escape(item.title)}</a></td></tr>`);
        list.innerHTML = `<table><tbody>${rows.join("")}</tbody></table>`;
        foot.innerHTML = `<ul class="pager">${[1, 2, 3].map((number) => `<li><a href="#" class="${number === page ? "current" : ""}">${number}</a></li>`).join("")}</ul>`;
        foot.querySelectorAll("a").forEach((link, index) => link.onclick = (event) => { event.preventDefault(); turn(index + 1); });
      };
      await turn(1);""",
    "only what is in view": """
      const all = [];
      for (let page = 1; page < 4; page++) all.push(...(await load(page)).items);
      list.style = "height: 600px; overflow: auto";
      list.innerHTML = `<div style="height: ${100 * all.length}px; position: relative"></div>`;
      const paint = () => {
        const from = Math.floor(list.scrollTop / 100);
        list.firstChild.innerHTML = all.slice(from, from + 8).map((item, index) =>
          `<div style="position: absolute; top: ${100 * (from + index)}px; height: 100px">${card(item)}</div>`).join("");
      };
      list.addEventListener("scroll", paint);
      paint();""",
    "endless": """
      let page = 0;
      setInterval(() => {}, 50);
      const more = () => {
        page++;
        list.insertAdjacentHTML("beforeend", `<div style="height: 900px"><h3><a href="/resources/made-up-report-${page}">A report that was made up, number ${page}</a></h3></div>`);
      };
      more(); more(); more();
      addEventListener("scroll", more);""",
}


class ScriptedSite(Site):
    """Thirty documents, ten a page of the interface.

    Args:
        shown: how the list is shown, a key of `LISTS`.
        routes: whether documents have routes behind the `#` instead of paths.
    """

    start: ClassVar[str] = "/resources"
    keys: ClassVar[Mapping[str, str]] = {}
    count = 30

    def __init__(self, shown: str = "whole", routes: bool = False) -> None:
        super().__init__()
        self.shown, self.routes = shown, routes

    def address(self, item: Item) -> str:
        return f"{self.url}/resources#/reports/{item.slug}" if self.routes else f"{self.url}/resources/{item.slug}"

    def answer(self, path: str, query: Mapping[str, str]) -> Answer:
        if path == "/robots.txt":
            return NOT_FOUND
        if path == "/app.js":
            show = ROUTES.replace("SLUG", BY_HASH if self.routes else BY_PATH).replace("LIST", LISTS[self.shown])
            return Answer(APP + show, "text/javascript; charset=utf-8")
        if path == "/app.css":
            return Answer("main { display: block }", "text/css")
        if path == "/api/documents":
            page = int(query.get("page", "1"))
            items = [self._said(item) for item in self.items[10 * page - 10 : 10 * page]]
            return Answer(json.dumps({"items": items, "pages": -(-len(self.items) // 10)}), "application/json")
        if path.startswith("/api/documents/"):
            item = next((item for item in self.items if item.slug == path.rpartition("/")[2]), None)
            return NOT_FOUND if item is None else Answer(json.dumps(self._said(item)), "application/json")
        is_page = path == "/resources" or (path.startswith("/resources/") and self.item_at(path) is not None)
        return Answer(SHELL) if is_page else NOT_FOUND

    def _said(self, item: Item) -> dict[str, object]:
        route = self.address(item).removeprefix(self.url)
        if self.routes:
            route = route.removeprefix("/resources")
        return {**asdict(item), "route": route, "day": english_date(item.date), "paragraphs": list(item.paragraphs)}
