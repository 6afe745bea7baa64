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
    r"|positionspapier|kurzstudie|rapporto|documento di lavoro|rapport final|werkdocument|raport|доклад|отчет|отчёт|报告|報告|工作论文|調査報告書|報告書|보고서|تقرير|ورقة عمل|ورقة سياسات"
    r"|letter to the editor|short communication|case report|original (?:paper|contribution)|commentary|editorial|perspective|news release|media advisory|public notice|notice|agenda|minutes|memo|circular|order|judgment|decision"
    r"|(?:master(?:'s|’s)?|bachelor(?:'s|’s)?|doctoral|ph\.?d\.?|graduation|diploma) (?:thesis|dissertation|project)|thesis|dissertation|dossier(?: de presse)?|tribune|entretien|lettre ouverte|note de service|arrêté|délibération|mémoire(?: de \w+)?|thèse(?: de doctorat)?"
    r"|tesis(?: de \w+| doctoral)?|trabajo (?:de )?fin de (?:grado|máster)|acta|boletín|circular|oficio|resolución|dissertação(?: de mestrado)?|tese(?: de doutorado)?|trabalho de conclusão de curso|artigo original|original article|parecer|portaria|edital|ofício|comunicado|nota de imprensa"
    r"|masterarbeit|bachelorarbeit|diplomarbeit|dissertation|hausarbeit|presseinformation|presseerklärung|rundschreiben|protokoll|einladung|bekanntmachung|stellungnahme|tesi di laurea|comunicato stampa|verbale|circolare|persbericht|nieuwsbrief|raadsvoorstel|raadsbesluit|brief|memo|notulen|agenda|scriptie"
    r"|pressmeddelande|protokoll|motion|remissvar|examensarbete|pressemeddelelse|referat|høringssvar|pressemelding|tiedote|pöytäkirja|praca (?:magisterska|licencjacka|inżynierska|dyplomowa)|komunikat prasowy|protokół|uchwała|zarządzenie|diplomová práce|bakalářská práce|tisková zpráva|zápis|diplomová práca|tlačová správa"
    r"|szakdolgozat|sajtóközlemény|jegyzőkönyv|meghívó|comunicat de pres[aă]|lucrare de (?:licență|disertație)|hotărâre|basın bülteni|yüksek lisans tezi|bitirme projesi|skripsi|tesis|siaran pers|thông cáo báo chí|luận văn(?: thạc sĩ)?|δελτίο τύπου|απόφαση|ανακοίνωση|πρακτικά"
    r"|выпускная квалификационная работа|дипломная работа|магистерская диссертация|курсовая работа|пресс-релиз|протокол|приказ|постановление|решение|отзыв|дипломна робота|кваліфікаційна робота(?: \w+)?|прес-реліз|наказ|рішення|硕士学位论文|博士学位论文|学位论文|新闻稿|通知|公告|修士論文|卒業論文|プレスリリース|報道発表資料|議事録|お知らせ|보도자료|석사학위논문|박사학위논문|회의록|공고|بيان صحفي|رسالة ماجستير|بلاغ|محضر)"
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
"""One of these stands on every page that says how to cite."""

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

SUBJECTS = frozenset(
    "re|subject|sub|subj|title|topic|concerning|regarding|in re|matter|objet|sujet|concerne|titre|asunto|tema|título|titulo|assunto|ref|betreff|betr|betrifft|thema|titel|oggetto"
    "|titolo|onderwerp|betreft|inzake|ämne|ärende|rubrik|emne|vedrørende|vedr|angående|sak|aihe|asia|otsikko|temat|dotyczy|dot|tytuł|věc|předmět|název|vec|predmet|tárgy|cím|subiect"
    "|referitor la|konu|perihal|hal|judul|chủ đề|v v|về việc|θεμα|θέμα|тема|на тему|по вопросу|о|относно|предмет|стосовно|主题|題目|题目|標題|主旨|件名|題名|表題|제목|주제|건명|الموضوع|موضوع"
    "|العنوان|נושא|הנדון|विषय|เรื่อง".split("|")
)
"""Labels of the line of a letter, a memo or a form that names what it is about: its title."""

