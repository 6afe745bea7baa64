"""Names of months by language, as they are printed, and the calendars that are not the Gregorian one. Data only.

A month's variants are parted by blanks; an underscore stands for a blank within one. They are compared after
`scrapers.values.dates` has folded both sides (lower case, no dot, alef without hamza), so each stands here once.
"""

# ruff: noqa: E501, RUF005, SIM905 (tables of words)

from __future__ import annotations

MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "january jan", "february feb febr", "march mar", "april apr", "may", "june jun",
        "july jul", "august aug", "september sep sept", "october oct", "november nov", "december dec",
    ),
    "fr": (
        "janvier janv jan", "février fevrier févr fevr fév fev", "mars", "avril avr", "mai", "juin",
        "juillet juil", "août aout", "septembre sept sep", "octobre oct", "novembre nov", "décembre decembre déc dec",
    ),
    "es": (
        "enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun",
        "julio jul", "agosto ago", "septiembre setiembre sept set sep", "octubre oct", "noviembre nov", "diciembre dic",
    ),
    "de": (
        "januar jänner jan jän", "februar feber feb", "märz maerz mär mrz", "april apr", "mai", "juni jun",
        "juli jul", "august aug", "september sept sep", "oktober okt", "november nov", "dezember dez",
    ),
    "pt": (
        "janeiro jan", "fevereiro fev", "março marco mar", "abril abr", "maio mai", "junho jun",
        "julho jul", "agosto ago", "setembro set", "outubro out", "novembro nov", "dezembro dez",
    ),
    "it": (
        "gennaio gen genn", "febbraio feb febbr", "marzo mar", "aprile apr", "maggio mag magg", "giugno giu",
        "luglio lug", "agosto ago", "settembre set sett", "ottobre ott", "novembre nov", "dicembre dic",
    ),
    "nl": (
        "januari jan", "februari feb", "maart mrt", "april apr", "mei", "juni jun",
        "juli jul", "augustus aug", "september sep", "oktober okt", "november nov", "december dec",
    ),
    "sv": (
        "januari jan", "februari feb", "mars", "april apr", "maj", "juni jun",
        "juli jul", "augusti aug", "september sep sept", "oktober okt", "november nov", "december dec",
    ),
    "da": (
        "januar jan", "februar feb", "marts mar", "april apr", "maj", "juni jun",
        "juli jul", "august aug", "september sep sept", "oktober okt", "november nov", "december dec",
    ),
    "nb": (
        "januar jan", "februar feb", "mars mar", "april apr", "mai", "juni jun",
        "juli jul", "august aug", "september sep sept", "oktober okt", "november nov", "desember des",
    ),
    "fi": (
        "tammikuu tammikuuta", "helmikuu helmikuuta", "maaliskuu maaliskuuta", "huhtikuu huhtikuuta",
        "toukokuu toukokuuta", "kesäkuu kesäkuuta", "heinäkuu heinäkuuta", "elokuu elokuuta",
        "syyskuu syyskuuta", "lokakuu lokakuuta", "marraskuu marraskuuta", "joulukuu joulukuuta",
    ),
    "pl": (
        "stycznia styczeń sty", "lutego luty lut", "marca marzec mar", "kwietnia kwiecień kwi", "maja maj",
        "czerwca czerwiec cze", "lipca lipiec lip", "sierpnia sierpień sie", "września wrzesień wrz",
        "października październik paź", "listopada listopad lis", "grudnia grudzień gru",
    ),
    "cs": (
        "ledna leden", "února únor", "března březen", "dubna duben", "května květen", "června červen",
        "července červenec", "srpna srpen", "září", "října říjen", "listopadu listopad", "prosince prosinec",
    ),
    "sk": (
        "januára január", "februára február", "marca marec", "apríla apríl", "mája máj", "júna jún",
        "júla júl", "augusta august", "septembra september", "októbra október", "novembra november",
        "decembra december",
    ),
    "hr": (
        "siječnja siječanj", "veljače veljača", "ožujka ožujak", "travnja travanj", "svibnja svibanj", "lipnja lipanj",
        "srpnja srpanj", "kolovoza kolovoz", "rujna rujan", "listopada listopad", "studenoga studenog studeni",
        "prosinca prosinac",
    ),
    "sl": (
        "januarja januar", "februarja februar", "marca marec", "aprila april", "maja maj", "junija junij",
        "julija julij", "avgusta avgust", "septembra september", "oktobra oktober", "novembra november",
        "decembra december",
    ),
    "hu": (
        "január jan", "február febr", "március márc", "április ápr", "május máj", "június jún",
        "július júl", "augusztus aug", "szeptember szept", "október okt", "november nov", "december dec",
    ),
    "ro": (
        "ianuarie ian", "februarie feb", "martie mar", "aprilie apr", "mai", "iunie iun",
        "iulie iul", "august aug", "septembrie sept sep", "octombrie oct", "noiembrie noi nov", "decembrie dec",
    ),
    "ca": (
        "gener gen", "febrer febr", "març", "abril abr", "maig", "juny", "juliol jul", "agost", "setembre set",
        "octubre oct", "novembre nov", "desembre des",
    ),
    "tr": (
        "ocak oca", "şubat şub", "mart", "nisan nis", "mayıs", "haziran haz", "temmuz tem", "ağustos ağu",
        "eylül eyl", "ekim eki", "kasım kas", "aralık ara",
    ),
    "id": (
        "januari jan", "februari pebruari feb", "maret mar", "april apr", "mei", "juni jun",
        "juli jul", "agustus agu agt ags", "september sep", "oktober okt", "november nopember nov", "desember des",
    ),
    "ms": (
        "januari jan", "februari feb", "mac", "april apr", "mei", "jun", "julai", "ogos ogo", "september sep",
        "oktober okt", "november nov", "disember dis",
    ),
    "sw": (
        "januari", "februari", "machi", "aprili", "mei", "juni", "julai", "agosti", "septemba", "oktoba", "novemba",
        "desemba",
    ),
    "ru": (
        "января январь янв", "февраля февраль февр фев", "марта март мар", "апреля апрель апр", "мая май",
        "июня июнь июн", "июля июль июл", "августа август авг", "сентября сентябрь сент сен",
        "октября октябрь окт", "ноября ноябрь нояб ноя", "декабря декабрь дек",
    ),
    "uk": (
        "січня січень січ", "лютого лютий лют", "березня березень бер", "квітня квітень квіт", "травня травень трав",
        "червня червень черв", "липня липень лип", "серпня серпень серп", "вересня вересень вер",
        "жовтня жовтень жовт", "листопада листопад лист", "грудня грудень груд",
    ),
    "be": (
        "студзеня", "лютага", "сакавіка", "красавіка", "мая", "чэрвеня", "ліпеня", "жніўня", "верасня",
        "кастрычніка", "лістапада", "снежня",
    ),
    "bg": (
        "януари ян", "февруари фев", "март", "април апр", "май", "юни", "юли", "август авг", "септември септ",
        "октомври окт", "ноември ное", "декември дек",
    ),
    "sr": (
        "јануар јануара", "фебруар фебруара", "март марта", "април априла", "мај маја", "јун јуна", "јул јула",
        "август августа", "септембар септембра", "октобар октобра", "новембар новембра", "децембар децембра",
    ),
    "el": (
        "ιανουαρίου ιανουάριος ιαν", "φεβρουαρίου φεβρουάριος φεβ", "μαρτίου μάρτιος μαρ", "απριλίου απρίλιος απρ",
        "μαΐου μάιος μαι μαϊ", "ιουνίου ιούνιος ιουν", "ιουλίου ιούλιος ιουλ", "αυγούστου αύγουστος αυγ",
        "σεπτεμβρίου σεπτέμβριος σεπ", "οκτωβρίου οκτώβριος οκτ", "νοεμβρίου νοέμβριος νοε", "δεκεμβρίου δεκέμβριος δεκ",
    ),
    "ar": (
        "يناير كانون_الثاني جانفي", "فبراير شباط فيفري", "مارس آذار", "أبريل إبريل نيسان أفريل", "مايو أيار ماي",
        "يونيو يونيه حزيران جوان", "يوليو يوليه تموز جويلية يوليوز", "أغسطس آب أوت غشت", "سبتمبر أيلول شتنبر",
        "أكتوبر تشرين_الأول", "نوفمبر تشرين_الثاني نونبر", "ديسمبر كانون_الأول دجنبر",
    ),
    "fa": (
        "ژانویه ژانویهٔ", "فوریه فوریهٔ", "مارس", "آوریل آپریل", "مه می", "ژوئن", "ژوئیه جولای ژوییه", "اوت آگوست اگست",
        "سپتامبر", "اکتبر", "نوامبر", "دسامبر",
    ),
    "ur": (
        "جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر", "نومبر", "دسمبر",
    ),
    "he": (
        "ינואר בינואר", "פברואר בפברואר", "מרץ במרץ מרס במרס", "אפריל באפריל", "מאי במאי", "יוני ביוני", "יולי ביולי",
        "אוגוסט באוגוסט", "ספטמבר בספטמבר", "אוקטובר באוקטובר", "נובמבר בנובמבר", "דצמבר בדצמבר",
    ),
    "hi": (
        "जनवरी जन", "फ़रवरी फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर सितम्बर",
        "अक्टूबर अक्तूबर", "नवंबर नवम्बर", "दिसंबर दिसम्बर",
    ),
    "bn": (
        "জানুয়ারি জানুয়ারী", "ফেব্রুয়ারি ফেব্রুয়ারী", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট আগষ্ট", "সেপ্টেম্বর",
        "অক্টোবর", "নভেম্বর", "ডিসেম্বর",
    ),
    "th": (
        "มกราคม ม.ค", "กุมภาพันธ์ ก.พ", "มีนาคม มี.ค", "เมษายน เม.ย", "พฤษภาคม พ.ค", "มิถุนายน มิ.ย",
        "กรกฎาคม ก.ค", "สิงหาคม ส.ค", "กันยายน ก.ย", "ตุลาคม ต.ค", "พฤศจิกายน พ.ย", "ธันวาคม ธ.ค",
    ),
    "lv": (
        "janvārī", "februārī", "martā", "aprīlī", "maijā", "jūnijā", "jūlijā", "augustā", "septembrī", "oktobrī",
        "novembrī", "decembrī",
    ),
}  # fmt: skip

