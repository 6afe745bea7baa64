"""Words by which a report's front matter shows what a line is, in the languages that resource centres print. Data only."""

# ruff: noqa: E501, SIM905 - lists of words
from __future__ import annotations

import re

SECTIONS = frozenset(
    # Headings that every report has: no report is called so.
    "contents|table of contents|content|summary|executive summary|abstract|introduction|foreword|preface|acknowledgements|acknowledgments|acknowledgement"
    "|background|conclusion|conclusions|references|bibliography|annex|annexes|appendix|glossary|acronyms|abbreviations|list of abbreviations|index|notes"
    "|overview|key findings|summary of key findings|key messages|recommendations|methodology|disclaimer|about this report|about the author|about the authors"
    "|about us|contact|contacts|copyright|imprint|keywords|key words|article info|articleinfo|highlights|a b s t r a c t|a r t i c l e i n f o|mark|inside"
    "|sommaire|table des matières|résumé|résumé exécutif|introduction générale|avant-propos|préface|remerciements|références|bibliographie|annexes|annexe"
    "|mots-clés|contenido|índice|índice general|resumen|resumen ejecutivo|introducción|prólogo|presentación|agradecimientos|referencias|bibliografía|anexos"
    "|anexo|palabras clave|conteúdo|sumário|sumário executivo|resumo|resumo executivo|introdução|prefácio|apresentação|agradecimentos|referências|anexos"
    "|inhalt|inhaltsverzeichnis|zusammenfassung|kurzfassung|einleitung|einführung|vorwort|danksagung|literatur|literaturverzeichnis|anhang|impressum"
    "|indice|sommario|riassunto|introduzione|prefazione|ringraziamenti|bibliografia|allegati|inhoud|inhoudsopgave|samenvatting|inleiding|voorwoord"
    "|spis treści|streszczenie|wstęp|wprowadzenie|przedmowa|содержание|оглавление|введение|резюме|аннотация|предисловие|заключение|зміст|вступ|передмова"
    "|目录|目錄|目次|摘要|前言|序言|引言|概要|概述|はじめに|要旨|要約|序文|목차|요약|서론|머리말|المحتويات|فهرس المحتويات|الفهرس|مقدمة|ملخص|ملخص تنفيذي|تمهيد|الملخص التنفيذي"
    "|içindekiler|özet|giriş|önsöz|daftar isi|ringkasan|pendahuluan|mục lục|tóm tắt|lời nói đầu|innehåll|sammanfattning|indhold|resumé|innhold|sammendrag"
    "|sisällys|tiivistelmä|obsah|úvod|tartalom|bevezetés|cuprins|introducere|περιεχόμενα|περίληψη|εισαγωγή".split("|")
)

SERIES = re.compile(
    r"(?:(?:working|discussion|occasional|policy|research|briefing|background|technical|position|issue|white|green|conference|staff|evidence|strategy|concept|legal|information)"
    r"\s+(?:papers?|briefs?|reports?|notes?|memo(?:randum)?|papers? series|documents?)|policy briefing|briefing|brief|report|case stud(?:y|ies)|fact ?sheet|factsheet"
    r"|newsletter|bulletin|press release|media release|statement|submission|letter|memorandum|draft(?: \w+)?|final(?: draft| report| version)?|version|confidential"
    r"|internal|restricted|embargoed.*|unedited.*|advance.*|public|for (?:immediate )?release|original|english|general|limited|distr\.?.*|open access|full report|full paper"
    r"|summary report|main report|executive brief|research article|original article|review article|article|special issue.*|special report|research|review|publication|no\.?"
    r"|document de travail|note d'information|rapport|rapport final|communiqué de presse|étude|note de politique|documento de trabajo|informe|informe final|nota de prensa"
    r"|comunicado de prensa|relatório|relatório final|texto para discussão|nota técnica|arbeitspapier|diskussionspapier|bericht|abschlussbericht|studie|pressemitteilung"
    r"|positionspapier|kurzstudie|rapporto|documento di lavoro|rapport final|werkdocument|raport|доклад|отчет|отчёт|报告|報告|工作论文|調査報告書|報告書|보고서|تقرير|ورقة عمل|ورقة سياسات)"
    r"(?:\s*(?:series|no\.?|nr\.?|n[o°º]\.?|number|num\.?|vol\.?|#|№)?\s*[\divxlc./-]*)?(?:\s*[|·,–-]?\s*(?:\w+\s+)?(?:19|20)\d\d)?",
    re.IGNORECASE,
)
"""A line that says only of what kind or series a document is."""

