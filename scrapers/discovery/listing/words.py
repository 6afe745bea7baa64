"""What sites call the next page, a load-more button and their navigation, in many languages. Data only."""

# ruff: noqa: E501 (tables of words)

from __future__ import annotations

import re

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "big",
        "bdi",
        "center",
        "cite",
        "code",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "mark",
        "nobr",
        "q",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "tt",
        "u",
    ]
)
"""Elements that change how a text looks, not where it stands."""

_NEXT = """
next|next page|next »|next ›|next >|go to next page|older|older posts|older entries|starsze wpisy|starsze|starsze artykuły|eski yazılar|daha eski|äldre inlägg|äldre|eldre innlegg|ældre indlæg|vanhemmat
oudere berichten|ouder|ältere einträge|ältere artikel|предыдущие записи|более ранние записи|старые записи|старіші записи|post più vecchi
articoli precedenti|entradas antiguas|más antiguas|postagens mais antigas|mensagens antigas|mais antigos|starší příspěvky|staršie príspevky
παλαιότερα άρθρα|παλαιότερα|régebbi bejegyzések|以前の記事|過去の記事|古い記事|이전 글|المشاركات الأقدم|الأقدم|old posts|older items
older entries|older articles|more results
earlier|earlier posts|earlier entries|earlier articles
siguientes|próximos|próximas|seguintes|suivants|suivantes|les suivants|nächsten|die nächsten|weitere|volgenden|successivi|seguenti
następne|kolejne|následující|nasledujúce|următoarele|επόμενα|следующие|sonrakiler
siguiente|página siguiente|pagina siguiente|ir a la página siguiente|entradas anteriores
suivant|suivante|page suivante|articles plus anciens|aller à la page suivante
weiter|nächste|nächste seite|vor|ältere beiträge
próximo|próxima|próxima página|seguinte|página seguinte
avanti|successivo|successiva|pagina successiva|articoli meno recenti
volgende|volgende pagina|nästa|nästa sida|neste|næste|seuraava
następna|następny|następna strona|dalej|další|ďalšia|următoarea|înainte|következő|επόμενη|επόμενο|sonraki|sonraki sayfa
следующая|следующая страница|далее|вперед|вперёд|наступна|далі|следваща
التالي|التالية|الصفحة التالية|بعدی|صفحه بعد|הבא|הבאה
下一页|下一頁|下页|下一步|下|次へ|次のページ|次の|次|다음|다음 페이지
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

_WHAT = (
    "publications?|documents?|reports?|resources?|articles?|papers?|briefs?|briefings?|studies|results|items|entries|records|posts"
    "|news|updates|releases|statements|minutes|files|downloads|publicaciones|documentos|informes|recursos|artículos|noticias|resultados"
    "|publicações|relatórios|notícias|rapports|ressources|actualités|résultats|publikationen|dokumente|berichte|artikel|meldungen"
    "|ergebnisse|pubblicazioni|documenti|rapporti|notizie|risultati|publicaties|documenten|rapporten|berichten|resultaten"
    "|публикации|документы|отчеты|отчёты|новости"
)
ALL_WORDS = re.compile(
    rf"(?i)\W*(?:(?:view|show|see|browse|list|display) (?:the )?(?:all|full|complete|entire)\b|(?:view|show|see) (?:everything|entire)\b"
    rf"|(?:all|more) (?:of )?(?:our |the )?(?:\d+ )?(?:\w+ )?(?:{_WHAT})\b|complete list\b|full list\b"
    rf"|(?:voir|afficher|consulter) (?:tout|toute|toutes|tous)\b|(?:tous les|toutes les) (?:\w+ )?(?:{_WHAT})\b"
    rf"|(?:ver|mostrar|consultar) tod[oa]s?\b|tod[oa]s (?:los |las |os |as )?(?:\w+ )?(?:{_WHAT})\b|ver tudo\b"
    rf"|(?:alle|sämtliche) (?:\d+ )?(?:\w+ )?(?:anzeigen|ansehen|zeigen|tonen|bekijken|{_WHAT})\b"
    rf"|(?:vedi|mostra|visualizza) tutt[eio]\b|tutt[ei] (?:i|le|gli) (?:\w+ )?(?:{_WHAT})\b"
    rf"|(?:показать|смотреть) все\b|все (?:\w+ )?(?:{_WHAT})\b|zobacz wszystkie|visa alla|se alle|vis alle|näytä kaikki|tümünü gör"
    r"|查看全部|全部(?:文章|文件|报告)|すべて(?:見る|表示)|一覧を見る|모두 보기|전체 보기|عرض الكل|جميع)"
)
"""How a link beside a part of a list is called that leads to the whole of it."""

_UNFOLD = "expand|unfold|développer|déplier|aufklappen|ausklappen|einblenden|expandir|desplegar|espandi|uitklappen|rozwiń|развернуть|раскрыть|展开|展開|펼치기"
_ALL = "all|everything|tout|alles?|tod[oa]s?|tudo|tutt[oie]|wszystko|вс[её]|全部|すべて|모두"
UNFOLD_ALL = re.compile(rf"(?i)\W*(?:(?:{_UNFOLD})\W*(?:{_ALL})|(?:{_ALL})(?:\W|を)*(?:{_UNFOLD}))(?!\w)")
UNFOLD_WORDS = re.compile(
    rf"(?i)\W*(?:{_UNFOLD}|(?:show|view) details|afficher les détails|details anzeigen|mostrar (?:detalles|pormenores)|mostra dettagli)(?!\w)"
)
"""What a link is called that shows what is folded up: all of it, or one part."""
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
        r"(?i)\b(?:showing|displaying|viewing|affich\w+|mostra\w+|zeige\w*|angezeigt)\s+\d+\s*(?:\w+\s+)?"
        rf"(?:of|de|von|sur|di|из|van|z|av|af|od|/)\s*(?:about )?{_COUNT}(?!\s*(?:pages?|Seiten))"
    ),
    re.compile(
        rf"(?i)^\W*\d+\s*(?:of|von|sur|de|di|/)\s*{_COUNT}\s+(?:results?|documents?|publications?|reports?|articles?"
        r"|items?|records?|entries|ergebnisse\w*|treffer\w*|dokumente\w*|résultats?|resultados?|documentos?|risultati)\b"
    ),
    re.compile(
        rf"(?i)^\W*{_COUNT}\s+(?:results?|documents?|publications?|reports?|articles?|items?|records?|entries|ergebnisse"
        r"|einträgen?|beiträgen?|publikationen|registros|elementos|enregistrements|notices|fiches|voci|записей|записи|материал\w*|wyników|pozycji"
        r"|rekordów|záznamů|výsledků|träffar|poster|treff|kayıt|sonuç|tulosta|találat|αποτελέσματα|εγγραφές|kết quả|hasil"
        r"|treffer|dokumente|résultats?|resultados?|documentos?|publicaciones|risultati|documenti|результат\w*|документ\w*"
        r"|resultaten|نتيجة|نتائج)\b(?!\W+(?:\w+\W+){0,2}per\b)"
    ),
    re.compile(
        r"(?i)^\W*(?:total(?: (?:of|de|number of))?(?: (?:results|documents|records|items|resultados|documentos|registros|résultats))?|(?:number of )?results"
        r"|insgesamt|gesamt|anzahl(?: der)?(?: treffer| ergebnisse| dokumente)?|nombre de (?:résultats|documents)|totale|łącznie|celkem|totalt|toplam|всего(?: документов| записей)?|найдено"
        rf"|σύνολο|عدد النتائج|المجموع|إجمالي النتائج|合計|总数|總數)\s*[:：]\s*{_COUNT}\W*$"
    ),
    re.compile(r"[共全총]\s*(\d+)\s*(?:条|條|篇|件|건|개|个|個)"),
    re.compile(r"^\s*(\d+)\s*(?:条|條|件|건)"),
)
"""How many documents there are: `1-10 of 2,345`, `2.345 Ergebnisse`, `共 60 条`."""

CARD_SPECIFIC = re.compile(
    r"\d|^(?:odd|even|first|last|active|sticky|featured|is-)|^(?:in|show|shown|open|opened|current|selected|expanded|collapsed|hidden|visible)$|^(?:tag|category|post|term|status|format|lang)-"
)
"""Classes that tell one card of a listing from the next."""
DATE_NEAR = re.compile(
    r"(?i)(?<!\d)(?:19|20)\d\d(?!\d)|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}(?!\d)|(?<!\d)\d{1,2}[ -][a-z]{3,9}\.?[ -]\d\d(?!\d)"
)
"""What may be a date: a year, or a day in figures."""
ASIDE_PATHS = re.compile(
    r"^(?:/[a-z]{2}(?:-\w{2,4})?)?/(?:tags?|category|categories|topics?|themes?|authors?|users?|people|profile|search|login"
    r"|signin|register|contact(?:-us)?|about(?:-us)?|privacy(?:-policy)?|terms|imprint|impressum|accessibility|cookies?"
    r"|donate|subscribe|newsletter|share|sharer|feed|rss|print|sitemap|comments?|cart|account|page)(?:/|$)"
    r"|^/[^/]+/(?:tags?|category|categories|author|page)/",
    re.IGNORECASE,
)
"""Paths of what sites have beside documents, at their beginning, a language aside."""

_SURE = (
    "nav navbar navigation menu submenu sub-menu mainmenu main-menu topmenu sidemenu breadcrumb breadcrumbs footer masthead"
    " siteheader sitefooter social share sharing pager pagination paging pages cookies consent lang languages languageswitcher"
    " skip login search searchform filters facets tagcloud newsletter subscribe toolbar topbar page-header-nav"
)
_PERHAPS = (
    "sidebar related widget widget-area secondary modal popup tabs filter header offcanvas off-canvas dropdown-menu"
)
FURNITURE_WORDS = {word: 1.0 for word in _SURE.split()} | {word: 0.4 for word in _PERHAPS.split()}
"""Whole names (classes, ids) of furniture, and how surely they say so."""
FURNITURE_ENDS = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
        "footer",
        "masthead",
        "pager",
        "pagination",
        "social",
        "share",
        "sharing",
        "cookie",
        "cookies",
    ]
)
"""Words that say so at the end of a longer name: `site-footer`, `main-nav`."""

DOWNLOAD_ADDRESS = re.compile(
    r"(?i)(?:^|[/?&=_-])(?:down-?load|get-?file|(?:show|view|display|deliver|get|open|public|send|read|print)_?-?(?:public_?)?"
    r"(?:doc|docs|document|documents|file|pdf|opinion|decision|attachment|agenda|minutes|report)s?|document\.do|file\.\w{2,4}"
    r"|attachments?|bitstreams?|uploads|api/(?:\w+/)*documents?|agendareport|metaviewer|pdfs?)(?=[/?&=._-]|\Z)"
    r"|/media/\w*\d\w*/?\??\Z|/(?:file|files|doc|docs|documents?)/?\??\Z|/(?:file|files)/[\w-]*\d[\w-]*/?\??\Z"
    r"|[?&](?:format|content|type|ext|output)=pdf\b|[?&](?:file|doc|document|filing|attachment|media)_?id="
)
"""Addresses that hand out files without a suffix: `showdocument?id=`, `/media/16536`, `/download/pdf/7`, `Download.aspx`."""
FORMAT_TEXT = re.compile(r"(?i)\bpdf\b|\bdownload\b|\b(?:docx?|xlsx?|odt|epub)\b|\(?\d+(?:[.,]\d+)?\s?[kKmM][bBo]\b")
"""What a link to a file says of its format and size."""
NO_DOCUMENT_HOSTS = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|soundcloud\.com|facebook\.com|fb\.com|twitter\.com"
    r"|x\.com|instagram\.com|linkedin\.com|t\.me|telegram\.me|wa\.me|whatsapp\.com|pinterest\.com|reddit\.com|tumblr\.com|flickr\.com"
    r"|get\.adobe\.com|mastodon\.social|bsky\.app|tiktok\.com|addtoany\.com|addthis\.com|maps\.google\.com)\Z"
)
"""Hosts of videos, sounds, share buttons and readers to install."""
_RECORDINGS = (
    "audio video videos youtube vimeo webcast podcast recording recordings stream streaming livestream watch listen mp3 mp4"
    " vidéo vidéos enregistrement écouter regarder grabación grabacion vídeo vídeos escuchar gravação assistir ouvir aufzeichnung"
    " videoaufzeichnung registrazione guarda ascolta opname видео аудио запись 视频 視頻 録画 動画 فيديو"
)
RECORDINGS = frozenset(_RECORDINGS.split())
"""What films and sounds are called, and what one does with them."""
_AROUND = (
    "recorded live view play open see to on the of a our visual meeting link file part only in page window online full windows media"
    " player mobile click here"
    " voir la le de du ver el en del réunion reunión sitzung zur der ansehen anhören"
)
AROUND_RECORDINGS = frozenset(_AROUND.split())
"""Words beside these in the text of a link: `Watch the meeting`, `Voir la vidéo`."""
_BESIDE = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun at a p am pm m noon st nd"
    " rd th of the on est edt cst cdt mst mdt pst pdt gmt utc lunes martes miércoles jueves viernes sábado domingo lundi mardi"
    " mercredi jeudi vendredi samedi dimanche le du de del à h montag dienstag mittwoch donnerstag freitag samstag sonntag den"
    " vom um uhr segunda terça quarta quinta sexta feira às lunedì martedì mercoledì giovedì venerdì sabato domenica ore maandag"
    " dinsdag woensdag donderdag vrijdag zaterdag zondag понедельник вторник среда четверг пятница суббота воскресенье г в"
)
BESIDE_DAYS = frozenset(_BESIDE.split())
"""Words that stand beside the month where a text gives a day and a time."""
VIEW_QUERY = re.compile(
    r"^(?:page|paged|p|pg|start|offset|limit|per_?page|items?_per_page|page_?size|rows|sort\w*|order\w*|dir|asc|desc|by|view|display"
    r"|filter\w*|f|q|query|search\w*|keys?|year|month|jahr|from|to|tab|lang|hl|print|category|cat|tag|topic|type|letter|field_\w*|facet\w*)"
    r"(?:\[.*\])?$|\[.*\]$"
)
"""Names of parameters that show the same listing in another way."""
COLUMN_WORDS = re.compile(
    r"(?i)^(?:#|no\.?|n[ºo°]\.?|nr\.?|number|date|day|year|month|title|name|subject|description|document|file|pdf|download|link|author|type"
    r"|category|language|kind|summary|status|size|format|case\b.*|docket\b.*|opinion\b.*|citation|court|agenda|minutes|meeting|date (?:filed|of .*)"
    r"|filed|published|issued|filing date|release date|judge|county|disposition|reference|topic|source|organi[sz]ation|country|region"
    r"|titre|auteurs?|langue|fichiers?|jour|année|objet|numéro|intitulé|publication|date de .*|sujet|télécharger|lien"
    r"|fecha|título|autor(?:es)?|idioma|archivos?|asunto|descripción|año|número|documentos?|descargar|tipo|enlace"
    r"|datum|titel|verfasser|autor(?:in|en)?|sprache|datei|jahr|nummer|art|dokument|thema|betreff"
    r"|data|título|idioma|arquivo|assunto|titolo|autore|lingua|anno|oggetto|tytuł|data publikacji|plik"
    r"|дата|название|автор|язык|файл|документ|номер|日期|标题|標題|题目|作者|语言|文件|年度|タイトル|日付|著者|날짜|제목|작성자|التاريخ|العنوان|المؤلف)$"
)
"""What heads the columns of a table of documents."""

VIEW_WORDS = re.compile(
    r"(?i)(?:(?:click|tap) )?(?:here|view|visit|open|read|see|get|show|download|website|site|more|details?|full|link|file|pdf|docx?|word|excel|xlsx?|html?|text|txt|document"
    r"|the|a|an|to|this|for|in|your|online|now|copy|version|format|information|info|learn|case|report|opinion|decision|order|article|page|text|item|all|new|tab|window|icon"
    r"|of|and|court|judge?ment|majority|concurring|concurrence|dissenting|dissent|slip"
    r"|télécharger|lire|voir|ouvrir|la|le|les|suite|plus|en savoir|fichier|ici|descargar|ver|leer|más|abrir|archivo|aquí|el|documento"
    r"|herunterladen|ansehen|mehr|lesen|weiter|öffnen|hier|zum|datei|baixar|abrir|mais|leia|scarica|apri|leggi|visualizza|downloaden|bekijk|lees meer"
    r"|скачать|подробнее|читать|далее|открыть|下载|下載|查看|详情|更多|全文|ダウンロード|詳細|続きを読む|다운로드|자세히|تحميل|المزيد|اقرأ"
    r"|\W|\d+(?:[.,]\d+)?\s?[kmg]i?[bo])+"
)
"""What a link says where it does not name its document."""
READ_ON = re.compile(
    r"(?i)\W*(?:read\b|more\b|continue\b|lire\b|(?:en )?savoir plus|leer\b|ver más|saber más|weiterlesen|mehr\b|leia\b|saiba mais|leggi\b|continua"
    r"|lees\b|läs mer|czytaj|więcej|подробнее|читать|далее|详情|阅读|全文|続きを読む|詳細|더\s?보기|자세히|اقرأ|المزيد)"
)
"""How the link of a card begins that leads from a teaser to the page of its document."""
FORMAT_NOTE = re.compile(
    r"(?i)\s*[-–|,]?\s*(?:[(\[]\s*(?:adobe\s+)?(?:pdf|docx?|xlsx?|word|html?|odt|epub)\b[^()\[\]]{0,30}[)\]]"
    r"|[(\[]\s*\d+(?:[.,]\d+)?\s?[kmg]i?[bo]\s*[)\]]|(?<=\s)(?:pdf|docx)(?:\s*,?\s*\d+(?:[.,]\d+)?\s?[kmg]i?[bo])?|\.(?:pdf|docx?))\s*$"
)
"""What stands behind a title about the format and size of its file."""
PARTIES = re.compile(r"(?i)\b(?:v|vs|versus)\b\.?\s|\bin re\b|\bex parte\b|\bmatter of\b|\bet al\b")
"""How decisions of courts are titled."""
TITLE_LABEL = re.compile(
    r"(?i)\b(?:title|name|caption|subject|description|style|document|headline|topic|case name|parties|matter|report|publication"
    r"|titre|intitulé|objet|sujet|nom|título|nombre|asunto|titel|bezeichnung|betreff|thema|titolo|oggetto|assunto|tytuł|naslov|название|наименование"
    r"|тема)\b|标题|標題|题目|名称|タイトル|題名|件名|제목|العنوان|الموضوع|عنوان"
)
MEANS_TITLE = re.compile(
    r"(?i)(?:(?:document|report|publication|full|short|case|file) )?(?:title|name|caption|subject|headline|heading|style|topic)|case|matter|parties|re"
    r"|titre|intitulé|objet|sujet|nom|título|titulo|nombre|asunto|nome|assunto|titel|bezeichnung|betreff|thema|name|titolo|oggetto|onderwerp"
    r"|tytuł|temat|název|naslov|rubrik|başlık|konu|название|наименование|заголовок|тема|назва|标题|標題|题目|題目|名称|名稱|タイトル|題名|件名|제목|العنوان|عنوان|الموضوع"
)
"""Labels that mean a title, and no kind of document."""
NO_TITLE_LABEL = re.compile(
    r"(?i)\b(?:date|day|year|no|number|num|docket|judge|author|court|county|district|status|type|category|size|format|language|citation|cite"
    r"|disposition|decree|vote|panel|result|posted|filed|published|file|download|pdf|id|code|ref|reference|division|term|jurisdiction"
    r"|auteurs?|langue|jour|année|numéro|taille|fecha|autor(?:es)?|idioma|año|número|tamaño|tipo|datum|sprache|jahr|nummer|größe|art|data|lingua|anno)\b"
    r"|日期|作者|语言|编号|日付|著者|날짜|작성자|التاريخ|المؤلف|дата|автор|язык|номер"
)
TITLE_NAMES = re.compile(
    r"(?:^|[-_ :])(?:title|headline|heading|caption|name|subject|titre|titel|titulo|case-?name)s?(?:[-_ ]|$)"
)
NO_TITLE_NAMES = re.compile(
    r"(?:^|[-_ :])(?:date|time|author|byline|type|kind|category|cat|meta|number|docket|citation|cite|tags?|label|excerpt|summary|teaser|snippet"
    r"|description|abstract|body|size|badge|status|county|judge|lang|language|format|publicationdate|posted|published)s?(?:[-_ ]|$)"
)
AUTHOR_LABEL = re.compile(
    r"(?i)^(?:authors?(?:\(s\))?|writers?|by|speaker|contributors?|auteure?s?|auteur·e·s|autrices?|autor(?:a|as|es|in|en|innen)?|verfasser(?:in)?|autore|autori"
    r"|autrice|auteur\(s\)|autor\(es\)|автор\w*|作者|著者|执笔|저자|작성자|المؤلف|الكاتب)$"
)
AUTHOR_NAMES = re.compile(
    r"(?:^|[-_ :])(?:authors?|byline|by-line|creators?|writers?|contributors?|person[-_]?name)(?:[-_ ]|$)"
)
DATE_LABEL = re.compile(
    r"(?i)\b(?:publi\w*|issu(?:ed|ance|e)|releas\w+|post(?:ed|ing)|fil(?:ed|ing)|decided|decision date|opinion date|date of opinion|handed down|handdown"
    r"|delivered|rendered|signed|adopted|entered|veröffentlicht|erschienen|paru|parution|mis en ligne|rendu|fecha de publicaci\w+|emitid\w+"
    r"|pubblicat\w+|opublikowan\w+|опубликован\w*)\b|发布|發布|公布|公開|掲載|게시|발행|نشر"
)
OTHER_DATE_LABEL = re.compile(
    r"(?i)\b(?:expir\w*|deadline|due|clos(?:es|ing)|valid|until|updat\w+|modif\w+|revis\w+|chang\w+|next|effective|comments? (?:by|due)|fällig|frist|gültig"
    r"|aktualisiert|échéance|mis[e]? à jour|vence|plazo|actualizad\w+|aggiornat\w+|scad\w+|обновл\w+)\b|截止|更新|期限"
)
WEAK_DATE_LABEL = re.compile(
    r"(?i)\b(?:argu\w+|heard|hearing|submitted|received|event|accessed|trial|period|session|born|since)\b"
)
KIND_LABEL = re.compile(
    r"(?i)^(?:(?:document|publication|resource|content|file|report|opinion)?\s*(?:type|kind|category|genre)|type de (?:document|publication)|catégorie"
    r"|tipo(?: de documento| de publicación)?|categoría|dokumentart|art|kategorie|typ|tipologia|тип|вид|类型|類型|种类|種別|유형|النوع)$"
)
KIND_NAMES = re.compile(
    r"(?:^|[-_ ])(?:doc(?:ument)?|publication|resource|content|item|card|post|news)[-_]*(?:type|kind|category|genre)(?:[-_ ]|$)"
)
LANGUAGE_LABEL = re.compile(
    r"(?i)^(?:languages?|langues?|idiomas?|sprachen?|lingua|taal|språk|língua|jezik|język|язык|语言|語言|言語|언어|اللغة)$"
)
_LANGUAGES = """
en english anglais inglés ingles englisch inglese inglês engels английский 英语 英文 英語 الإنجليزية
fr french français francais francés frances französisch francese francês frans французский 法语 法文 الفرنسية
es spanish espagnol español espanol castellano spanisch spagnolo espanhol spaans испанский 西班牙语 西班牙文 الإسبانية
de german allemand alemán deutsch tedesco alemão duits немецкий 德语 德文
pt portuguese portugais portugués português portugues portugiesisch portoghese португальский 葡萄牙语
it italian italien italiano italienisch итальянский
nl dutch néerlandais neerlandés nederlands niederländisch olandese
ru russian russe ruso russisch russo русский 俄语 俄文 الروسية
ar arabic arabe árabe arabisch arabo العربية عربي арабский 阿拉伯语 阿拉伯文
zh chinese chinois chino chinesisch cinese 中文 китайский الصينية
ja japanese japonais japonés japanisch 日本語
ko korean coréen coreano koreanisch 한국어
uk ukrainian ukrainien ucraniano ukrainisch українська
pl polish polonais polaco polnisch polski
tr turkish turc turco türkisch türkçe
fa persian persan persa farsi فارسی
hi hindi हिन्दी हिंदी
id indonesian indonésien bahasa indonesia
vi vietnamese vietnamien tiếng việt
sv swedish suédois sueco schwedisch svenska
da danish danois dansk
no norwegian norvégien norsk
fi finnish finnois suomi
el greek grec griego ελληνικά
he hebrew hébreu hebreo עברית
sw swahili kiswahili
af afrikaans
ca catalan catalán català
eu basque euskara
cy welsh cymraeg
ga irish gaeilge
ro romanian roumain rumano română
cs czech tchèque checo čeština česky
hu hungarian hongrois magyar
bg bulgarian български
sr serbian srpski српски
hr croatian hrvatski
th thai ไทย
ur urdu اردو
bn bengali বাংলা
ta tamil தமிழ்
ms malay melayu
"""
LANGUAGES = {name: line.split()[0] for line in _LANGUAGES.strip().splitlines() for name in line.split()[1:]}
"""Names of languages, as listings write them in a cell or a link -> BCP 47."""