SALUTATION = re.compile(
    r"(?:dear|sehr geehrte[rs]?|liebe[r]?|madame|monsieur|mesdames|cher|chère|estimad[oa]s?|señor(?:es|a)?|excelent[ií]ssim[oa]|prezad[oa]s?|gentile|geachte|szanown[iay]|уважаем)\b[^.]{0,80}[,:;!]?$",
    re.IGNORECASE,
)
"""How a letter begins."""

WEIGHTY = re.compile(
    r"\b(?:minutes|proceedings|submission|declaration|resolution|decision|opinion|evaluation|inquiry|investigation|toolkit|consultation|evidence|complaint|charter|convention|agreement|code|principles|standards"
    r"|procès-verbal|évaluation|enquête|déclaration|avis|actas|declaración|evaluación|investigación|análisis|avaliação|análise|protokoll|stellungnahme|gutachten|untersuchung|handbuch|verordnung"
    r"|report|review|plan|strategy|policy|guide(?:lines)?|handbook|manual|assessment|analysis|study|survey|framework|programme|program|act|law|regulations?|budget|statement|agenda|act[ao]|procedures?"
    r"|rapport|étude|plan|stratégie|guide|bilan|informe|estudio|estrategia|guía|ordenanza|ley|resolución|relatório|estudo|lei|decreto|bericht|studie|leitfaden|gesetz|rapporto|studio|verslag|raport|отчет|отчёт|доклад|стратегия)\b"
    r"|报告|報告|报告书|白皮书|計画|指南|보고서|تقرير|دراسة",
    re.IGNORECASE,
)
"""Words of what a document is: such a line is a title rather than a name."""

