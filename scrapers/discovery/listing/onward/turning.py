"""How the next page is reached where no link leads there: selects, buttons of forms, scripts, ASP.NET's postbacks.

Each way is read off the page and written down as a request: an address, or a form to send with the page's own fields. A
form is sent only to the path of the page itself, or to WordPress's own endpoint for such answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from urllib.parse import urlsplit

from lxml import etree

from scrapers.discovery.base import with_query
from scrapers.discovery.listing.calls import Calls, unescaped
from scrapers.discovery.listing.onward.pagination import is_next, is_off, is_pager, plain_guess
from scrapers.discovery.listing.onward.scripts import called_page
from scrapers.discovery.xml import beginning
from scrapers.html.dom import Dom
from scrapers.values.addresses import absolute, same_site

POSTBACK = re.compile(r"__doPostBack\(\s*(?:'|&#39;|\")([^'\"]*)['\"]\s*,\s*['\"]([^'\"]*)['\"]\s*\)")
QUOTED = re.compile(r"""["'`]((?:https?://|/|\?|\.{1,2}/)[^"'`\s<>]{0,500})["'`]""")
NUMBER_CALL = re.compile(
    r"\b(?!parseInt|setTimeout)[\w.$]*(?:page|pag|load|go|show|list)\w*\(\s*['\"]?(\d{1,6})['\"]?\s*[,)]", re.I
)
ONCHANGE = re.compile(
    r"""["'`]([^"'`\s<>]{0,300}[?&/]\w*[=/])["'`]\s*\+\s*(?:this|\$\(this\)|e\.target|event\.target)"""
)
PAGE_TEXT = re.compile(r"(?:[^\W\d]+\s+)?(\d{1,5})(?:\s*(?:/|of|von|de|sur|di|z|из|/)\s*\d{1,5})?\Z", re.IGNORECASE)
"""`2`, `Page 2`, `Page 2 of 9`."""
OF_PAGES = re.compile(
    r"\b(?:page|seite|página|pagina|pág\.?|strona|sida|side|страница|стр\.?|صفحة)\s+(\d{1,5})\s*(?:/|of|von|de|sur|di|van|z|из|av|af|من)\s*"
    r"(\d{1,5})\b|第\s*(\d{1,5})\s*[页頁]\s*[,，/]?\s*共\s*(\d{1,5})\s*[页頁]",
    re.IGNORECASE,
)
NEXT_DATA = ("data-next-url", "data-next", "data-next-page", "data-next-page-url", "data-nexturl", "data-next-href")
CLICKS = ("onclick", "ng-click", "@click", "v-on:click", "data-page")
LAST_DATA = ("data-max-pages", "data-max-page", "data-total-pages", "data-last-page", "data-pages", "data-num-pages")
LAST_IN_SCRIPT = re.compile(r"""\b(?:max_num_pages|max_?pages?|total_?pages)["']?\s*[:=]\s*["']?(\d{1,4})\b""", re.I)
"""How many pages there are, as a page tells its script."""
MOST_PAGES = 5_000
AJAX = "/admin-ajax.php"
AJAX_DATA = re.compile(r"""\{([^{}]{0,1500}?\baction["']?\s*:\s*["'][\w-]{1,80}["'][^{}]{0,1500})\}""")
MEMBER = re.compile(
    r"""["']?([\w-]{1,60})["']?\s*:\s*(?:["']([^"']{0,300})["']|(-?\d{1,9})\b|([\w.$()\[\]'" ]{1,80}))"""
)
MORE_ACTION = re.compile(
    r"load|more|post|page|pag|filter|list|archive|result|item|publication|document|resource", re.IGNORECASE
)
OFFSETS = ("offset", "start", "skip", "from", "count", "loaded")
PAGES = (
    "page",
    "paged",
    "pagenumber",
    "page_number",
    "pagenum",
    "page_no",
    "pageno",
    "current_page",
    "currentpage",
    "nextpage",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What to ask for to see the next page."""

    url: str
    form: tuple[tuple[str, str], ...] | None = None
    guess: bool = False
    """Whether the page does not state the address: an error is then no failure."""
    counted: str = ""
    """The field of the form that is counted up for the page after that, where the answers do not lead on themselves."""


def turn(dom: Dom, current: int, shown: int) -> Turn | None:
    """Return the way to the page after this one; None where none is seen.

    Args:
        dom: the page.
        current: its number, counted from 1.
        shown: how many entries it lists, for lists that go on by offset.
    """
    ways = chain(
        _stated_data(dom),
        _selects(dom, current),
        _clicks(dom, current),
        _buttons(dom, current),
        _calls(dom, current),
        _ajax(dom, current, shown),
        _further_pages(dom, current),
    )
    return next(ways, None)


def unfollowed(dom: Dom, current: int) -> str | None:
    """Return why the page after this one cannot be asked for; None where nothing shows that there is one."""
    for element in _ways_on(dom, current):
        if element.tag == "a" and absolute(dom.base_url, element.get("href")) is not None:
            continue
        if current > 1 and _is_end_of_links(dom, element):
            continue
        if POSTBACK.search(element.get("href") or element.get("onclick") or ""):
            return "the next page is reached by sending the page's form (__doPostBack), and no such form is on the page"
        return "the next page is reached by a script or a form to another address: its link or button has no address"
    words = _pages_left(dom)
    return f"the page says {words!r}, and no way to the next one is seen: name it with `next_page`" if words else None


def counted_on(url: str, form: tuple[tuple[str, str], ...], field: str, current: int, shown: int) -> Turn | None:
    """Return the same form with its number counted up; None where the field holds no number."""
    fields = dict(form)
    if not fields.get(field, "").isdigit():
        return None
    step = shown if _letters(field) in OFFSETS else 1
    fields[field] = str(int(fields[field]) + max(step, 1))
    return Turn(url=url, form=tuple(fields.items()), guess=True, counted=field)


def _is_end_of_links(dom: Dom, element: etree._Element) -> bool:
    """Return whether `Next` leads nowhere beside a link back: pagers of links keep it so on the last page."""
    script = f"{element.get('href') or ''} {element.get('onclick') or ''}"
    if element.tag != "a" or NUMBER_CALL.search(script) or QUOTED.search(script) or POSTBACK.search(script):
        return False
    pager = next((e for e in islice(element.iterancestors(), 3) if len(list(islice(e.iter("a"), 2))) > 1), None)
    links = (absolute(dom.base_url, link.get("href")) for link in pager.iter("a")) if pager is not None else ()
    return any(url is not None and url != dom.url and same_site(url, dom.url) for url in links)


def _pages_left(dom: Dom) -> str | None:
    """Return the words of a page that says it is one of several, and not the last: `Page 1 of 3`."""
    for element in dom.root.iter("p", "span", "div", "li", "td", "option", "label", "small", "strong"):
        if len(element) > 6:
            continue
        text = _as_shown(element)
        if 4 < len(text) < 80 and (match := OF_PAGES.search(text)):
            here, last = (int(number) for number in match.groups() if number)
            if element.tag == "option" and element.get("selected") is None:
                continue
            if here < last:
                return match[0]
    return None


def _as_shown(element: etree._Element) -> str:
    """Return the beginning of an element's text with the values of its fields: `Page [1] of 3`."""
    if next(element.iter("input"), None) is None:
        return beginning(element, 80)
    parts = [element.text or ""]
    for child in element:
        parts += [child.get("value") or "" if child.tag == "input" else beginning(child, 80), child.tail or ""]
    return " ".join(" ".join(parts).split())[:80]


def _stated_data(dom: Dom) -> Iterator[Turn]:
    """Yield the address that an element holds for a script that loads more when it comes into view."""
    for element in dom.root.iter():
        for name in NEXT_DATA if isinstance(element.tag, str) and element.attrib else ():
            value = element.get(name) or ""
            url = absolute(dom.base_url, value) if re.search(r"[/?=]", value) else None
            if url and url != dom.url and same_site(url, dom.url):
                yield Turn(url=url)


def _selects(dom: Dom, current: int) -> Iterator[Turn]:
    """Yield the way of a select whose options are pages."""
    for select in dom.root.iter("select"):
        options = {number: option for option in select.iter("option") if (number := _number(beginning(option, 40)))}
        option = options.get(current + 1)
        numbers = sorted(options)
        # A list of years or of "10, 25, 50 a page" is no pager: pages are counted from 1, without a gap.
        if option is None or len(options) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            continue
        if numbers[0] != 1 and not is_pager(select):
            continue
        value = option.get("value") or beginning(option, 40)
        address = absolute(dom.base_url, value) if re.search(r"[/?=]", value) else None
        if address is None and (match := ONCHANGE.search(select.get("onchange") or "")):
            address = absolute(dom.base_url, match[1] + value)
        if address is not None:
            if address != dom.url and same_site(address, dom.url):
                yield Turn(url=address)
        elif name := select.get("name"):
            yield from _sent(dom, _form_of(select), {name: value})


def _clicks(dom: Dom, current: int) -> Iterator[Turn]:
    """Yield the way of elements that turn the page by a script: an address in it, a postback, or a page's number."""
    calls = Calls(dom)
    for element in _ways_on(dom, current):
        if (url := absolute(dom.base_url, calls.address(element))) and url != dom.url and same_site(url, dom.url):
            yield Turn(url=url)
        if filled := calls.filled(element):
            yield from _sent(dom, _form_with(dom, filled[0]), dict([filled]))
        script = unescaped(" ".join(element.get(name) or "" for name in ("href", *CLICKS)))
        if match := POSTBACK.search(script):
            event = {"__EVENTTARGET": match[1], "__EVENTARGUMENT": match[2]}
            yield from _sent(dom, _form_of(element), event)
            continue
        for match in QUOTED.finditer(script):
            url = absolute(dom.base_url, match[1])
            if url and url != dom.url and same_site(url, dom.url):
                yield Turn(url=url)
        number = element.get("data-page") or next((call[1] for call in NUMBER_CALL.finditer(script)), "")
        if number == str(current + 1):
            yield Turn(url=plain_guess(dom, current), guess=True)


def _calls(dom: Dom, current: int) -> Iterator[Turn]:
    """Yield the way of a script that is called in the place of the pager, with the number of pages."""
    for script in dom.root.iter("script"):
        url = absolute(dom.base_url, called_page(script.text or "", current))
        if url and url != dom.url:
            yield Turn(url=url)


def _buttons(dom: Dom, current: int) -> Iterator[Turn]:
    """Yield the way of a form's button: one with the next page's number, or called next."""
    for element in _ways_on(dom, current):
        sends = element.tag == "button" and (element.get("type") or "submit").lower() == "submit"
        if sends or (element.tag == "input" and (element.get("type") or "").lower() in ("submit", "image")):
            name = element.get("name")
            yield from _sent(dom, _form_of(element), {name: element.get("value") or ""} if name else {})


def _ways_on(dom: Dom, current: int) -> Iterator[etree._Element]:
    """Yield the elements that lead to the next page, those called next first, then those with its number."""
    numbered: list[etree._Element] = []
    for element in dom.root.iter("a", "button", "input", "li", "span"):
        if is_off(element) or (element.tag in ("li", "span") and not any(map(element.get, CLICKS))):
            continue
        text = element.get("value") or "" if element.tag == "input" else beginning(element, 40)
        postback = POSTBACK.search(element.get("href") or element.get("onclick") or "")
        if is_next(element) or (element.tag == "input" and _is_called_next(text)):
            yield element
            continue
        bears = text.strip() == str(current + 1) and (postback or is_pager(element) or _beside_numbers(element))
        leads = postback and re.search(rf"(?<!\d){current + 1}\Z", postback[2])  # "..." leads to the next ten
        if bears or leads:
            numbered.append(element)
    yield from numbered


def _is_called_next(text: str) -> bool:
    probe = etree.Element("a")
    probe.text = text
    return is_next(probe)


def _beside_numbers(element: etree._Element) -> bool:
    """Return whether an element stands beside others with the numbers of pages."""
    around = element.getparent()
    if around is not None and len(around) < 2:
        around = around.getparent()
    if around is None:
        return False
    texts = {(child.get("value") or beginning(child, 10)).strip() for child in islice(around.iter(), 200)}
    return len({text for text in texts if text.isdigit()}) > 1


def _sent(dom: Dom, form: etree._Element | None, changes: Mapping[str, str]) -> Iterator[Turn]:
    """Yield the request of a form that is sent with some fields set, where it goes to the page's own path."""
    if form is None:
        return
    url = absolute(dom.base_url, form.get("action") or dom.url) or dom.url
    fields = {**_fields(form), **changes}
    if (form.get("method") or "get").lower() != "post":
        yield Turn(url=with_query(url.partition("?")[0], fields))
    elif urlsplit(url)[:3] == urlsplit(dom.url)[:3]:
        yield Turn(url=url, form=tuple(fields.items()))


def _fields(form: etree._Element) -> dict[str, str]:
    """Return what a browser sends of an untouched form, without its buttons."""
    fields: dict[str, str] = {}
    for element in form.iter("input", "select", "textarea"):
        name, kind = element.get("name"), (element.get("type") or "").lower()
        if not name or element.get("disabled") is not None or kind in ("submit", "image", "button", "reset", "file"):
            continue
        if element.tag == "select":
            options = list(element.iter("option"))
            chosen = next((o for o in options if o.get("selected") is not None), options[0] if options else None)
            if chosen is not None:
                value = chosen.get("value")
                fields[name] = beginning(chosen, 200) if value is None else value
        elif element.tag == "textarea":
            fields[name] = element.text or ""
        elif kind not in ("checkbox", "radio") or element.get("checked") is not None:
            fields[name] = element.get("value") or ("on" if kind in ("checkbox", "radio") else "")
    return fields


def _form_of(element: etree._Element) -> etree._Element | None:
    """Return the form that an element belongs to."""
    named = element.get("form")
    root = element.getroottree().getroot()
    if named:
        return next((form for form in root.iter("form") if form.get("id") == named), None)
    inside = next(element.iterancestors("form"), None)
    forms = list(root.iter("form"))
    # ASP.NET's pages are one form, which tag soup may have closed early.
    return inside if inside is not None else forms[0] if len(forms) == 1 else None


def _form_with(dom: Dom, field: str) -> etree._Element | None:
    """Return the form that has a field of a name."""
    return next((f for f in dom.root.iter("form") if any(e.get("name") == field for e in f.iter("input"))), None)


def _ajax(dom: Dom, current: int, shown: int) -> Iterator[Turn]:
    """Yield WordPress's way to load more: a form to `admin-ajax.php` as the page's own script would send it."""
    scripts = [(script.text or "").replace("\\/", "/") for script in dom.root.iter("script") if not script.get("src")]
    addresses = [address for text in scripts for address in QUOTED.findall(text[:200_000])]
    endpoint = next((address for address in addresses if address.partition("?")[0].endswith(AJAX)), None)
    if endpoint is None:
        return
    for text in scripts:
        for match in AJAX_DATA.finditer(text[:200_000]):
            fields = {m[1]: m[2] if m[2] is not None else m[3] for m in MEMBER.finditer(match[1])}
            sent = {name: value for name, value in fields.items() if value is not None}
            counted = next((name for name in fields if _letters(name) in (*OFFSETS, *PAGES)), "")
            if not counted or not MORE_ACTION.search(sent.get("action") or ""):
                continue
            url = absolute(dom.base_url, endpoint)
            if url is None or not same_site(url, dom.url):
                continue
            sent |= {name: value for name in fields if name not in sent and (value := _data(dom, name)) is not None}
            sent[counted] = str(shown if _letters(counted) in OFFSETS else current + 1)
            yield Turn(url=url, form=tuple(sent.items()), guess=True, counted=counted)


def _further_pages(dom: Dom, current: int) -> Iterator[Turn]:
    """Yield the usual address of the next page where the page holds, for a script, that there are more pages."""
    stated = (value for e in dom.root.iter("div", "ul", "section", "button", "a") for value in map(e.get, LAST_DATA))
    scripts = (script.text or "" for script in dom.root.iter("script") if not script.get("src"))
    named = (match[1] for text in scripts for match in LAST_IN_SCRIPT.finditer(text[:200_000]))
    if any(value and value.isdecimal() and current < int(value) < MOST_PAGES for value in chain(stated, named)):
        yield Turn(url=plain_guess(dom, current), guess=True)


def _data(dom: Dom, name: str) -> str | None:
    """Return what the page holds for a field that a script fills: a button's `data-nonce`, a member of its settings."""
    for element in dom.root.iter("a", "button", "div"):
        if value := element.get(f"data-{name}"):
            return str(value)
    for script in dom.root.iter("script"):
        if match := re.search(rf"""["']?{re.escape(name)}["']?\s*:\s*["']([\w-]{{1,200}})["']""", script.text or ""):
            return match[1]
    return None


def _letters(name: str) -> str:
    return name.lower().replace("-", "_")


def _number(text: str) -> int | None:
    match = PAGE_TEXT.match(text.strip())
    return int(match[1]) if match else None
