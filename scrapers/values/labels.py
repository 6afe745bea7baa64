"""Words that sites print before a value (`Author:`, `Published on:`), by field and language. Data, and how it is matched."""

# ruff: noqa: E501 (tables of words)

from __future__ import annotations

import re
from functools import lru_cache

LABELS: dict[str, dict[str, tuple[str, ...]]] = {
    "authors": {
        "en": ("author", "authors", "author(s)", "written by", "by", "posted by", "published by author", "creator", "creators",
               "contributor", "contributors", "article by", "story by", "words by", "words", "text by", "report by", "prepared by",
               "tabled by", "introduced by", "submitted by", "creator(s)", "contributor(s)", "author name", "author(s) name", "lead author",
               "lead authors", "main author", "report author", "report authors", "authored by"),
        "fr": ("auteur", "auteurs", "auteur(s)", "autrice", "auteure", "auteur·e·s", "par", "écrit par", "rédigé par", "publié par", "posté par",
               "texte", "textes", "texte de", "auteur.e.s", "auteur-e-s", "auteurs et autrices", "auteur principal", "créateur", "créatrice", "créateurs", "soumis par", "présenté par", "présentée par", "présentés par", "déposé par", "déposée par"),
        "es": ("autor", "autora", "autores", "autoras", "autor(es)", "autoría", "por", "escrito por", "publicado por", "elaborado por", "texto", "textos", "autor/a", "autor(a)", "autores/as", "creador", "creadora", "creadores", "enviado por", "redactado por", "presentado por",
               "presentada por"),
        "de": ("autor", "autorin", "autoren", "autor*in", "autor:in", "autorinnen", "von", "verfasst von", "verfasser", "verfasserin",
               "geschrieben von", "text", "ein beitrag von", "vorgelegt von", "eingereicht von", "autor*innen", "autor:innen", "autor_innen", "autor·innen",
               "autor/in", "autor/-in", "autor(in)", "autoren/innen", "autor/innen", "autorinnen und autoren", "autoren und autorinnen", "verfasser*in",
               "verfasser:in", "verfasser/in", "verfasser*innen", "verfasser:innen", "verfasserinnen", "ersteller", "erstellerin"),
        "pt": ("autor", "autora", "autores", "autor(es)", "autoria", "por", "escrito por", "publicado por", "texto", "reportagem", "autor/a", "autor(a)", "autores/as", "criador", "criadora", "enviado por", "submetido por", "apresentado por", "apresentada por"),
        "it": ("autore", "autrice", "autori", "di", "a cura di", "scritto da", "testo di", "testo", "testi", "pubblicato da", "autore/i", "autore/autrice", "autori/autrici", "creatore", "inviato da", "presentato da", "presentata da"),
        "nl": ("auteur", "auteurs", "auteur(s)", "door", "geschreven door", "ingediend door"),
        "sv": ("författare", "av", "skriven av", "skribent"), "da": ("forfatter", "forfattere", "af", "skrevet af"),
        "no": ("forfatter", "forfattere", "av", "skrevet av"), "fi": ("kirjoittaja", "tekijä", "kirjoittajat"),
        "pl": ("autor", "autorzy", "autorka", "autor(ka)", "autor/ka", "napisał", "napisała"), "cs": ("autor", "autoři", "autor(ři)", "autorka", "napsal", "napsala"), "sk": ("autor", "autori"),
        "hu": ("szerző", "szerzők", "írta"), "ro": ("autor", "autori", "autoare", "de"), "tr": ("yazar", "yazarlar", "yazar(lar)", "yazan", "hazırlayan", "hazırlayanlar"),
        "id": ("penulis", "pengarang", "penyusun", "oleh", "ditulis oleh", "disusun oleh"), "vi": ("tác giả", "người viết"), "ca": ("autor", "autors", "autor/a", "per"),
        "el": ("συγγραφέας", "συγγραφείς", "συγγραφέας/εις", "συντάκτης", "δημιουργός", "του"),
        "ru": ("автор", "авторы", "автор(ы)", "автор статьи", "автор текста", "автор материала", "создатель", "подготовил", "подготовила", "подготовили", "текст"),
        "uk": ("автор", "автори", "авторка", "автор(и)", "автор тексту", "підготував", "підготувала"), "bg": ("автор", "автори", "автор(и)"),
        "sr": ("аутор", "autor"),
        "zh": ("作者", "作 者", "撰文", "撰稿", "文", "记者", "記者", "编辑作者", "著者", "文章作者", "作者姓名", "创作者", "創作者", "责任者", "撰稿人", "通讯员", "通訊員", "特约记者"), "ja": ("著者", "執筆者", "筆者", "著", "執筆", "文", "作成者", "著者名", "執筆者名", "文責"),
        "ko": ("저자", "작성자", "글쓴이", "글", "지은이", "기자", "작성", "기자명", "저자명", "작성자명", "필자", "집필", "집필자", "연구책임자"), "ar": ("الباحث", "الباحثة", "الباحثون", "مؤلف", "اسم المؤلف", "المؤلف الرئيسي", "كاتب", "كتبت", "أعده", "المؤلف", "المؤلفون", "الكاتب", "الكاتبة", "بقلم", "كتبه", "كتب", "تأليف", "إعداد"),
        "fa": ("نویسنده", "نویسندگان", "نوشته", "پدیدآور", "مؤلف", "نگارنده"), "ur": ("مصنف", "تحریر"), "he": ("מאת", "מחבר", "מחברת", "מחברים"), "hi": ("लेखक", "लेखिका", "द्वारा"),
        "bn": ("লেখক",), "ta": ("ஆசிரியர்",), "th": ("ผู้เขียน", "ผู้แต่ง", "โดย"),
    },
    "date_published": {
        "en": ("published", "published on", "published at", "date published", "publication date", "date of publication", "posted", "posted on",
               "date posted", "date", "release date", "released", "released on", "first published", "first published on", "originally published",
               "originally published on", "issued", "date issued", "issue date", "publish date", "published date", "created", "created on",
               "submitted", "submitted on", "added", "year", "year of publication", "publication year", "year published", "date added", "press release date", "written", "written on", "date created", "created date", "date of issue", "date of release",
               "published online", "first published online", "online publication date", "issued on", "on"),
        "fr": ("publié le", "publiée le", "publié", "date de publication", "date", "mis en ligne le", "paru le", "posté le", "écrit le", "rédigé le", "première publication",
               "parution", "publication", "date de création", "date de parution", "date de mise en ligne", "paru en", "publié en", "année", "année de publication"),
        "es": ("publicado", "publicado el", "publicada el", "fecha de publicación", "fecha", "fecha publicación", "primera publicación", "escrito el", "fecha de creación", "fecha de emisión", "año", "año de publicación"),
        "de": ("veröffentlicht am", "veröffentlicht", "veröffentlichung", "datum", "veröffentlichungsdatum", "erschienen am", "erschienen", "publiziert am", "stand",
               "erstellt am", "geschrieben am", "verfasst am", "vom", "erscheinungsdatum", "publikationsdatum", "jahr", "erscheinungsjahr", "publikationsjahr", "jahr der veröffentlichung", "datum der veröffentlichung", "erstellungsdatum", "publiziert"),
        "pt": ("publicado em", "publicado", "publicada em", "data de publicação", "data", "data da publicação", "data de criação", "ano", "ano de publicação"),
        "it": ("pubblicato il", "pubblicato", "data di pubblicazione", "data", "pubblicata il", "scritto il", "data pubblicazione", "data di creazione", "anno", "anno di pubblicazione"),
        "nl": ("gepubliceerd op", "gepubliceerd", "publicatiedatum", "datum publicatie", "datum", "geplaatst op", "verschenen", "verschenen op"), "sv": ("publicerad", "publicerat", "publiceringsdatum", "datum"),
        "da": ("udgivet", "publiceret", "dato", "offentliggjort"), "no": ("publisert", "dato"), "fi": ("julkaistu", "päivämäärä"),
        "pl": ("opublikowano", "data publikacji", "data", "opublikowany", "dodano", "data wydania", "data ogłoszenia", "data dodania", "rok wydania"), "cs": ("publikováno", "datum", "zveřejněno", "datum zveřejnění", "datum vydání", "vydáno"),
        "sk": ("publikované", "dátum", "zverejnené"), "hu": ("megjelent", "közzétéve", "dátum"), "ro": ("publicat", "publicat la", "data"),
        "tr": ("yayın tarihi", "yayınlanma tarihi", "tarih", "yayınlandı", "yayım tarihi", "eklenme tarihi"), "id": ("diterbitkan", "tanggal", "dipublikasikan", "tanggal terbit", "tanggal publikasi"),
        "vi": ("ngày đăng", "ngày", "đăng ngày", "ngày xuất bản", "ngày ban hành"),
        "ca": ("publicat", "publicat el", "data"), "el": ("δημοσιεύτηκε", "δημοσιεύθηκε", "δημοσίευση", "ημερομηνία", "ημερομηνία δημοσίευσης", "ημ/νία δημοσίευσης"),
        "ru": ("опубликовано", "дата публикации", "дата", "опубликован", "опубликована", "размещено", "дата создания", "дата издания", "дата размещения", "размещена", "год", "год издания", "год публикации"), "uk": ("опубліковано", "дата публікації", "дата"),
        "bg": ("публикувано", "публикувана", "дата"), "sr": ("објављено", "objavljeno", "datum"),
        "zh": ("发布时间", "发布日期", "发表于", "发布于", "日期", "时间", "發布日期", "發佈日期", "發表於", "刊登日期", "出版日期", "发表时间", "发表日期", "發布時間", "出版年", "出版年份", "年份", "发稿时间", "公布日期", "印发日期", "出版时间", "发行日期", "公開日期"),
        "ja": ("公開日", "掲載日", "発行日", "投稿日", "日付", "発表日", "公開", "更新日公開日", "発行", "掲載", "発行年", "出版年", "発行年月日", "発行年月", "公表日", "発表年月日", "作成日", "掲載日時", "公開日時", "発行日時"),
        "ko": ("게시일", "발행일", "작성일", "등록일", "날짜", "입력", "게시", "발표일", "등록", "등록일자", "게시일자", "작성일자", "발간일", "배포일", "출판일", "공개일", "발행년도", "출판년도"),
        "ar": ("تاريخ النشر", "نشر في", "نُشر في", "نشرت في", "التاريخ", "تاريخ", "نشر بتاريخ", "تم النشر", "سنة النشر", "نُشر بتاريخ", "تاريخ الإصدار", "تاريخ الإضافة", "تاريخ الإنشاء"), "fa": ("تاریخ انتشار", "تاریخ", "منتشر شده"),
        "ur": ("تاریخ اشاعت", "شائع"), "he": ("פורסם", "תאריך", "תאריך פרסום", "פורסם בתאריך"), "hi": ("प्रकाशित", "दिनांक", "तारीख", "प्रकाशन तिथि", "प्रकाशन वर्ष"), "th": ("วันที่", "เผยแพร่", "วันที่เผยแพร่", "ปีที่พิมพ์"),
    },
    "date_modified": {
        "en": ("updated", "updated on", "last updated", "last updated on", "last modified", "modified", "last reviewed", "reviewed", "last update",
               "last change", "revised", "last edited", "date modified", "edited", "page last updated", "this page was last updated", "medically reviewed"),
        "fr": ("mis à jour le", "mis à jour", "dernière mise à jour", "modifié le", "dernière modification", "mise à jour", "actualisé le"),
        "es": ("actualizado", "actualizado el", "última actualización", "modificado", "última modificación", "fecha de actualización", "actualizada el"),
        "de": ("aktualisiert", "aktualisiert am", "zuletzt aktualisiert", "letzte aktualisierung", "letzte änderung", "geändert am", "zuletzt geändert"),
        "pt": ("atualizado", "atualizado em", "última atualização", "modificado", "última modificação", "actualizado em"),
        "it": ("aggiornato", "aggiornato il", "ultimo aggiornamento", "ultima modifica", "modificato il"), "nl": ("bijgewerkt", "laatst bijgewerkt", "gewijzigd", "laatst gewijzigd"),
        "sv": ("uppdaterad", "senast uppdaterad", "ändrad"), "da": ("opdateret", "sidst opdateret"), "no": ("oppdatert", "sist oppdatert"),
        "fi": ("päivitetty", "viimeksi päivitetty"), "pl": ("zaktualizowano", "aktualizacja", "ostatnia aktualizacja"), "cs": ("aktualizováno", "poslední aktualizace"),
        "hu": ("frissítve", "utolsó frissítés"), "ro": ("actualizat", "ultima actualizare"), "tr": ("güncelleme", "güncelleme tarihi", "son güncelleme"),
        "id": ("diperbarui", "terakhir diperbarui"), "vi": ("cập nhật",), "el": ("ενημερώθηκε", "τελευταία ενημέρωση"), "ca": ("actualitzat", "darrera actualització"),
        "ru": ("обновлено", "изменено", "последнее обновление", "дата обновления"), "uk": ("оновлено", "останнє оновлення"), "bg": ("обновено", "последна промяна"),
        "zh": ("更新时间", "更新日期", "更新于", "最后更新", "最後更新", "更新於", "修改时间", "更新時間"), "ja": ("更新日", "最終更新", "最終更新日", "更新", "改訂日"),
        "ko": ("수정일", "최종수정", "수정", "업데이트", "갱신일", "최종 수정"), "ar": ("آخر تحديث", "تم التحديث", "تاريخ التحديث", "تحديث"), "fa": ("آخرین به‌روزرسانی", "به‌روزرسانی"),
        "he": ("עודכן", "עודכן בתאריך"), "hi": ("अपडेट", "अंतिम अपडेट"), "th": ("อัปเดต", "ปรับปรุงล่าสุด"),
    },
    "editor": {
        "en": ("editor", "editors", "edited by", "editing", "photo", "photos", "photography", "photo by", "photos by", "photographs", "photographs by", "photography by", "illustrated by", "pictures", "illustration", "illustrations", "translated by", "translation", "translator", "reviewed by", "fact-checked by", "produced by", "media contact", "contact"),
        "de": ("redaktion", "bearbeitet von", "foto", "fotos", "übersetzung", "übersetzt von", "herausgeberin", "kontakt", "pressekontakt"), "fr": ("édité par", "photo", "photos", "traduction", "traduit par", "crédit photo", "contact", "contact presse"),
        "es": ("edición", "editado por", "foto", "fotos", "traducción", "traducido por", "contacto"), "pt": ("edição", "foto", "fotos", "tradução", "contato"), "it": ("foto", "traduzione", "contatto", "contatti"),
        "ru": ("редактор", "редакторы", "фото", "перевод", "переводчик", "контакт"), "zh": ("责任编辑", "责编", "编辑", "校对", "审核", "摄影", "责任编审", "编审", "责任編輯", "責任編輯", "編輯", "攝影", "译者", "翻译", "翻譯"), "ja": ("編集", "編集者", "撮影", "翻訳", "訳", "監修"), "ko": ("편집", "사진", "번역", "감수"),
        "ar": ("تحرير", "تصوير", "ترجمة"),
    },
    "publisher": {
        "en": ("publisher", "source", "published by"), "fr": ("éditeur", "source", "édité par"), "es": ("editorial", "fuente", "editor"), "de": ("herausgeber", "quelle", "verlag"),
        "pt": ("editora", "fonte"), "it": ("editore", "fonte"), "nl": ("uitgever", "bron"), "ru": ("издатель", "источник"), "zh": ("来源", "來源", "出版者", "出版社"),
        "ja": ("発行元", "出版社", "発行者", "出典"), "ko": ("출판사", "발행처", "출처"), "ar": ("الناشر", "المصدر"),
    },
    "kind": {
        "en": ("type", "content type", "document type", "resource type", "format", "publication type"), "fr": ("type", "type de document"), "es": ("tipo", "tipo de documento"),
        "de": ("typ", "art", "dokumenttyp"), "pt": ("tipo",), "it": ("tipo",), "ru": ("тип", "тип документа"), "zh": ("类型", "類型", "文章类型"), "ja": ("種類", "種別"), "ko": ("유형", "종류"),
        "ar": ("النوع", "نوع"),
    },
}  # fmt: skip