KIND = re.compile(
    r"(?:(?:an|the|le|la|les|l['’]|el|los|il|der|die|das|het|de|o|a)\s+)?(?:[^\W\d]+(?:['’][^\W\d]+)?\s+){0,2}?"
    r"(?:act|bill|law|order|ordinance|regulations?|decree|resolution|directive|decision|judge?ment|ruling|opinion|by-? ?laws?|constitution|charter|articles|statutes?|rules|code|covenants?|declaration|agreement|contract|treaty|protocol|convention|certificate|licen[cs]e|permit|petition|complaint|affidavit|motion|indictment|verdict"
    r"|agenda|minutes|proceedings|programme|program|schedule|calendar|timetable|invitation|notice|announcement|call|circular|memo(?:randum)?|letter|statement|submission|proposal|tender|application|form|questionnaire|survey|ballot|undertaking|checklist|list|table|budget|accounts?|balance sheet|invoice"
    r"|report|review|study|assessment|evaluation|analysis|audit|plan|strategy|policy|procedures?|guidelines?|guidance|guide|handbook|manual|toolkit|standards?|framework|roadmap|roadmaps?|brochure|leaflet|flyer|newsletter|bulletin|thesis|dissertation|syllabus|curriculum|prospectus|fact ?sheet|white paper|summary|overview|update|recommendations?"
    r"|loi|décret|arr[êe]t[ée]?|ordonnance|règlement|délibération|décision|jugement|avis|statuts|convention|contrat|accord|charte|procès[- ]verbal|compte[- ]rendu|ordre du jour|convocation|programme|calendrier|note|circulaire|lettre|déclaration|appel|demande|formulaire|attestation|certificat|budget|comptes|bilan|rapport|étude|évaluation|guide|manuel|dossier|livret|bulletin|mémoire|thèse|fiche|plaquette|dépliant|tarifs?|recueil|projet"
    r"|ley|decreto|orden|ordenanza|reglamento|resolución|acuerdo|estatutos|sentencia|dictamen|acta|convocatoria|programa|protocolo|circular|carta|declaración|solicitud|formulario|certificado|presupuesto|cuentas|informe|memoria|estudio|evaluación|diagnóstico|guía|manual|boletín|tesis|plan|proyecto|código"
    r"|lei|portaria|resolução|parecer|regimento|regulamento|edital|estatutos?|acórdão|ata|ofício|declaração|requerimento|orçamento|relatório|boletim|guia|cartilha|dissertação|tese|termo|instrução|deliberação|medida"
    r"|gesetz|verordnung|satzung|ordnung|richtlinien?|beschluss|urteil|bescheid|vertrag|vereinbarung|antrag|formular|protokoll|niederschrift|einladung|tagesordnung|programm|bekanntmachung|merkblatt|stellungnahme|gutachten|bericht|studie|leitfaden|handbuch|konzept|haushalt|jahresabschluss|gemeindebrief|rundbrief"
    r"|legge|decreto|regolamento|delibera(?:zione)?|statuto|verbale|bando|avviso|relazione|rapporto|bilancio|linee guida|manuale|wet|besluit|verordening|reglement|statuten|notulen|verslag|jaarverslag|advies|notitie|nota|beleid|handleiding|beleidsplan|begroting"
    r"|lag|förordning|stadgar|protokoll|kallelse|dagordning|årsredovisning|verksamhetsberättelse|rapport|regler|ordningsregler|medlemsinformation|vedtekter|vedtægter|referat|årsrapport|årsmelding|ustawa|rozporządzenie|uchwała|zarządzenie|statut|regulamin|protokół|sprawozdanie|raport|zákon|vyhláška|stanovy|zápis|zpráva|usnesení"
    r"|törvény|rendelet|határozat|alapszabály|szabályzat|jegyzőkönyv|meghívó|beszámoló|jelentés|lege|ordonanță|hotărâre|statut|regulament|proces[- ]verbal|kanun|yönetmelik|tüzük|karar|rapor[u]?|tutanak|kılavuz|proje(?:si)?|undang-undang|peraturan|keputusan|laporan|panduan"
    r"|закон\w*|приказ|постановление|указ|решение|распоряжение|положение|устав|правила|протокол|отч[её]т|доклад|инструкция|программа|заявление|наказ|постанова|рішення|статут|положення|звіт|порядок|листок|довідка)\b"
    r"|\w{4,}(?:gesetz|verordnung|satzung|ordnung|richtlinie|protokoll|bericht|studie|leitfaden|handbuch|brief|plan|programm|verslag|plan|beleid|besluit|stadgar|redovisning|berättelse|regler|rapport|szabály|szabályzat|rendelet|terv)(?:en|er|e|et)?\b"
    r"|.{0,12}(?:条例|法律|办法|规定|通知|公告|报告|報告|決定|規則|議事録|要綱|計画|指針|보고서|법률|규칙|회의록|계획)|(?:ال)?(?:قانون|قرار|مرسوم|تقرير|دراسة|دليل|نظام|لائحة|محضر|بيان)",
    re.IGNORECASE,
)
"""A title that begins with the kind of document that it is (`Annual report ...`, `Arrêté n° ...`), after two words at most."""

KIND_NUMBER = re.compile(
    r"(?:\bn(?:[°ºo]|um|r|umber|ro)?\.?\s?[°º:]?|№|#|第)\s*\d[\w./-]*|\b\d{1,5}/(?:19|20)?\d\d\b", re.IGNORECASE
)
"""The number of an act, a decision or an order."""

PERIODICAL = re.compile(
    r"\b(?:journal|review|gazette|magazine|quarterly|proceedings|transactions|annals|archives|letters|times|herald|tribune|register|revue|revista|rivista|zeitschrift|annales|cahiers|boletín|diario|jornal|journal officiel|diário|gazzetta|gazeta|вестник|журнал|вісник|学报|期刊|学会誌|官報|مجله|مجلة|dergi\w*)\b"
    r"|\bvol(?:ume|\.)?\s?\d|\[vol\b|\bno\.\s?\d|\(forthcoming\)|\bissue \d",
    re.IGNORECASE,
)
"""A periodical's name, or the volume and number of an issue."""