FORMS: dict[str, tuple[str, ...]] = {
    "ckb": ("{}ی",), "eu": ("{}ren", "{}k"), "he": ("ב{}",), "ku": ("{}a", "{}ê"), "mn": ("{}ын",), "th": ("เดือน{}",),
}  # fmt: skip
"""What a language adds to a month's name within a date."""

OTHER_CALENDARS: dict[str, str] = {
    "Hijri": (
        "محرم صفر ربيع_الأول ربيع_الآخر ربيع_الثاني جمادى_الأولى جمادى_الآخرة جمادى_الثانية رجب شعبان رمضان شوال"
        " ذو_القعدة ذي_القعدة ذو_الحجة ذي_الحجة muharram safar rajab ramadan shawwal dhu_al-hijjah"
    ),
    "Persian": (
        "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند"
        " farvardin ordibehesht khordad tir mordad shahrivar mehr aban azar dey bahman esfand"
    ),
    "Hebrew": "תשרי חשוון כסלו טבת שבט אדר ניסן אייר סיוון תמוז אב אלול",
    "Nepali": "वैशाख जेठ असार साउन भदौ असोज कार्तिक मंसिर पुस माघ फागुन चैत",
}
"""Month names of calendars whose dates are refused by name, not converted."""

YEAR_ZERO: dict[str, int] = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
    "民國": 1911,
    "民国": 1911,
}
"""Eras that state themselves before the year, with what is added to their years to give ours."""