HOST = re.compile(
    r"contents lists available|journal homepage|sciencedirect|www\.|https?://|\S+@\S+\.\w|\.(?:com|org|net|gov|edu|int)\b|^doi\b|issn|isbn|^tel\b|^fax\b|phone:|e-?mail|p\.?\s?o\.? box"
    r"|all rights reserved|©|\(c\) ?(?:19|20)|^arxiv:|docket|^rin \d|\bcfr part\b|^vol(?:ume)?\.? ?\d|^no\.? ?\d|^n[°º] ?\d|^page \d|creative commons|\bprice:|click here|follow @|downloaded|^\[?draft|accepted|received",
    re.IGNORECASE,
)
"""A line of a cover or a web print that is no title: addresses, rights, numbers of a series."""

EDITED = re.compile(
    r"(?:edited|compiled|prepared|produced|written|authored|commissioned|researched|drafted|posted|submitted|coordinated|report|research|text|study|analysis)\s+(?:and \w+ )?by\b\s*:?\s*"
    r"|(?:lead |principal |main |contributing |co-?|corresponding )?(?:authors?|researchers?|writers?|editors?|investigators?)(?:\(s\))?\s*(?:[:：]|$)\s*"
    r"|by\s*:?\s+(?-i:(?=[^\W\d_a-zß-öø-ÿа-яё]))|by\s*$"
    r"|(?:presented|submitted|prepared|written|présentée?s?|soutenue?s?|rédigée?s?|presentad[oa]s?|apresentad[oa]s?|vorgelegt|eingereicht|presentat[ao])\b[^.:]{0,50}\b(?:by|par|por|von|da)\s*:?\s*$"
    r"|(?:research and )?(?:writing|drafting)\s*:\s*|(?:recherche et )?(?:rédaction|textes?)\s*:\s*|(?:investigación|pesquisa) y? ?e? ?(?:redacción|redação|textos?)\s*:\s*"
    r"|(?:redacción|redação|textos?|autoria)\s*:\s*|(?:redaktion|bearbeitung|texte?|konzept und text)\s*(?::\s*|$)"
    r"|(?:auteure?s?|auteur·e·s|rédigé par|rédaction|préparé par|écrit par|sous la direction de|coordonné par|par)\s*[:：]?\s+(?-i:(?=[^\W\d_a-zß-öø-ÿа-яё]))"
    r"|(?:autor(?:es|as|a|ía)?|elaborad[oa] por|preparad[oa] por|escrit[oa] por|coordinad[oa] por|redacción|por)\s*[:：]?\s+(?-i:(?=[^\W\d_a-zß-öø-ÿа-яё]))"
    r"|(?:autor(?:en|in|innen)?|verfasst von|verfasser(?:in)?|erstellt von|herausgegeben von|bearbeitet von|von)\s*[:：]?\s+(?-i:(?=[^\W\d_a-zß-öø-ÿа-яё]))"
    r"|(?:elaboração|organização|coordenação|autori|autore|a cura di|di|redazione|auteurs?|geschreven door|door|autorzy|opracowanie|oprac\.|opracowali)\s*[:：]?\s+(?-i:(?=[^\W\d_a-zß-öø-ÿа-яё]))"
    r"|(?:автор(?:ы|и)?|подготовлено|под редакцией|составител[ьи]|yazar(?:lar)?|hazırlayan(?:lar)?|penulis|disusun oleh|oleh|tác giả)\s*[:：]?\s+"
    r"|(?:作者|撰文|撰稿|著者|执笔|執筆|編著|编写|저자|집필|지은이)\s*[:：]?\s*|(?:المؤلفون|المؤلف|إعداد|تأليف|بقلم|تحرير)\s*[:：]?\s*",
    re.IGNORECASE,
)
"""What stands before the names of those who wrote a report."""

CITED = re.compile(
    r"(?:(?:suggested|recommended|preferred|proposed) citation|how to cite(?: this \w+)?|please cite(?: this \w+)?(?: as)?|cite(?: this \w+)? as|to cite this \w+|citation|(?:this \w+ )?should be cited as"
    r"|pour citer ce(?:t|tte)? \w+|citation (?:suggérée|recommandée)|(?:forma|modo) de citar|cita(?:ción)? (?:sugerida|recomendada)|citar como|cítese como|como citar|citação sugerida"
    r"|zitiervorschlag|zitierweise|bitte zitieren(?: als)?|citazione (?:consigliata|suggerita)|citeerwijze|для цитирования|引用格式|引用本文)\s*[:：]?\s*",
    re.IGNORECASE,
)