PRESS = re.compile(
    r"(?:(?:for immediate |press |media |news )(?:release|statement|advisory|information)|communiqués?(?: de presse)?|dossier de presse|comunicado(?: de prensa| de imprensa| à imprensa)?|nota (?:de prensa|à imprensa|de imprensa|stampa)|comunicato(?: stampa)?"
    r"|presse(?:mitteilung|information|erklärung|meldung|meddelelse|melding)|medienmitteilung|persbericht|pressmeddelande|lehdistötiedote|tiedote|komunikat prasowy|informacja prasowa|tisková zpráva|tlačová správa|sajtóközlemény|comunicat de pres[aă]|basın (?:bülteni|açıklaması)|siaran pers"
    r"|thông cáo báo chí|δελτίο τύπου|пресс-релиз|прес-реліз|新闻稿|新聞稿|プレスリリース|報道発表資料|보도자료|بيان صحفي|هودعה לעיתונות)\W*$",
    re.IGNORECASE,
)
"""What stands over the headline of a press release."""

LETTERHEAD = re.compile(
    r"\b(?:r[ée]publique|republic|rep[úu]blica|republik|repubblica|kingdom|state of|government|gouvernement|gobierno|governo|pr[ée]f(?:ecture|et|ète|ete)|pr[ée]fet(?:e|ète)?|d[ée]partement\w*|direction|mairie|commune|canton|arrondissement|région|academia|académie|rectorat|conselho|consejo|câmara|cámara|senado|secretar[ií]a|prefeitura|munic[ií]pio|municipalidad|ayuntamiento|estado d[eo]"
    r"|faculdade|facultad|facolt[àa]|fakult\w+|universit\w*|universid\w+|üniversitesi|university|uniwersytet|yliopisto|egyetem|school|college|escola|escuela|école|collège|lycée|scuola|schule|gymnasium|szkoła|iskola|škola|okul\w*|vidyalaya|academy|community council|town council|parish|diocese|church|église|iglesia|gemeinden?|kirche|förening\w*|brf|egyesület\w*|társaság\w*|alapítvány\w*|sdružení|spolek|stowarzyszenie|fundacja|ministr\w+|minist[eéè]r\w+|department of"
    r"|foundation|autorit\w+|autoridad|autoridade|behörde|rotary|trust|nhs|parochie|paroisse|paróquia|kommission|bezirk|gemeindebezirk|administration|archives|library|museum|hospital|society|association|asociación|associação|associazione|verein|club|institute|institut\w*|committee|commission|council|agency|authority|bureau|office of|federation|union|company|limited|ltd|inc|gmbh|corporation|tribunal|court of|cour d|corte|ministerie|gemeente|raad van|tweede kamer|staten-generaal|stad|kommun|landsting|nations unies|united nations)\b"
    r"|университет\w*|министерство|академия|республик\w+|федерац\w+|університет\w*|міністерство|республіка|україн\w+|国务院|大学|学院|委员会|省|局$|株式会社|협회|대학교|وزارة|جامعة|الجمهورية|جمهورية|دانشگاه",
    re.IGNORECASE,
)
"""What the head of a letter, an act or a thesis names before its title: states, offices, schools, societies."""

GROUPS = re.compile(
    r"\w{3,}(?:verein|verband|forening|förening|styrelse|stelle|bund|netzwerk|stiftung|gesellschaft|genossenschaft|selskab|skole|skola|partiet|seura|liitto|säätiö|koulu)(?:e?s|en|ens|et|ets|ar|er)?\b"
    r"|\b(?:spol(?:ek|ku)|sdružení|združeni[ea]|úřad|egyesület\w*|társaság\w*|alapítvány\w*|yhdistys\w*|önkormányzat\w*|főiskola|tiedekunta|kaupunki|kunta|kommunen?|klub\w*|clubes?"
    r"|clubs?|gmin[ay]|szkoł[ay]|starostwo|obec|město|škol[ay]|partido|party|parti|partei|derneği|dernek|vakf[ıi]|belediye(?:si)?|müdürlüğü|başkanlığı|fakültesi|primări[ae]|consiliul|școala"
    r"|asociați[ae]|fundați[ae]|sindicat\w*|cooperativ[ae]|câmara|igreja|colégio|liceo|istituto|comune|regione|provincia|stowarzyszeni[ea]|zarząd|rektorat|wydział|školstva)\b"
    r"|школ[аы]\b|администраци[яи]\b|совет\b|партия\b|товариств[оа]\b|об.єднання\b|спілк[аи]\b|рада\b|кафедр[аи]\b|факультет\w*|위원회|교육청|학교|재단|연구원|학회|조합|협회|공단"
    r"|学校|協会|学会|委員会|財団|組合|研究所|公司|协会|委员会|มหาวิทยาลัย|โรงเรียน|สำนักงาน|กระทรวง|มูลนิธิ|สมาคม",
    re.IGNORECASE,
)
"""Words for bodies in further languages, and endings of such words."""