BUDDHIST = 543
"""What is taken from a year of the Buddhist calendar to give ours."""

BEFORE_MONTH = frozenset(
    [
        "",
        *"- of day día días dia dias mes mês de del d da di du den der des dhen la le al el the em do dne ngày i a am ta ta’ vom від เดือน شهر ne pa ê ی an".split(),
    ]
)
"""What may stand between a day and its month, or a month and its year; the empty word is bare punctuation."""

BESIDE_YEAR = frozenset(
    [
        "",
        *"of de del di du do su dal u year año anno г год года р року ж m e c n ค ศ ค.ศ พ พ.ศ พุทธศักราช ព.ស ព ស".split(),
    ]
    + "am pm a.m p.m utc gmt est edt cst cdt pst pdt mst mdt bst cet cest ist z at um à a las en".split()
)
"""What may stand between the rest of a date and its year: particles, eras, hours' halves, time zones."""

AFTER_YEAR = frozenset("m gada g ж жылы жылғы йил йили թ թվականի e ko eko оны год года".split())
"""What may follow a year before its month: `2019 m. gegužės 23 d.`, `2019. gada 23. maijs`, `2019(e)ko maiatzaren 23a`."""

NUMBERING = frozenset(
    "no nr n° nº № num núm number numero número numéro nummer vol volume volumen band bd tome tom jg jahrgang issue heft ausgabe"
    " edition edición édition fascicule выпуск том номер nro č sayı cilt".split()
)
"""What says that the number behind it counts issues: `No. 12 May 2005` is a month."""
