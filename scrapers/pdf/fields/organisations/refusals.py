"""What stands where a body's name may stand and is none: numbered headings, sentences, and organs of any body."""

# ruff: noqa: E501 - words of many languages
from __future__ import annotations

import re

HEADING = re.compile(
    r"(?:\d+(?:\.\d+)*|[IVXL]+)[.)]\s|§\s?\d"
    r"|(?:article|art\.?|section|chapter|part|rule|clause|schedule|annex|appendix|artículo|articulo|capítulo|capitulo|sección|seccion|título|titulo|artigo|seção|secção|anexo"
    r"|chapitre|titre|annexe|kapitel|abschnitt|artikel|paragraf|anhang|anlage|articolo|capitolo|titolo|sezione|allegato|hoofdstuk|bijlage|artykuł|rozdział|załącznik|článek|článok|hlava|příloha|príloha"
    r"|fejezet|cikk|melléklet|articolul|capitolul|anexa|madde|bölüm|pasal|bab|lampiran|điều|chương|άρθρο|κεφάλαιο|статья|глава|раздел|приложение|стаття|розділ|додаток)"
    r"\s*(?:\d|[IVXL]+\b|[a-z]\b)"
    r"|第\s?[\d一二三四五六七八九十百]+\s?[条條章节節編]|제\s?\d+\s?[조장절편]|(?:مادة|المادة|الفصل|الباب)\s",
    re.IGNORECASE,
)
"""The number that a heading begins with."""

SENTENCE = re.compile(r"[、。，；！？؟।]|[\uac00-\ud7a3](?:다|은|는|을|를|에|의|고|며|로|이|지|요|기)[.]?$")
"""Marks within sentences of East Asian and other scripts, and endings of Korean verbs and of nouns within sentences."""

EAST_ASIAN = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]")
THAI = re.compile(r"[\u0e00-\u0e7f]")
LONGEST = {EAST_ASIAN: 28, THAI: 60}
"""Characters of a name in the scripts that part no words, or few."""

MOSTLY = 0.6
"""The share of characters of such a script from which on a text is written in it."""

ORGAN = re.compile(
    r"(?:(?:the|our|your|la|le|les|el|los|il|der|die|das|den|het|de|o|a)\s+|l['’])?(?:(?:annual|ordinary|extraordinary|special|ordentliche|außerordentliche|ordinær|ordinarie|řádná|mimořádná|walne|загальн\w+|общее)\s+)?"
    r"(?:(?:general|members['’]?|annual general) (?:assembly|meeting)|board(?: of (?:directors|trustees|governors|management))?|board members?|(?:executive|steering|management|organi[sz]ing|finance|audit|standing) (?:committee|board|council)|committee members?|council of state|central government|federal agencies|state authority"
    r"|assemblée(?: générale)?(?: (?:ordinaire|extraordinaire|constitutive))?|conseil d['’]administration|conseil de surveillance|comité directeur|comité exécutif|bureau(?: exécutif)?|commission permanente"
    r"|asamblea(?: general)?(?: (?:ordinaria|extraordinaria|de \w+))?|junta(?: directiva| de gobierno| general)|consejo (?:directivo|de administración|rector|académico)|comité (?:ejecutivo|directivo)|comisión directiva"
    r"|assembl[eé]ia(?: geral)?(?: (?:ordinária|extraordinária|de \w+))?|diretoria(?: executiva)?|conselho (?:fiscal|diretor|deliberativo|administrativo|de administração)|direção"
    r"|vorstand|(?:mitglieder|general|haupt|jahreshaupt|delegierten)versammlung|aufsichtsrat|verwaltungsrat|beirat|verein|stiftung|gesellschaft|verband|mitgliedschaft"
    r"|assemblea(?: (?:generale|dei soci|ordinaria|straordinaria))*|consiglio (?:direttivo|di amministrazione)|comitato (?:direttivo|nazionale|esecutivo)|collegio dei (?:revisori|probiviri)"
    r"|bestuur|algemene (?:leden)?vergadering|raad van (?:bestuur|toezicht)|styrelsen?|bestyrelsen?|styret|årsmötet?|årsmøtet?|generalforsamling(?:en)?|föreningen|foreningen|medlemmar|hallitus|yhdistys"
    r"|zarząd|walne zgromadzenie|komisja rewizyjna|rada nadzorcza|valn[áé] hromad[ay]|výbor|představenstvo|predsedníctvo|členská sch[uô]dz[ea]|spol(?:ek|ku)|združenia?|közgyűlés|elnökség|felügyelő bizottság|adunarea generală|consiliul director"
    r"|общее собрание|совет директоров|правление|наблюдательный совет|общество|загальні збори|правління|наглядова рада|genel kurul|yönetim kurulu|denetim kurulu"
    r"|association|associação|asociación|associazione|company|society|corporation|club|commission|committee|foundation|school|university)"
    r"(?:\s+(?:of|de|des|du|del|der|da|do|dei|van)\s+(?:the\s+|la\s+|l['’]\s?|los\s+|las\s+)?(?-i:[a-zà-ÿа-я])\w*)?",
    re.IGNORECASE,
)
"""A body's organ, or the word for what it is: every society has one, so by itself it names none."""


def is_heading(text: str) -> bool:
    """Return whether a text begins as a numbered heading does."""
    return HEADING.match(text) is not None


def is_sentence(text: str) -> bool:
    """Return whether a text in a script without spaces or capitals is part of a sentence rather than a name."""
    solid = "".join(text.split())
    for script, longest in LONGEST.items():
        if len(script.findall(solid)) > MOSTLY * len(solid):
            return len(solid) > longest or SENTENCE.search(text.strip()) is not None
    return False


def is_organ(text: str) -> bool:
    """Return whether a text names an organ of a body, and no body."""
    return ORGAN.fullmatch(text.strip(" .,:;")) is not None