ORGANISED = re.compile(f"(?i:{ORGANISATION.pattern})|(?i:{LETTERHEAD.pattern})|(?i:{GROUPS.pattern})")
"""A word that names of organisations hold."""

NOT_PUBLISHED = re.compile(
    r"\b(?:received|accepted|submitted|effective|expires?|due|deadline|as of|until|since|accessed|retrieved|visited|downloaded|printed|meeting|held|period|ended|ending|adopted|approved|signed"
    r"|born|founded|established|between|from|conference|workshop|session|embargo\w*|reçu|accepté|consulté|recibido|aceptado|consultado|eingereicht|angenommen|abgerufen|e\.?g\.?|example"
    r"|fiscal year|amended|act of|law|directive|regulation|resolution|comments? (?:by|due)|valid|review by|next review|入手|閲覧|访问)\W*(?:\w+\W+){0,4}$",
    re.IGNORECASE,
)
"""What before a date says that it is another date than that of publication."""

MACHINE = re.compile(
    r"\b(?:pdf )?(?:created|generated|exported|downloaded|printed|accessed|retrieved|last checked)\b(?:[^.]|\.\w){0,60}$"
    r"|\b(?:document )?(?:généré|téléchargé|imprimé|édité|consulté) le\b|\b(?:descargado|impreso|generado|consultado|recuperado) el\b"
    r"|\b(?:gerado|impresso|baixado|acesso) em\b|\b(?:abgerufen|gedruckt|ausgedruckt|heruntergeladen|erzeugt|zugriff|zitat vom)\b|\bdata dostępu\b"
    r"|\b(?:received|accepted|reçu|accepté|recibido|aceptado|recebido|aceite|aceito|eingegangen|angenommen|ricevuto|ontvangen|modtaget|przyjęto|received in revised form)\b\W*(?:\w+\W+){0,3}$"
    r"|дата обращения|打印日期|下载|閲覧日|印刷日|受付|受理|収受|접수|다운로드|تاريخ الاستلام|دریافت|پذیرش",
    re.IGNORECASE,
)
"""What before a day says that it is that of a download, a print or the post, and never the document's."""

NO_YEAR = re.compile(
    r"\b(?:19|20)\d\d\s?[-–/]\s?(?:19|20)?\d\d\b|\b(?:in|since|of|from|by|act|law|until|en|de|du|depuis|seit|im|del|no|em|w|r)\s*,?\s*$",
    re.IGNORECASE,
)
"""What makes a year that of a period, of an act, or of a story."""

NEXT = re.compile(
    r"\b(?:next|forthcoming|upcoming|nächste\w*|prochaine?|próxim[ao]|prossim[ao]|volgende|nästa|næste|neste|następn\w+|příští|következő|следующ\w+|наступн\w+)\b|次回|다음",
    re.IGNORECASE,
)
"""What before a day says that it is still to come."""