# Words before a day that is not its document's: of a member, of the last answer, of a term, of a visit to a source.
OTHER_DATES: dict[str, tuple[str, ...]] = {
    "en": ("joined", "join date", "member since", "registered", "registered on", "registration date", "founded", "established", "last post", "latest post",
           "last reply", "latest reply", "last message", "last activity", "last active", "last visit", "last visited", "last seen", "last online", "accessed",
           "accessed on", "access date", "retrieved", "retrieved on", "deadline", "due date", "closing date", "expires", "expires on", "expiry date",
           "expiration date", "valid until", "valid through", "valid to", "born", "born on", "date of birth", "birthday", "died",
           "when", "date of event", "event date", "date and time", "date/time", "date & time", "date(s)", "dates", "date of incident", "incident date", "date of meeting", "meeting date", "next meeting",
           "start date", "end date", "starts", "starts on", "ends", "ends on", "begins", "period", "period covered", "reporting period", "period of review",
           "effective", "effective date", "entry into force", "date of entry into force", "in force since", "signed on", "date of signature", "received",
           "accepted", "in revised form", "hearing date", "date deposited", "deposited on", "date of deposit", "date uploaded", "date submitted", "date available",
           "date accessioned", "date digitized", "date digitised", "apply by", "comments due",
           "consultation closes", "submission deadline", "project start", "project end", "date of fieldwork", "fieldwork", "date of hearing"),
    "fr": ("inscrit le", "inscription", "membre depuis", "dernier message", "dernière réponse", "consulté le", "date limite", "expire le", "valable jusqu'au", "né le", "née le",
           "quand", "date et heure", "date de l'événement", "date de l'incident", "date de la réunion", "prochaine réunion", "période", "période couverte", "début", "fin", "date de début", "date de fin",
           "entrée en vigueur", "date d'entrée en vigueur", "date de l'audience", "reçu le", "accepté le"),
    "es": ("registrado", "registrado el", "miembro desde", "se unió", "último mensaje", "última respuesta", "consultado el", "fecha límite", "válido hasta", "nacido el",
           "cuándo", "fecha y hora", "fecha del evento", "fecha del incidente", "fecha de la reunión", "próxima reunión", "período", "periodo", "período cubierto", "inicio", "fin", "fecha de inicio",
           "fecha de fin", "entrada en vigor", "fecha de la audiencia", "recibido", "aceptado"),
    "de": ("registriert", "registriert seit", "mitglied seit", "dabei seit", "beigetreten", "letzter beitrag", "letzte antwort", "abgerufen am", "zugriff am", "einsendeschluss",
           "bewerbungsschluss", "gültig bis", "geboren am",
           "wann", "termin", "datum und uhrzeit", "datum/uhrzeit", "veranstaltungsdatum", "datum der veranstaltung", "datum des vorfalls", "nächste sitzung", "sitzungsdatum", "zeitraum", "berichtszeitraum", "beginn", "ende",
           "inkrafttreten", "in kraft seit", "eingegangen am", "angenommen am", "anmeldeschluss", "laufzeit"),
    "pt": ("membro desde", "registrado em", "última mensagem", "última resposta", "acesso em", "acessado em", "prazo", "válido até",
           "quando", "data e hora", "data do evento", "data do incidente", "data da reunião", "período", "início", "fim", "entrada em vigor", "recebido em", "aceito em"),
    "it": ("iscritto dal", "iscritto il", "membro dal", "ultimo messaggio", "ultima risposta", "consultato il", "scadenza", "valido fino al",
           "quando", "data e ora", "data dell'evento", "data dell'incidente", "data della riunione", "periodo", "inizio", "fine", "entrata in vigore", "ricevuto il", "accettato il"),
    "nl": ("lid sinds", "lid geworden", "laatste bericht", "laatste reactie", "geraadpleegd op", "uiterlijk", "geldig tot"),
    "sv": ("medlem sedan", "gick med", "senaste inlägg", "hämtad"), "da": ("medlem siden", "seneste indlæg"), "pl": ("dołączył", "dołączyła", "ostatni post", "dostęp"),
    "ru": ("регистрация", "зарегистрирован", "на форуме с", "последнее сообщение", "последний ответ", "дата обращения", "срок подачи", "когда", "дата события",
           "дата происшествия", "дата заседания", "период", "отчётный период", "начало", "окончание", "вступление в силу", "поступила", "принята"), "uk": ("реєстрація", "дата звернення"),
    "tr": ("kayıt tarihi", "üyelik tarihi", "son mesaj", "son başvuru"), "zh": ("注册时间", "注册日期", "註冊時間", "最后回复", "最後回覆", "最后发表", "截止日期", "访问日期", "活动时间", "活動時間", "会议时间", "會議時間", "事发时间", "事發時間", "起止时间", "有效期", "收稿日期", "生效日期"),
    "ja": ("登録日", "最終投稿", "締切", "閲覧日", "開催日", "開催日時", "発生日", "期間", "対象期間", "施行日", "受付日"), "ko": ("가입일", "마지막 댓글", "마감일", "행사일", "개최일", "일시", "기간", "발생일", "시행일"), "ar": ("تاريخ التسجيل", "آخر مشاركة", "تاريخ الاطلاع", "آخر موعد", "متى", "تاريخ الحدث", "تاريخ الحادث", "الفترة", "تاريخ الاجتماع"),
}  # fmt: skip

