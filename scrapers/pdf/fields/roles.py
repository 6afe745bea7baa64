"""Words that say what a person named beside them has to do with a document, in the languages of reports. Data only."""

# ruff: noqa: E501, SIM905 - lists of words
from __future__ import annotations

import re

WRITES = (
    "by|author|authors|author(s)|authored by|written by|written and researched by|researched and written by|prepared by|drafted by|report by|research by|text by|compiled by|co-authors|co-author|lead author|lead authors|lead writer|principal author"
    "|main author|main authors|corresponding author|contributing authors|authors and contributors|authors of this report|about the author|about the authors|writer|writers|researcher|researchers|rapporteur|submitted by|respectfully submitted|respectfully submitted by|presented by"
    "|presenter|presenters|recorded by|minutes taken by|minutes by|from|author name|student|candidate|created by|posted by|investigator|principal investigator"
    "|par|auteur|auteurs|auteure|auteures|autrice|autrices|auteur(s)|auteur·e·s|rédigé par|rédaction|rédacteur|rédactrice|rédacteurs|écrit par|préparé par|établi par|élaboré par|présenté par|présentée par|présenté et soutenu par|soutenue par|étude réalisée par|un texte de|texte|textes|propos recueillis par|de|rapporteurs|rapporteure"
    "|por|autor|autora|autores|autoras|autor(es)|autor/a|autoría|autoria|elaborado por|elaborada por|elaboró|elaboración|elaboração|preparado por|escrito por|redactado por|redacción|redação|texto|textos|presentado por|presentada por|apresentado por|realizado por|investigación|acadêmico|acadêmica|aluno|aluna|discente|relator|relatora|ponente"
    "|von|autor|autorin|autoren|autorinnen|autorinnen und autoren|verfasser|verfasserin|verfasst von|verfasst|geschrieben von|erstellt von|erstellt durch|bearbeitet von|bearbeiter|bearbeiterin|bearbeitung|vorgelegt von|eingereicht von|text|texte|referent|referentin|protokoll|protokollführer|protokollantin|ein beitrag von"
    "|di|autore|autrice|autori|a cura di|scritto da|redatto da|redazione|testi|testo di|testi di|relatore|hanno contribuito alla stesura|da|candidato|candidata"
    "|door|auteur|auteurs|opgesteld door|opsteller|geschreven door|steller|schrijver|samengesteld door|van|indiener|indieners"
    "|av|af|författare|författad av|skriven av|skrivet av|text av|rapportör|protokollförare|forfatter|forfattere|skrevet av|skrevet af|udarbejdet af|utarbeidet av|referent|tekst|kirjoittaja|kirjoittajat|tekijä|tekijät|laatija|laatinut"
    "|autorzy|autorka|opracowanie|opracował|opracowała|opracowali|przygotował|przygotowała|napisał|napisała|sporządził|wykonał|wykonała|autoři|vypracoval|vypracovala|zpracoval|zpracovala|zpracovali|napsal|sepsal|autori|vypracovali|spracoval|spracovala"
    "|szerző|szerzők|írta|készítette|összeállította|întocmit|întocmit de|elaborat de|scris de|autori|yazar|yazarlar|yazan|hazırlayan|hazırlayanlar|oleh|penulis|disusun oleh|ditulis oleh|penyusun|tác giả|người viết|nhóm tác giả|συγγραφέας|συγγραφείς|συντάκτης|του|της|autors"
    "|автор|авторы|автори|авторка|авторський колектив|авторский коллектив|автор статьи|подготовил|подготовила|подготовили|составил|составила|составитель|составители|выполнил|выполнила|выполнили|исполнитель|исполнители|написал|студент|виконав|виконала|виконали|підготував|підготувала|підготували|укладач|укладачі|студентка|доповідач"
    "|作者|撰文|撰稿|著者|执笔|執筆|執筆者|编写|编著|文|著|作成|作成者|文責|筆者|報告者|저자|집필|지은이|글|작성|작성자|연구자|연구책임자|공동연구자|المؤلف|المؤلفون|المؤلفة|إعداد|اعداد|بقلم|تأليف|كتابة|كتبه|الباحث|الباحثة|الباحثون|نویسنده|نویسندگان|نگارنده|تهیه کننده|מאת|כתב|כתבה|נכתב על ידי|लेखक|द्वारा|ผู้เขียน|ผู้จัดทำ|โดย|ผู้แต่ง"
)
"""Labels of those who wrote it. A signature and the sender of a letter count as well."""