CITING = ("citation", "cite", "citer", "citar", "zitier", "citeer", "citaz", "citação", "цитиров", "引用")
"""Some of these stands on every page that says how to cite."""

DATED = re.compile(
    r"\b(?:(?:first |originally |last |date |e-?)?(?:published|publication|released?|issued?|posted|updated|revised|revision|edition|version|available online|online)(?:\s+(?:date|on|in|online|at|of))*"
    r"|date(?: of (?:publication|issue|release|report))?|dated|report date|as at)\s*[:：]?$"
    r"|(?:fecha|date|data|datum|stand|dato|дата|tarih|tanggal|ngày|发布日期|日期|发布时间|発行日|発行|公開日|作成日|발행일|التاريخ|تاريخ)\b[^.]{0,30}$"
    r"|(?:publi\w+|parution|erschienen|veröffentlicht|pubblicat\w+|gepubliceerd|opublikowan\w+|опубликован\w*|vydáno|utgiven|udgivet|paru|édition)\b[^.]{0,24}$",
    re.IGNORECASE,
)
"""What may stand before a date of publication on its line."""

ORGANISATION = re.compile(
    r"\b(?:universit\w*|universid\w+|hochschule|college|school of|faculty|academy|acad[eé]m\w+|institut\w*|cent(?:re|er|ro|rum|rul)|zentrum|council|commissions?|committees?|ministr\w+|minist[eéè]r\w+|department of|agenc\w+|agence|agencia|agência"
    r"|foundation|fondation|fundaci\w+|fundação|fondazione|stiftung|stichting|associat\w+|asociaci\w+|associação|verein|verband|bund|society|soci[eé]t[eé]|sociedad\w*|gesellschaft|unions?|syndicat|sindicato|gewerkschaft"
    r"|network|netzwerk|réseau|alliance|allianz|coalition|group|groupe|grupo|ltd|limited|inc|llc|llp|plc|gmbh|corp(?:oration)?|company|bank|banque|banco|fund|bureau|office of|board|trust|federat\w+|fédération|federaci\w+|confederat\w+"
    r"|government|gouvernement|gobierno|governo|regierung|parliament|parlement|parlamento|senate|congress|court of|cour|tribunal|forum|secretariat|secr[eé]tar[ií]\w+|laborator\w+|laboratoire|labs?|observator\w+|observatoire|service of|services?|authority|autorité"
    r"|organi[sz]ations?|organisation|organizaci\w+|organização|organizzazione|programme|nations|naciones|nações|international|amnesty|oxfam|greenpeace|unicef|unesco|unhcr|undp|unep|oecd|ocde|nato|wwf|iucn|consortium|consorcio|partnership|initiative|collective|campaign|watch|rights watch|helpdesk"
    r"|defensor[ií]a|procuradur[ií]a|procuradoria|contralor[ií]a|fiscal[ií]a|superintendencia|asamblea|assemblée|assembleia|ombudsman|directorate|direction (?:générale|régionale|de|des|du)|dirección (?:general|nacional|de|del)|inspectorate|embassy|delegation"
    r"|comité|consejo|conselho|conseil|comisión|comissão|kommission|rat|amt|bundesamt|bundesministerium|landesamt|behörde|dienst|cámara|câmara|chambre|chamber of|kammer|vakfı|derneği|üniversitesi|bakanlığı|uniwersytet|instytut|fundacja|ministerstwo"
    r"|университет\w*|институт\w*|министерств\w+|фонд\w*|центр\w*|комитет\w*|комиссия|агентство|организация|ассоциация|союз|академия|інститут\w*|міністерство|yayasan|universitas|kementerian|lembaga)\b"
    r"|جامعة|معهد|مركز|وزارة|منظمة|مؤسسة|هيئة|جمعية|اللجنة|مجلس|אוניברסיטת|משרד",
    re.IGNORECASE,
)
"""A word without which a line of a cover is not taken for an organisation."""

COMPANY = re.compile(
    r"[\s,](?:ASA|AG|AB|Oyj?|A/S|S\.?A\.?S?|N\.?V\.?|B\.?V\.?|SARL|S\.?r\.?l\.?|S\.?p\.?A\.?|Ltda?\.?|Pty\.?|Pte\.?|Bhd\.?|SE|KG|KGaA|GmbH|Inc\.?|LLC|LLP|PLC|plc)$"
)
"""How the name of a company ends, in the letters that stand for its legal form."""

