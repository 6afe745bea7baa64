"""What sites call the next page, a load-more button and their navigation, in many languages. Data only."""

from __future__ import annotations

import re

_NEXT = """
next|next page|next »|next ›|next >|go to next page|older|older posts|older entries|older articles|more results
siguiente|página siguiente|pagina siguiente|ir a la página siguiente|entradas anteriores
suivant|suivante|page suivante|articles plus anciens|aller à la page suivante
weiter|nächste|nächste seite|vor|ältere beiträge
próximo|próxima|próxima página|seguinte|página seguinte
avanti|successivo|successiva|pagina successiva|articoli meno recenti
volgende|volgende pagina|nästa|nästa sida|neste|næste|seuraava
następna|następny|następna strona|dalej|další|ďalšia|următoarea|înainte|következő|επόμενη|επόμενο|sonraki|sonraki sayfa
следующая|следующая страница|далее|вперед|вперёд|наступна|далі|следваща
التالي|التالية|الصفحة التالية|بعدی|صفحه بعد|הבא|הבאה
下一页|下一頁|下页|下一步|次へ|次のページ|次|다음|다음 페이지
berikutnya|selanjutnya|seterusnya|trang sau|tiếp|tiếp theo|ถัดไป|หน้าถัดไป|अगला|अगला पृष्ठ|পরবর্তী|ifuatayo
"""
NEXT_WORDS = frozenset(_NEXT.strip().replace("\n", "|").split("|"))
LAST_WORDS = re.compile(r"(?i)\b(?:last|letzte|dernière|última|ultima|последняя|最后|末页|최종|الأخيرة)\b")
ARROWS = frozenset({"›", "»", ">", "→", ">>", "⟩", "❯", "▶"})
MORE_WORDS = re.compile(
    r"(?i)^(?:load|show|view|see) (?:\d+ )?more\b|^more (?:results|documents|publications|articles|news)\b"
    r"|^(?:cargar|ver|mostrar) más|^(?:charger|afficher|voir) plus|^mehr (?:laden|anzeigen)|^weitere (?:laden|anzeigen)"
    r"|^(?:carregar|ver|mostrar) mais|^(?:carica|mostra) altr[io]|^(?:показать|загрузить) ещ[её]|^meer (?:laden|tonen)"
    r"|加载更多|加載更多|查看更多|もっと見る|さらに(?:表示|読み込む)|더\s?보기|(?:تحميل|عرض) المزيد|^daha fazla"
)

NEXT_CLASS = re.compile(r"(?:^|[-_ ])(?:next|nextpostslink|older|nxt)(?:[-_ ]|$)")
MORE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:load|show|view)[-_]?more|infinite[-_]?scroll|(?:^|[-_ ])more-?(?:button|results|link)"
)
NOT_NEXT_CLASS = re.compile(
    r"disabled|inactive|slick|swiper|carousel|slider|slide|splide|glide|calendar|datepicker|month|post-navigation"
)
PAGER_CLASS = re.compile(r"pag(?:er|inat|ination|ing|es\b|e-?nav|e-?numbers)|wp-pagenavi|nav-links")

_COUNT = r"(\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+|\d{1,7})"
TOTALS = (
    re.compile(
        r"\d\s*(?:-|–|—|to|a|à|bis|до)\s*\d+\s*(?:of|de|von|sur|di|из|van|z|av|af|od|/|中|من)\s*(?:about )?"
        rf"{_COUNT}(?!\s*(?:pages?|Seiten))"
    ),
    re.compile(
        rf"(?i)^\W*{_COUNT}\s+(?:results?|documents?|publications?|reports?|articles?|items?|records?|entries|ergebnisse"
        r"|treffer|dokumente|résultats?|resultados?|documentos?|publicaciones|risultati|documenti|результат\w*|документ\w*"
        r"|resultaten|نتيجة|نتائج)\b(?!.*\bper\b)"
    ),
    re.compile(r"[共全총]\s*(\d+)\s*(?:条|條|篇|件|건|개|个|個)"),
    re.compile(r"^\s*(\d+)\s*(?:条|條|件|건)"),
)
"""How many documents there are: `1-10 of 2,345`, `2.345 Ergebnisse`, `共 60 条`."""

CHROME_WORDS = re.compile(
    r"(?:^|[-_ ])(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|footer|masthead|sidebar|social|share|sharing|pager"
    r"|pagination|paging|cookies?|consent|lang|languages?|languageswitcher|skip|login|search|searchform|filters?|facets?"
    r"|tagcloud|widget|newsletter|subscribe|toolbar|topbar|siteheader|sitefooter|related|modal)(?:[-_ ]|$)"
)
CARD_WORDS = re.compile(
    r"(?:^|[-_ ])(?:card|item|entry|post|article|teaser|result|row|listing|publication|document|report|node|media|tile"
    r"|hentry|story|news)"
)
CARD_SPECIFIC = re.compile(
    r"\d|^(?:odd|even|first|last|active|sticky|featured|is-)|^(?:tag|category|post|term|status|format|lang)-"
)
"""Classes that tell one card of a listing from the next."""
ASIDE_PATHS = re.compile(
    r"^(?:/[a-z]{2}(?:-\w{2,4})?)?/(?:tags?|category|categories|topics?|themes?|authors?|users?|people|profile|search|login"
    r"|signin|register|contact(?:-us)?|about(?:-us)?|privacy(?:-policy)?|terms|imprint|impressum|accessibility|cookies?"
    r"|donate|subscribe|newsletter|share|sharer|feed|rss|print|sitemap|comments?|cart|account|page)(?:/|$)"
    r"|^/[^/]+/(?:tags?|category|categories|author|page)/",
    re.IGNORECASE,
)
"""Paths of what sites have beside documents, at their beginning, a language aside."""