DATE_LABELS: dict[str, re.Pattern[str]] = {
    "issued": re.compile(
        r"\b(?:published|publication|issued?|released?|release|posted|publi[ée]e?s?|parution|paru|publicado|publicada|publicación|publicação|erschienen|veröffentlicht|herausgegeben|pubblicat\w+"
        r"|gepubliceerd|uitgegeven|udgivet|utgiven|utgitt|julkaistu|opublikowan\w+|wydan\w+|vydáno|publikován\w+|megjelen\w+|publicat|yayın\w*|diterbitkan|опубликован\w*|издан\w*|опубліковано)\b"
        r"|发布|发表|出版|発行|公開|公表|刊行|발행|발간|게시|تاريخ النشر|نشر|תאריך פרסום|פורסם|เผยแพร่",
        re.IGNORECASE,
    ),
    "dated": re.compile(
        r"\b(?:dated?|date of (?:this )?(?:report|document|issue)|report date|prepared (?:on|date)|as of|effective|fecha|data|datum|dato|stand|päivämäärä|päiväys|dátum|dátuma|kelt|keltezés|tarih|tanggal|ngày|ημερομηνία|дата|від|от)\b|日期|日付|作成日|年月日|날짜|일자|التاريخ|تاريخ|תאריך|วันที่|दिनांक",
        re.IGNORECASE,
    ),
    "revised": re.compile(
        r"\b(?:updated?|revised?|revision|rev|version|v|edition|last (?:updated|modified|reviewed)|mis à jour|mise à jour|màj|version du|actualizad[oa]|actualización|versión|aktualisiert|fassung|überarbeitet|aktualizovan\w*|zaktualizowan\w*|bijgewerkt|versie|uppdaterad|opdateret|atualizad[oa]|versão|edição|ред|редакция|обновлен\w*|güncelle\w*)\b\.?|更新|改訂|改正|修訂|版|개정|تحديث",
        re.IGNORECASE,
    ),
    "decided": re.compile(
        r"\b(?:adopted|approved|signed|enacted|assented|passed|ratified|resolved|ordered|executed|sworn|adopt[ée]e?s?|approuv[ée]e?s?|sign[ée]e?|fait à|fait le|aprobad[oa]|firmad[oa]|dad[oa] en|aprovad[oa]|beschlossen|genehmigt|unterzeichnet|verabschiedet|approvat[oa]|vastgesteld|antagen|vedtaget|godkendt|vedtatt|uchwal\w+|schválen\w*|elfogad\w+|adoptat|kabul|disahkan|ditetapkan|принят\w*|утвержден\w*|затверджен\w*|прийнят\w*)\b|通过|議決|制定|公布|의결|제정",
        re.IGNORECASE,
    ),
    "met": re.compile(
        r"\b(?:meeting|held|session|conference|workshop|hearing|heard|minutes|réunion|séance|assemblée|tenue|reunión|sesión|celebrad[oa]|reunião|sessão|realizad[oa]|sitzung|versammlung|tagung|riunione|seduta|assemblea|vergadering|zitting|möte|sammanträde|møde|møte|generalforsamling|kokous|zebranie|posiedzenie|schůze|jednání|zasadnutie|ülés|közgyűlés|ședinț\w+|toplantı|rapat|заседани\w*|собрани\w*|засідання)\b|会議|会议|회의|اجتماع|جلسة",
        re.IGNORECASE,
    ),
    "starts": re.compile(
        r"\b(?:effective|effect on(?: the)?|commence[sd]?|in force|entry into force|valid from|starting|begins|en vigueur|vigente|vigencia|in kraft|gültig ab|entrata in vigore|inwerkingtreding|obowiązuje|hatály\w*|в силу)\b|施行|시행",
        re.IGNORECASE,
    ),
    "received": re.compile(
        r"\b(?:received|accepted|submitted|filed|reçue?|acceptée?|recibido|aceptado|recebido|aceito|eingegangen|eingereicht|angenommen|ricevuto|ontvangen|modtaget|přijato|beérkez\w+|поступила|надійшла|docketed|entered)\b|受付|受理|接收|収受|접수",
        re.IGNORECASE,
    ),
    "made": re.compile(
        r"\b(?:printed|generated|created|downloaded|accessed|retrieved|visited|exported|imprimé|généré|téléchargé|consulté|impreso|generado|descargado|consultado|impresso|gerado|gedruckt|abgerufen|erzeugt|stampato|geraadpleegd|afgedrukt|hämtad|wydrukowano|staženo|letöltve|распечатано|дата обращения|pdf)\b|打印|印刷日|下载|閲覧|출력",
        re.IGNORECASE,
    ),
    "period": re.compile(
        r"\b(?:period|year (?:ended|ending)|ended|ending|quarter|fiscal|financial year|as at|until|through|deadline|due|by|before|expires?|valid until|no later than|exercice|période|jusqu'au|avant le|au plus tard|clos le|ejercicio|período|periodo|hasta|antes del|exercício|até|zeitraum|geschäftsjahr|bis|spätestens|frist|esercizio|fino al|entro|uiterlijk|tot en met|periode|senast|inden|senest|za okres|do dnia|do|za období|időszak|határidő|perioada|dönem|за период|за період|до)\b|期間|期限|まで|締切|기간|까지",
        re.IGNORECASE,
    ),
    "cites": re.compile(
        r"\b(?:act|law|regulation|directive|decree|resolution|decision|order|judgment|agreement|contract|treaty|letter|loi|décret|arrêté|règlement|directive|ordonnance|délibération|ley|decreto|reglamento|resolución|lei|portaria|resolução|gesetz|verordnung|richtlinie|beschluss|legge|decreto|regolamento|wet|besluit|verordening|lag|förordning|lov|bekendtgørelse|laki|asetus|ustawa|rozporządzenie|uchwała|zákon|vyhláška|nařízení|törvény|rendelet|lege|hotărâre|ordonanță|kanun|undang-undang|luật|nghị định|закон\w*|приказ\w*|постановлени\w*|указ\w*|наказ\w*|постанов\w*)\b|法律|条例|第.{1,6}号|법률",
        re.IGNORECASE,
    ),
    "born": re.compile(
        r"\b(?:born|founded|established|since|died|née?|fondée?|depuis|nacid[oa]|fundad[oa]|nascid[oa]|geboren|gegründet|seit|nat[oa]|fondat[oa]|opgericht|född|født|urodzon\w+|narozen\w*|született|alapít\w+|doğum|lahir|рожд\w*|основан\w*)\b|生年|設立|創立|설립",
        re.IGNORECASE,
    ),
}  # fmt: skip
"""What the words before a date say of it."""