OTHERWISE = (
    "place|location|venue|where|when|date|time|lieu|heure|ort|zeit|luogo|ora|plaats|tijd|local|lugar|hora|sted|tid|plats|paikka|aika|miejsce|czas|místo|čas|miesto|helyszín|időpont|место|время|місце|час|地点|時間|場所|日時|장소|일시|المكان|الزمان"
    "|editor|editors|edited by|editor-in-chief|editorial board|editorial team|editing|design|designed by|design and layout|layout|graphic design|illustration|illustrations|illustrated by|photo|photos|photography|photographer|photo credit|photo credits|cover|cover photo|cover design|translation|translated by|translator"
    "|reviewed by|reviewer|reviewers|peer review|contributors|contributor|contributions|supervisor|supervisors|supervised by|co-supervisor|mentor|client|advisor|adviser|advisors|thesis advisor|examiner|examiners|committee|jury|contact|contacts|contact person|for more information|for further information|media contact|press contact|further information|telephone"
    "|to|cc|attn|attention|addressee|for the attention of|dear|recipient|recipients|present|in attendance|attendance|attendees|attending|absent|apologies|also present|members|participants|members present|excused|guests|chair|chairman|chairperson|chairs|approved by|approved|authorised by|authorized by|certified by|checked by|verified by|endorsed by|published by|publisher|funded by|for|on behalf of"
    "|thanks|acknowledgements|acknowledgments|special thanks|director|president|secretary|treasurer|board|board of directors|trustees|council members|councillors|owner|witness|witnesses|plaintiff|defendant|petitioner|respondent|judge|counsel|attorney|notary|prepared for|submitted to|presented to|commissioned by|printed by|distribution|owner|moved by|seconded by|proposed by"
    "|à|destinataire|destinataires|à l'attention de|copie|directeur de publication|directrice de publication|directeur de la publication|responsable de la publication|conception|mise en page|maquette|graphisme|crédits photos|photographies|traduction|relecture|directeur de thèse|directrice de thèse|codirecteur|co-directeur|codirectrice|co-directrice|directeur de mémoire|encadrant|encadrants|encadreur|maître de stage|tuteur académique|enseignant|personnes présentes|personnes excusées|sous la direction de|encadré par|tuteur|jury|rapporteur de thèse|présents|présent|étaient présents|absents|excusés|absents excusés|pouvoirs|secrétaire de séance|membres|contact presse|pour|le maire|président|présidente|comité de rédaction|dossier suivi par|affaire suivie par|suivi par|approuvé par|vu"
    "|editor|editora|edición|edição|diseño|diagramación|maquetación|fotografía|fotografías|traducción|revisión|revisado por|aprobado por|coordinación|director de tesis|director del proyecto|profesor|profesora|docente|profesor guía|profesora guía|profesor/a guía|profesor tutor|tutor|tutora|asesor|dirigido a|señor|señores|presentes|asistentes|contacto|para|orientador|orientadora|coorientador|coorientadora|professor|professora|professor orientador|professora orientadora|prof. orientador|orientação|banca examinadora|revisão|projeto gráfico|diagramação|fotografia|tradução|aprovado por|presidente|diretor|secretário|contato|membros|ao|à"
    "|herausgeber|herausgeberin|herausgegeben von|redaktion|gestaltung|satz|layout|fotos|foto|titelbild|übersetzung|lektorat|betreuer|betreuerin|gutachter|erstgutachter|zweitgutachter|an|empfänger|anwesend|anwesende|entschuldigt|teilnehmer|teilnehmende|ansprechpartner|ansprechpartnerin|kontakt|pressekontakt|vorstand|geschäftsführer|vorsitzender|verantwortlich|v.i.s.d.p|genehmigt|geprüft von|freigegeben von|druck"
    "|direttore|progetto grafico|grafica|impaginazione|fotografie|traduzione|revisione|supervisore|destinatario|presenti|assenti|contatti|presidente|segretario|relatore di tesi|correlatore|eindredactie|redactie|vormgeving|ontwerp|foto's|vertaling|begeleider|opdrachtgever|promotor|copromotor|aan|aanwezig|afwezig|contactpersoon|portefeuillehouder|voorzitter|griffier"
    "|redaktör|redaktion|formgivning|grafisk form|foto|foton|bilder|omslag|uppdragsgivare|opponent|examinator|översättning|handledare|till|närvarande|kontakt|ordförande|ansvarig utgivare|vejleder|til|til stede|deltagere|afbud|formand|kontaktperson|redaktør|veileder|til stede|leder|toimittaja|ohjaaja|läsnä|taitto|kuvat|puheenjohtaja"
    "|redakcja|redaktor|projekt graficzny|skład|korekta|tłumaczenie|promotor|recenzent|obecni|kontakt|zatwierdził|zatwierdzam|do|redakce|grafika|překlad|vedoucí práce|oponent|přítomni|schválil|kontakt|vedúci práce|školiteľ|prítomní|schválil|szerkesztő|lektor|témavezető|jelen|címzett|jóváhagyta|coordonator|îndrumător|prezenți|către|aprobat|editör|danışman|danışmanı|tez danışmanı|proje danışmanı|katılanlar|editor|pembimbing|dosen pembimbing|pembimbing materi|pembimbing teknik|dosen|penguji|kepada|mengetahui|menyetujui|người hướng dẫn|επιμέλεια|επιβλέπων|προς|παρόντες"
    "|редактор|редакция|под редакцией|дизайн|верстка|фото|перевод|рецензент|рецензенты|руководитель|научный руководитель|заведующий кафедрой|консультант|преподаватель|кому|присутствовали|присутствуют|утверждаю|согласовано|утвердил|контакты|директор|председатель|секретарь|принял|проверил|керівник|науковий керівник|завідувач кафедри|консультант|рецензент|присутні|затверджую|погоджено|затвердив|кому|голова|редактор|перевірив"
    "|编辑|責任編集|編集|编辑部|设计|翻译|审核|校对|指导教师|指導教員|联系人|收件人|出席者|出席|欠席|監修|翻訳|デザイン|連絡先|問合せ先|担当|発行人|편집|디자인|번역|감수|지도교수|참석자|담당|문의|발행인|المحرر|تحرير|تصميم|ترجمة|مراجعة|إشراف|المشرف|إلى|الحضور|استاد راهنما|ویراستار|ترجمه|עריכה|עיצוב|תרגום|מנחה|אל|לכבוד|บรรณาธิการ|ที่ปรึกษา"
)
"""Labels of all others: who edits, designs, is addressed, supervises, attends, approves or may be asked."""