# Words before the day of a decision, a law or a resolution: it dates the document where no day of publication is given.
DECISION_DATES: dict[str, tuple[str, ...]] = {
    "en": ("date of decision", "date of judgment", "date of judgement", "date of ruling", "date of order", "date of opinion", "date of adoption",
           "decision date", "judgment date", "judgement date", "adoption date", "date decided", "date delivered", "decided on", "delivered on", "adopted on"),
    "fr": ("date de la décision", "date de décision", "date du jugement", "date de l'arrêt", "date d'adoption"),
    "es": ("fecha de la sentencia", "fecha de sentencia", "fecha de la resolución", "fecha de resolución", "fecha de la decisión", "fecha de adopción"),
    "de": ("entscheidungsdatum", "datum der entscheidung", "urteilsdatum", "beschlussdatum", "beschlossen am"),
    "pt": ("data do julgamento", "data de julgamento", "data da decisão"), "it": ("data della decisione", "data della sentenza", "data sentenza"),
    "nl": ("datum uitspraak",), "sv": ("avgörandedatum",), "pl": ("data orzeczenia", "data wyroku"), "cs": ("datum rozhodnutí",), "tr": ("karar tarihi",),
    "ru": ("дата решения", "дата принятия", "дата постановления", "дата вынесения решения"), "zh": ("裁判日期", "判决日期", "判決日期"), "ja": ("裁判年月日", "判決日"),
    "ko": ("선고일", "선고일자"), "ar": ("تاريخ الحكم", "تاريخ القرار"),
}  # fmt: skip