IMPRINT = (
    "©", "(c) 19", "(c) 20", "copyright", "all rights reserved", "isbn", "issn", "published by", "first published", "printed in", "printed by",
    "creative commons", "cataloguing", "impressum", "dépôt légal", "depósito legal", "tous droits", "derechos reservados", "direitos reservados",
    "alle rechte", "herausgeber", "éditeur", "editado por", "publié par", "publicado por", "wydawca", "издател", "版权", "出版", "発行", "발행", "حقوق",
)  # fmt: skip
"""What an imprint or copyright page says, folded."""

ABSTRACT = (
    "abstract", "résumé", "resumen", "resumo", "riassunto", "zusammenfassung", "samenvatting", "streszczenie", "abstrakt", "sammanfattning",
    "özet", "аннотация", "анотація", "реферат", "keywords", "key words", "mots-clés", "palabras clave", "palavras-chave", "摘要", "要旨", "あらまし",
    "초록", "الملخص", "چکیده", "תקציר",
)  # fmt: skip
"""One of these stands on the first page of an article."""

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
    r"^(?:microsoft (?:word|powerpoint|excel)|powerpoint presentation|untitled|\(?anonymous\)?|\(?unspecified\)?|untitled[- ]?\d*|document\s?\d*|doc\s?\d*|no ?title|titel|title|slide 1|presentation\s?\d*|layout \d+|print|book\d*|sheet\d*"
    r"|word document|full page photo|scan(?:ned)?(?: document| image)?|img_?\d+|image\d*|template|draft|final|report|cover|front cover|new document|sans titre|sin título|unbenannt|documento\d*|präsentation\d*"
    r"|bericht|\W*|\d+|blank page|adobe \w+ .*|acrobat .*|about:blank|home|index|(?:page|seite) \d+)$|\.(?:docx?|pdf|indd|qxp|qxd|pptx?|xlsx?|rtf|odt|tex|dvi|ps|eps|ai|p65|pub|txt|htm|html|wpd|tif|jpg)$"
    r"|^(?:microsoft (?:word|powerpoint|excel) - )|^https?://|^file:|^[a-z]:\\|^\w+[_-]\w*[_-]\w*$|^[0-9a-f-]{16,}$",
    re.IGNORECASE,
)
"""Titles in a file's properties that its tool, template or file name gave."""
