# ruff: noqa: E501, SIM905 - words and sentences
"""What made papers say, by language, and the names, places and posts that they print."""

from __future__ import annotations

from dataclasses import dataclass

GIVEN = (
    "Amina Kwabena Ngozi Fatou Chidi Tendai Wanjiru Priya Arjun Lakshmi Sanjay Nusrat Tharindu Maung Thuy Siti Budi Marisol Joaquín Beatriz Thiago Camille Étienne Solène Ilse"
    " Jörg Katarzyna Zoltán Ioana Oksana Dmytro Aino Ragnhild Søren Bronwen Niamh Ruth Oliver Grace Victor Hyun-woo Mei Haruka Leila Yusuf Noa Mihi Anahí Kofi Zanele"
).split()
FAMILY = (
    (
        "Okafor Mensah Diallo Wanjala Ndlovu Traoré Mukherjee Raghunathan Perera Hossain Sharma Thapa Nguyen Santoso Rahman Quispe Villanueva Carvalho Monteiro Lefèvre Dubois Marchand"
        " van Dijk Hoffmann Brandstätter Kowalska Wiśniewski Horváth Ionescu Shevchenko Koval Virtanen Haugland Lindqvist Llewellyn O'Connor Fairweather Whitcombe Sinclair Park Tanaka Haddad Yıldız Ben-David Tamahori Mamani"
    )
    .replace("van Dijk", "van-Dijk")
    .split()
)
PLACES = "Brindle Oslomere Kantara Vellingham Port-Amber Sandrova Millbrook Tolvanna Riverton Lussac Morvane Altenau Quillaro".split()
POSTS = "Programme Officer|Executive Director|Senior Analyst|Policy Adviser|Head of Research|Secretary|Project Manager".split(
    "|"
)

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
}


@dataclass(frozen=True)
class Words:
    """What papers say in one language."""

    about: tuple[str, ...]
    """What titles begin with."""
    of: tuple[str, ...]
    """What they speak of."""
    bodies: tuple[str, ...]
    """Names of organisations; `{}` is a place."""
    by: tuple[str, ...]
    authors: str
    edited: str
    contact: str
    subject: str
    dear: str
    regards: str
    published: str
    date: str
    received: str
    present: str
    to: str
    sentence: str
    kinds: dict[str, str]