CLOSING = re.compile(
    r"(?:yours|your) (?:sincerely|faithfully|truly|very truly)|sincerely(?: yours)?|(?:with )?(?:kind|best|warm) regards|respectfully|respectfully submitted|regards|signed|/s/|s/|salutations distinguées|cordialement|bien cordialement"
    r"|veuillez agréer.*|atentamente|cordialmente|saludos|atenciosamente|mit freundlichen grüßen|freundliche grüße|hochachtungsvoll|cordiali saluti|distinti saluti|met vriendelijke groet(?:en)?|hoogachtend|med vänlig(?:a)? hälsning(?:ar)?|med venlig hilsen|med vennlig hilsen"
    r"|z poważaniem|s pozdravem|s úctou|s pozdravom|üdvözlettel|tisztelettel|cu stimă|saygılarımla|hormat kami|trân trọng|με εκτίμηση|с уважением|з повагою|此致|敬具|以上|올림|드림|مع التقدير|وتفضلوا بقبول.*|بااحترام",
    re.IGNORECASE,
)
"""What stands above a signature."""

POST = re.compile(
    r"\b(?:president|vice[- ]president|director|directrice|directeur|director(?:a)?|manager|head of|chief|officer|secretary|chair(?:man|woman|person)?|professor|lecturer|researcher|analyst|fellow|coordinator|consultant|advisor|adviser|editor|minister|mayor|maire|commissioner|engineer|attorney|counsel|clerk|treasurer|principal|dean|student|candidate"
    r"|président(?:e)?|secrétaire|chargée? de|responsable|professeur|chercheu(?:r|se)|ingénieur|adjoint(?:e)?|presidente|director(?:a)? general|secretari[oa]|coordinador(?:a)?|coordenador(?:a)?|profesor(?:a)?|professora|investigador(?:a)?|pesquisador(?:a)?|leiter(?:in)?|geschäftsführer(?:in)?|vorsitzende(?:r)?|bürgermeister(?:in)?|professorin|referent(?:in)?|direttore|presidente|sindaco|voorzitter|burgemeester|wethouder|secretaris|ordförande|formand|kasserer|puheenjohtaja"
    r"|prezes|dyrektor|kierownik|ředitel|starosta|předseda|riaditeľ|elnök|titkár|director general|başkan|müdür|ketua|kepala|giám đốc|πρόεδρος|директор|начальник|председатель|министр|губернатор|голова|доцент|профессор|професор)\b|代表|理事|会長|社長|部長|課長|教授|主任|总经理|主席|회장|대표|원장|교수|مدير|رئيس|وزير",
    re.IGNORECASE,
)
"""A post that a person holds, as it stands beside a name."""