# Words that are a label only with a colon or another mark after them: in a sentence they mean something else.
NEEDS_MARK = frozenset(
    [
        "by",
        "di",
        "de",
        "von",
        "por",
        "par",
        "per",
        "av",
        "af",
        "door",
        "oleh",
        "text",
        "texte",
        "textes",
        "texto",
        "textos",
        "testo",
        "testi",
        "words",
        "year",
        "jahr",
        "année",
        "año",
        "ano",
        "anno",
        "год",
        "年份",
        "on",
        "date",
        "fecha",
        "data",
        "datum",
        "dato",
        "дата",
        "стан",
        "stand",
        "created",
        "added",
        "issued",
        "type",
        "tipo",
        "typ",
        "art",
        "format",
        "source",
        "text",
        "текст",
        "source",
        "fonte",
        "quelle",
        "bron",
        "fuente",
        "vom",
        "tarih",
        "ngày",
        "文",
        "글",
        "著",
        "기자",
        "记者",
        "記者",
        "日期",
        "时间",
        "日付",
        "公開",
        "更新",
        "발행",
        "등록",
        "수정",
        "입력",
        "작성",
        "التاريخ",
        "تاريخ",
        "كتب",
        "نوع",
        "تحديث",
        "تاریخ",
        "reviewed",
        "modified",
        "edited",
        "revised",
        "publication",
        "parution",
        "του",
    ]
)


