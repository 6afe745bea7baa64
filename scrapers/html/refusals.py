"""Pages that are no documents: soft 404s, sign-in forms, bot challenges, cookie walls, empty shells for scripts.

Each is recognised by words or marks of its own, and only where there is hardly any main text: an article on passwords
or on error pages is a document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scrapers.base import Page
from scrapers.html.blocks import blocks
from scrapers.html.dom import Dom, parse
from scrapers.html.metadata import text_of
from scrapers.html.notices import HEADS, SITE_NAME, WALLS

if TYPE_CHECKING:
    from lxml.html import HtmlElement

FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|epub)(?:[?#]|\Z)", re.IGNORECASE)
LITTLE = 900
"""Characters of main text up to which a page may be no document; the texts of such pages are shorter than that."""
HARDLY_ANY = 250

SOFT_404 = "the page says that there is no such page (a soft 404)"
SIGN_IN_FORM = "a sign-in form came instead of the page"
CHALLENGED = "a challenge for browsers came instead of the page"
"""Reasons that are given in several cases."""

NOT_FOUND = re.compile(
    r"\b(?:(?:error\s*)?404(?!\s*[-/]?\d)|page (?:was |is )?not (?:be )?found|page cannot be found"
    r"|(?:page|document|file|content|item)[^.]{0,40}(?:no longer (?:exists|available)|does not exist)"
    r"|(?:page|document|file|content|item)[^.]{0,40}could not be found"
    r"|(?:can['’]?t|cannot|could not|couldn['’]?t|unable to) find (?:the|that|this) (?:page|document|file|item)"
    r"|nothing (?:was )?found here|file not found|no such page"
    r"|seite (?:wurde )?nicht gefunden|seite existiert nicht|page (?:introuvable|non trouvée)|page n['’]existe pas"
    r"|p[áa]gina no (?:encontrada|existe)|no se (?:ha )?encontr(?:ó|ado) la p[áa]gina|p[áa]gina n[ãa]o encontrada"
    r"|pagina non trovata|pagina niet gevonden|strona nie (?:została )?znalezion|страница не найдена"
    r"|сторінку не знайдено)"
    r"|找不到(?:该|您要的)?(?:网页|页面|頁面)|页面不存在|頁面不存在|ページが見つかりません|페이지를 찾을 수 없"
    r"|الصفحة غير موجودة|لم يتم العثور على الصفحة",
    re.IGNORECASE,
)
SIGN_IN = re.compile(
    r"\b(?:sign[ -]?in|log[ -]?(?:in|on)|members only|anmelden|einloggen|connexion|se connecter|identifiez-vous"
    r"|iniciar sesi[óo]n|acceder|entrar|fazer login|accedi|inloggen|zaloguj|войти|вход)\b"
    r"|登录|登入|ログイン|로그인|تسجيل الدخول",
    re.IGNORECASE,
)
CHALLENGE = re.compile(
    r"\b(?:just a moment|checking (?:if the site connection is secure|your browser)|attention required"
    r"|verify(?:ing)? (?:that )?you are (?:a )?human|are you (?:a robot|human)|i['’]?m not a robot|access denied"
    r"|request (?:was )?(?:blocked|unsuccessful)|you have been blocked|security check|unusual traffic|bot verification"
    r"|ddos protection|pardon our interruption|one more step|please complete the (?:captcha|security))\b",
    re.IGNORECASE,
)
CHALLENGE_MARKS = re.compile(
    rb"_cf_chl_opt|cf-browser-verification|cf-chl-|cf_chl_|_Incapsula_Resource|Incapsula incident|px-captcha"
    rb"|captcha-delivery\.com|/_sec/cp_challenge|awsWafCookieDomainList|gokuProps|sgcaptcha|ddos-guard|distil_r_captcha"
)
COOKIES = re.compile(r"\bcookies?\b|кук[иі]|クッキー|쿠키|ملفات تعريف الارتباط", re.IGNORECASE)
CONSENT = re.compile(
    r"\b(?:accept|agree|consent|allow|akzeptieren|zustimmen|accepter|j['’]accepte|aceptar|aceito|aceitar|accett[ao]"
    r"|принять)\b|同意|接受|동의|موافق",
    re.IGNORECASE,
)
NEEDS_SCRIPT = re.compile(
    r"\b(?:enable|turn on|activate|requires?|need)\b[^.]{0,40}\bjavascript\b|\bjavascript\b[^.]{0,40}"
    r"(?:disabled|required|enabled|aktivier|activ|habilit|necess|включ)|启用\s*javascript|javascriptを有効",
    re.IGNORECASE,
)


def refusal(page: Page, dom: Dom, body: str) -> str | None:
    """Return why a page is no document, in words, or None where it may be one; `body` is its main text."""
    heads = _heads(dom)
    missing = any(map(NOT_FOUND.search, heads)) or (len(body) <= HARDLY_ANY and NOT_FOUND.search(body))
    if len(body) <= LITTLE and missing and not _is_challenge(page):
        return SOFT_404
    if reason := wall(page, dom, body):
        return reason
    if len(body) > LITTLE:
        return None
    asked = any(map(SIGN_IN.search, heads)) or (len(body) <= HARDLY_ANY and SIGN_IN.search(body))
    if asked and asks_for_password(dom.root):
        return SIGN_IN_FORM
    if _is_cookie_wall(dom.root, heads, body):
        return "a cookie wall came instead of the page"
    if len(body) <= HARDLY_ANY and (NEEDS_SCRIPT.search(body) or (not body and _is_shell(page, dom.root))):
        return "the page is empty without JavaScript; name the feed, sitemap or API behind it, or say `render = true`"
    return None


def wall(page: Page, dom: Dom, body: str) -> str | None:
    """Return why what came is no page of the site at all, in words: a firewall's refusal, a challenge, a repair.

    Return None where it may be one; `body` is the main text.
    """
    if (page.header("cf-mitigated") or "").lower() == "challenge":
        return CHALLENGED
    if len(body) > LITTLE:
        return None
    if _is_challenge(page):
        return CHALLENGED
    heads = _heads(dom)
    if notice := _notice(dom.root, heads):
        return notice
    return CHALLENGED if any(map(CHALLENGE.search, heads)) and not _leads_to_file(dom.root) else None


def walled(page: Page) -> str | None:
    """Return why what came instead of an answer of an API or of a feed is a wall, in words; None where it is none."""
    dom = parse(page.content, page.header("content-type"), page.final_url)
    return wall(page, dom, shown(dom))


def shown(dom: Dom) -> str:
    """Return the beginning of what a page shows: its main text for `wall` and `refusal`, where none was worked out."""
    return text_of(dom.root, LITTLE + 1)


def _is_challenge(page: Page) -> bool:
    return CHALLENGE_MARKS.search(page.content, 0, 300_000) is not None


def _notice(root: HtmlElement, heads: list[str]) -> str | None:
    """Return why a page that shows little, and leads to no file, is a firewall's or a server's notice, else None."""
    words = text_of(root, LITTLE + 1)
    if len(words) > LITTLE or _leads_to_file(root):
        return None
    told = " ".join([*heads, words])
    if product := next((name for name, pattern in WALLS if pattern.search(told)), None):
        return f"a firewall's refusal came instead of the page ({product})"
    headings = [text_of(element) for element in root.iter("h1", "h2")]
    titles = [] if headings else [part for head in heads for part in SITE_NAME.split(head)]
    return next((reason for reason, pattern in HEADS if any(map(pattern.fullmatch, [*headings, *titles]))), None)


def _leads_to_file(root: HtmlElement) -> bool:
    return any(FILE.search(anchor.get("href") or "") for anchor in root.iter("a"))


def _heads(dom: Dom) -> list[str]:
    """Return the title and the first headings, where they are short enough to be a notice."""
    found = [*dom.tagged("title"), *dom.tagged("h1"), *dom.tagged("h2")][:6]
    texts = (" ".join("".join(element.itertext()).split()) for element in found)
    return [text for text in texts if text and len(text) <= 90]


def asks_for_password(root: HtmlElement) -> bool:
    """Return whether a page has a field for a password."""
    return any((element.get("type") or "").lower() == "password" for element in root.iter("input"))


def _is_cookie_wall(root: HtmlElement, heads: list[str], body: str) -> bool:
    """Return whether the main text is about consent to cookies, or all the text of a page of a few lines is."""
    words = text_of(root, LITTLE + 1)
    if len(words) > LITTLE or any(not COOKIES.search(text_of(heading)) for heading in root.iter("h1")):
        words = body
    told = body or "\n".join(words and blocks(root).texts)
    mentions = sum(len(COOKIES.findall(text)) for text in [told, *(head for head in heads if head not in told)])
    return mentions >= 2 and CONSENT.search(words) is not None and 2 * len(_without_cookies(told)) < len(told)


def _without_cookies(body: str) -> str:
    return "".join(part for part in body.split("\n") if not COOKIES.search(part) and not CONSENT.search(part))


def _is_shell(page: Page, root: HtmlElement) -> bool:
    """Return whether a page without text has scripts that would fill it, and says nothing of itself meanwhile."""
    if b"citation_title" in page.content or b"application/ld+json" in page.content:
        return False
    notices = " ".join("".join(element.itertext()) for element in root.iter("noscript"))
    if NEEDS_SCRIPT.search(notices):
        return True
    mounted = root.xpath("//body//*[@id='root' or @id='app' or @id='__next' or self::ds-app or self::app-root]")
    return bool(mounted) and next(root.iter("script"), None) is not None