NO_NAME = frozenset(
    "the a an our this that rapport report rapporto informe relatório bericht étude texte text le la les das die der dem il lo gli el los las het een den et and und of for in on at dear new all no not your his her"
    " con avec mit with mr mrs ms dr prof page version draft date datum fecha january february march april may june july august september october november december"
    " monday tuesday wednesday thursday friday saturday sunday street road avenue rue".split()
)
"""Words that no name begins with, however it is written."""

THINGS = frozenset(
    "by and und och og és și и та shall street road avenue lane house square article section chapter annex appendix expert lead equipment"
    " department departamento departement faculty faculdade facultad diretoria comissão capítulo capitulo chapitre kapitel overview gmina"
    " hospital church parish school university rue place straße strasse platz weg calle avenida via piazza".split()
)
"""Words that no person's name holds: of addresses, headings and sentences."""

WROTE = re.compile(
    r"\b(?:researched|written|drafted|authored|prepared|compiled|paper|report|study|brief|article|thesis|submitted)\b[\w ,()]{0,40}?\bby\s+"
    r"|\b(?:rédigée?|écrite?|préparée?|élaborée?|réalisée?|établie?)s?\b[\w ,()]{0,30}?\bpar\s+"
    r"|\b(?:escrit[oa]|redactad[oa]|elaborad[oa]|preparad[oa]|redigid[oa]|produzid[oa]|realizad[oa])s?\b[\w ,()]{0,30}?\bpor\s+"
    r"|\b(?:verfasst|geschrieben|erstellt|erarbeitet)\b[\w ,()]{0,30}?\b(?:von|durch)\s+|\b(?:von|durch)\s+(?=[^.]{3,80}\b(?:verfasst|geschrieben|erstellt|erarbeitet)\b)"
    r"|\b(?:scritto|redatto|curato)\b[\w ,()]{0,30}?\bda\s+|\b(?:geschreven|opgesteld)\b[\w ,()]{0,30}?\bdoor\s+",
    re.IGNORECASE,
)  # fmt: skip
"""How a sentence names who wrote the document."""


def folded(words: str) -> frozenset[str]:
    """Return labels as they are looked up."""
    return frozenset(word.casefold() for word in words.split("|"))


WRITES_LABELS, OTHERWISE_LABELS = folded(WRITES), folded(OTHERWISE) - folded(WRITES)