@lru_cache(maxsize=1)
def field_by_word() -> dict[str, str]:
    """Return label word -> field; where a word is of two fields, the one that comes first in LABELS."""
    table: dict[str, str] = {}
    for field, languages in LABELS.items():
        for words in languages.values():
            for word in words:
                table.setdefault(word, field)
    return table


@lru_cache(maxsize=1)
def _before_values() -> dict[str, str]:
    """Return the words that may stand before a value -> field; other days are `date_other` and `date_decided`."""
    days = (("date_other", OTHER_DATES), ("date_decided", DECISION_DATES))
    return {word: name for name, table in days for words in table.values() for word in words} | field_by_word()


KINDS = frozenset(
    [
        "news",
        "press",
        "release",
        "statement",
        "report",
        "blog",
        "article",
        "brief",
        "briefing",
        "paper",
        "update",
        "speech",
        "interview",
        "opinion",
        "comment",
        "analysis",
        "feature",
        "story",
        "communiqué",
        "actualité",
        "actualités",
        "noticia",
        "noticias",
        "comunicado",
        "prensa",
        "nota",
        "nachricht",
        "nachrichten",
        "pressemitteilung",
        "meldung",
        "bericht",
        "notizie",
        "comunicato",
        "notícia",
        "notícias",
        "новости",
        "новость",
        "заявление",
    ]
)
"""Words of kinds of documents: before a colon they introduce a day that is the document's (`Press release: 5 May 2021`)."""