SUBJECT = re.compile(
    r"(?:re|ref|subject|objet|asunto|assunto|betreff|betrifft|betr|oggetto|onderwerp|ämne|emne|temat|dotyczy|konu|perihal|тема)\s*[:：]\s*(?=\S)",
    re.IGNORECASE,
)
"""What stands before the subject of a letter."""

SALUTATION = re.compile(
    r"(?:dear|sehr geehrte[rs]?|liebe[r]?|madame|monsieur|mesdames|cher|chère|estimad[oa]s?|señor(?:es|a)?|excelent[ií]ssim[oa]|prezad[oa]s?|gentile|geachte|szanown[iay]|уважаем)\b[^.]{0,80}[,:;!]?$",
    re.IGNORECASE,
)
"""How a letter begins."""

NOT_PUBLISHED = re.compile(
    r"\b(?:received|accepted|submitted|effective|expires?|due|deadline|as of|until|since|accessed|retrieved|visited|downloaded|printed|meeting|held|period|ended|ending|adopted|approved|signed"
    r"|born|founded|established|between|from|conference|workshop|session|embargo\w*|reçu|accepté|consulté|recibido|aceptado|consultado|eingereicht|angenommen|abgerufen|e\.?g\.?|example"
    r"|fiscal year|amended|act of|law|directive|regulation|resolution|comments? (?:by|due)|valid|review by|next review|入手|閲覧|访问)\W*(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
"""What before a date says that it is another date than that of publication."""

IMPRINT = (
    "©", "(c) 19", "(c) 20", "copyright", "all rights reserved", "isbn", "issn", "published by", "first published", "printed in", "printed by",
    "creative commons", "cataloguing", "impressum", "dépôt légal", "depósito legal", "tous droits", "derechos reservados", "direitos reservados",
    "alle rechte", "herausgeber", "éditeur", "editado por", "publié par", "publicado por", "wydawca", "издател", "版权", "出版", "発行", "발행", "حقوق",
)  # fmt: skip
"""What an imprint or copyright page says, folded."""

PUBLISHED_BY = re.compile(
    r"(?:first )?published (?:\w+ \d{4} |in \d{4} |\d{4} )?by\s*[:：]?\s*|publisher\s*[:：]\s*|publié par\s*[:：]?\s*|éditeur\s*[:：]\s*|publicado por\s*[:：]?\s*|editado por\s*[:：]?\s*|editorial\s*[:：]\s*"
    r"|herausgegeben von\s*[:：]?\s*|herausgeber(?:in)?\s*[:：]?\s*|pubblicato da\s*[:：]?\s*|uitgegeven door\s*[:：]?\s*|uitgever\s*[:：]\s*|wydawca\s*[:：]\s*|издатель\s*[:：]?\s*|出版\s*[:：]\s*|発行(?:者|元)?\s*[:：]\s*|الناشر\s*[:：]?\s*",
    re.IGNORECASE,
)

RIGHTS = re.compile(r"(?:©|copyright\s*©?|\(c\))\s*(?:copyright\s*)?", re.IGNORECASE)

OPEN = frozenset(
    "a an and the of for in on to with by from at as or between into towards toward through under over against its their this that how why is are"
    " de la le les des du un une et en à au aux pour par sur dans avec el los las del y e o para por con sobre una der die das den dem des und für von zu zur zum im in am auf mit"
    " do da dos das em no na os as um uma di il lo gli della delle dei nel nella per het een van voor op te og og i på av w na z do dla и в на по с о об для от к".split()
)
"""Words that no title ends with: the next line belongs to it."""

TOOL_TITLES = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel)|powerpoint presentation|untitled|untitled[- ]?\d*|document\s?\d*|doc\s?\d*|no ?title|titel|title|slide 1|presentation\s?\d*|layout \d+|print|book\d*|sheet\d*"
    r"|word document|full page photo|scan(?:ned)?(?: document| image)?|img_?\d+|image\d*|template|draft|final|report|cover|front cover|new document|sans titre|sin título|unbenannt|documento\d*|präsentation\d*"
    r"|bericht|\W*|\d+|blank page|adobe \w+ .*|acrobat .*|about:blank|home|index|(?:page|seite) \d+)$|\.(?:docx?|pdf|indd|qxp|qxd|pptx?|xlsx?|rtf|odt|tex|dvi|ps|eps|ai|p65|pub|txt|htm|html|wpd|tif|jpg)$"
    r"|^(?:microsoft (?:word|powerpoint|excel) - )|^https?://|^file:|^[a-z]:\\|^\w+[_-]\w*[_-]\w*$|^[0-9a-f-]{16,}$",
    re.IGNORECASE,
)
"""Titles in a file's properties that its tool, template or file name gave."""