WORDS = {
    "en": Words(
        ("Access to", "The cost of", "A review of", "Who pays for", "Rebuilding", "Monitoring", "The future of", "Lessons from", "Bylaws and rules for", "Beyond"),
        ("clean water in the lowlands", "public transport", "land rights and mining", "school meals", "coastal fisheries", "housing after the flood", "open contracting", "forest communities", "digital identity", "seasonal labour"),
        ("{} Centre for Public Policy", "Institute of Rural Studies", "{} Community Council", "Foundation for Open Records", "Ministry of Works of {}", "{} Workers' Association"),
        ("By", "Written by", "Prepared by", "Author:", "Authors:"), "Authors", "Edited by", "Contact:", "Subject:", "Dear Sir or Madam,", "Yours sincerely,", "Published", "Date:", "Received", "Present:", "To:",
        "The people of the district asked for the records in spring and were told that nobody had kept them since then.",
        {"report": "Report", "brief": "Policy Brief", "minutes": "Minutes of the Meeting", "press": "Press Release", "newsletter": "Newsletter", "memo": "Memorandum", "law": "Act", "decision": "Decision", "thesis": "Master's Thesis", "form": "Application Form"},
    ),
    "fr": Words(
        ("L’accès à", "Le coût de", "Étude sur", "Surveiller", "L’avenir de", "Les leçons de", "Règlement de"),
        ("l’eau potable en plaine", "la pêche côtière", "l’éclairage public", "la cantine scolaire", "l’identité numérique", "la forêt communale", "l’habitat après la crue"),
        ("Commune de {}", "Institut des études rurales", "Association des riverains de {}", "Fondation pour les archives ouvertes", "Ministère des travaux publics"),
        ("Par", "Rédigé par", "Auteur :", "Auteurs :"), "Auteurs", "Sous la direction de", "Contact :", "Objet :", "Madame, Monsieur,", "Cordialement,", "Publié le", "Date :", "Reçu le", "Présents :", "À :",
        "Les habitants du district ont demandé les registres au printemps et on leur a répondu que personne ne les avait.",
        {"report": "Rapport", "brief": "Note de politique", "minutes": "Procès-verbal", "press": "Communiqué de presse", "newsletter": "Bulletin", "memo": "Note de service", "law": "Loi", "decision": "Arrêté", "thesis": "Mémoire de master", "form": "Formulaire"},
    ),
    "es": Words(
        ("Acceso a", "El costo de", "Estudio de", "El futuro de", "Lecciones de", "Reglamento de"),
        ("la pesca costera", "el transporte público", "la tierra y la minería", "la vivienda tras la inundación", "el agua potable"),
        ("Municipalidad de {}", "Instituto de Estudios Rurales", "Asociación de Vecinos de {}", "Fundación para el Acceso Público"),
        ("Por", "Elaborado por", "Autor:", "Autores:"), "Autores", "Edición:", "Contacto:", "Asunto:", "Estimados señores:", "Atentamente,", "Publicado el", "Fecha:", "Recibido:", "Asistentes:", "Para:",
        "Los habitantes del distrito pidieron los registros en primavera y les dijeron que nadie los había guardado nunca.",
        {"report": "Informe", "brief": "Nota de políticas", "minutes": "Acta de la reunión", "press": "Comunicado de prensa", "newsletter": "Boletín", "memo": "Memorando", "law": "Ley", "decision": "Resolución", "thesis": "Tesis de maestría", "form": "Formulario"},
    ),
    "de": Words(
        ("Zugang zu", "Die Kosten von", "Studie zu", "Die Zukunft von", "Lehren aus", "Satzung über"),
        ("Trinkwasser im Tiefland", "Küstenfischerei und Arbeit", "Wohnen nach der Flut", "Schulessen", "digitaler Identität"),
        ("Gemeinde {}", "Institut für ländliche Studien", "Verband der Anwohner {}", "Stiftung Offene Akten", "Umweltbundesstelle"),
        ("Von", "Verfasst von", "Autor:", "Autorinnen und Autoren:"), "Autoren", "Redaktion:", "Ansprechpartner:", "Betreff:", "Sehr geehrte Damen und Herren,", "Mit freundlichen Grüßen", "Erschienen", "Datum:", "Eingegangen am", "Anwesend:", "An:",
        "Die Menschen des Bezirks fragten im Frühjahr nach den Unterlagen und hörten, dass niemand sie aufbewahrt hatte.",
        {"report": "Bericht", "brief": "Kurzstudie", "minutes": "Protokoll der Sitzung", "press": "Pressemitteilung", "newsletter": "Rundbrief", "memo": "Aktennotiz", "law": "Gesetz", "decision": "Beschluss", "thesis": "Masterarbeit", "form": "Antrag"},
    ),
    "pt": Words(
        ("Acesso a", "O custo de", "Estudo sobre", "O futuro de", "Regimento de"),
        ("pesca costeira", "transporte público", "moradia após a enchente", "água potável"),
        ("Prefeitura de {}", "Instituto de Estudos Rurais", "Associação dos Moradores de {}", "Fundação Dados Abertos"),
        ("Por", "Elaborado por", "Autor:", "Autores:"), "Autores", "Organização:", "Contato:", "Assunto:", "Prezados senhores,", "Atenciosamente,", "Publicado em", "Data:", "Recebido em", "Presentes:", "Para:",
        "Os moradores do distrito pediram os registros na primavera e ouviram que ninguém os tinha guardado até então.",
        {"report": "Relatório", "brief": "Nota técnica", "minutes": "Ata da reunião", "press": "Comunicado de imprensa", "newsletter": "Boletim", "memo": "Memorando", "law": "Lei", "decision": "Portaria", "thesis": "Dissertação de mestrado", "form": "Formulário"},
    ),
    "nl": Words(
        ("Toegang tot", "De kosten van", "Onderzoek naar", "De toekomst van"),
        ("drinkwater in de polder", "de kustvisserij", "wonen na de vloed", "digitale identiteit"),
        ("Gemeente {}", "Instituut voor Plattelandsstudies", "Vereniging van Bewoners {}", "Stichting Open Dossiers"),
        ("Door", "Opgesteld door", "Auteur:", "Auteurs:"), "Auteurs", "Eindredactie:", "Contactpersoon:", "Onderwerp:", "Geachte heer, mevrouw,", "Met vriendelijke groet,", "Gepubliceerd op", "Datum:", "Ontvangen op", "Aanwezig:", "Aan:",
        "De mensen van het district vroegen in het voorjaar naar de stukken en hoorden dat niemand ze had bewaard.",
        {"report": "Rapport", "brief": "Beleidsnotitie", "minutes": "Verslag van de vergadering", "press": "Persbericht", "newsletter": "Nieuwsbrief", "memo": "Memo", "law": "Wet", "decision": "Besluit", "thesis": "Masterscriptie", "form": "Formulier"},
    ),
    "pl": Words(
        ("Dostęp do", "Koszty", "Badanie", "Przyszłość"),
        ("wody pitnej na nizinach", "transportu publicznego", "rybołówstwa przybrzeżnego", "tożsamości cyfrowej"),
        ("Gmina {}", "Instytut Badań Wiejskich", "Stowarzyszenie Mieszkańców {}", "Fundacja Otwarte Akta"),
        ("Autor:", "Autorzy:", "Opracowanie:"), "Autorzy", "Redakcja:", "Kontakt:", "Dotyczy:", "Szanowni Państwo,", "Z poważaniem", "Opublikowano", "Data:", "Wpłynęło:", "Obecni:", "Do:",
        "Mieszkańcy okręgu poprosili wiosną o dokumenty i usłyszeli, że od tamtej pory nikt ich nie przechowywał.",
        {"report": "Raport", "brief": "Notatka", "minutes": "Protokół z posiedzenia", "press": "Komunikat prasowy", "newsletter": "Biuletyn", "memo": "Notatka służbowa", "law": "Ustawa", "decision": "Uchwała", "thesis": "Praca magisterska", "form": "Wniosek"},
    ),
    "uk": Words(
        ("Доступ до", "Вартість", "Дослідження", "Майбутнє"),
        ("питної води на рівнині", "громадського транспорту", "прибережного рибальства", "цифрової ідентичності"),
        ("Інститут сільських студій", "Фонд відкритих архівів", "Міністерство громадських робіт"),
        ("Автор:", "Автори:", "Підготувала:"), "Автори", "Редактор:", "Контакт:", "Тема:", "Шановні пані та панове!", "З повагою", "Опубліковано", "Дата:", "Надійшла", "Присутні:", "Кому:",
        "Мешканці району попросили навесні показати записи і почули, що відтоді ніхто не зберігав їх в архіві.",
        {"report": "Звіт", "brief": "Аналітична записка", "minutes": "Протокол засідання", "press": "Пресреліз", "newsletter": "Бюлетень", "memo": "Службова записка", "law": "Закон", "decision": "Рішення", "thesis": "Магістерська робота", "form": "Заява"},
    ),
}  # fmt: skip