def is_unknown_label(text: str) -> bool:
    """Whether what stands before a value is a label with a colon, of a meaning that is not known: `Date of spill:`."""
    if not text.endswith((":", "：")) or label_before(text) is not None:
        return False
    words = text.rstrip(":： ").split()
    return 1 <= len(words) <= 5 and words[0][0].isupper() and not any(w.lower() in KINDS for w in words)


_MARK = re.compile(r"\s*[:：∶︰]\s*")
_LONGEST = 36


def label_at_start(line: str) -> tuple[str, str, str] | None:
    """Return (field, label as printed, rest) where a line begins with a label and a colon, or is a label alone."""
    head = line[: _LONGEST + 4]
    mark = _MARK.search(head)
    if mark:
        field = field_by_word().get(head[: mark.start()].strip().lower())
        return (field, line[: mark.end()].strip(), line[mark.end() :].strip()) if field else None
    if len(line) <= _LONGEST and (field := field_by_word().get(line.strip().lower())):
        return field, line.strip(), ""
    return None


def labelled(line: str) -> list[tuple[str, str, str]]:
    """Return (field, label, value) for each label with a colon in a line: `来源：A 作者：B`, `Author: A, Published on: D`."""
    found: list[tuple[str, str, int, int]] = []
    for mark in _MARK.finditer(line[:600]):
        if len(found) < 8 and (label := label_before(line[max(0, mark.start() - _LONGEST) : mark.start()] + ":")):
            found.append((label[0], label[1], mark.start() - len(label[1]), mark.end()))
    ends = [start for _, _, start, _ in found[1:]] + [len(line)]
    return [
        (name, line[start:after].strip(), line[after:end].strip(" ,;|·•，；、/-–"))
        for (name, _, start, after), end in zip(found, ends, strict=True)
    ]


def field_of(word: str) -> str | None:
    """Return the field that a label word names (`Published on`, `作者`), or None."""
    return field_by_word().get(word.strip().rstrip(":：").strip().lower())


def label_before(text: str) -> tuple[str, str] | None:
    """Return (field, label) for the last label in the few words that stand before a value, or None.

    The field is `date_other` for a label of a day that is not the document's (`Member since`, `Last post`), and
    `date_decided` for that of a decision or a law (`Date of judgment`).
    """
    tail = text[-48:].rstrip()
    bare = tail.rstrip(":：-–— ").lower()
    marked = tail.endswith((":", "：", "-", "–", "—"))
    table = _before_values()
    for size in range(min(len(bare), _LONGEST), 0, -1):
        word = bare[-size:]
        field = table.get(word)
        if (
            field
            and (size == len(bare) or not (bare[-size - 1].isalnum() and bare[-size].isascii()))
            and (marked or word not in NEEDS_MARK)
        ):
            return field, word
    return None
