"""The language of a text (BCP 47): by its script, else by its commonest words, else by py3langid.

py3langid takes 0.6 s and 100 MB to load, so it is asked only where the words of ordinary prose don't decide.
"""

# ruff: noqa: E501 (tables of words)

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

_SAMPLE = 2500
LIST = 24
"""A text of this many words with hardly a common one among them is a list or a table."""
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+|www\.\S+")

# Scripts that decide the language, or leave it to letters that only one of their languages has.
_SCRIPTS = (
    ("ja", re.compile(r"[\u3041-\u30fa]")),
    ("ko", re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]")),
    ("ckb", re.compile(r"[\u0620-\u064a\u0671-\u06d5](?=[^\n]{0,40}[\u0695\u06b5\u06c6\u06ce])")),
    ("ar", re.compile(r"[\u0620-\u064a\u0671-\u06d3]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("th", re.compile(r"[\u0e01-\u0e30]")),
    ("my", re.compile(r"[\u1000-\u1021]")),
    ("km", re.compile(r"[\u1780-\u17a2]")),
    ("lo", re.compile(r"[\u0e81-\u0eae]")),
    ("ka", re.compile(r"[\u10d0-\u10f0]")),
    ("hy", re.compile(r"[\u0531-\u0587]")),
    ("am", re.compile(r"[\u1200-\u135a]")),
    ("hi", re.compile(r"[\u0904-\u0939]")),
    ("bn", re.compile(r"[\u0985-\u09b9]")),
    ("ta", re.compile(r"[\u0b85-\u0bb9]")),
    ("te", re.compile(r"[\u0c05-\u0c39]")),
    ("si", re.compile(r"[\u0d85-\u0dc6]")),
    ("el", re.compile(r"[\u03b1-\u03c9\u0391-\u03a9]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
# Characters that are written in one form of Chinese only; common ones suffice to be sure of a text.
_SIMPLIFIED = re.compile(
    r"[们这国会个为说时发现经问产业业东东书开关对动机权权让认议设该请谁课调谈谢证评识译试词语读谁头买卖学实办务区华协单历压厅双变号叶听员响团园围图圆场块坚执扩扫报护担拥择换据损显术条来极构标树样检楼欢气汉济测泽浅浓灭灯点热爱状独环电画监盘础确离种积称稳穷竞笔级纪约红线组细织终结给统继续维综绿编网罗职联肃胜脑节药营蓝虑虽补装观规视觉览计订讨训讲许论]"
)
_TRADITIONAL = re.compile(
    r"[們這國會個為說時發現經問產業東書開關對動機權讓認議設該請誰課調談謝證評識譯試詞語讀頭買賣學實辦務區華協單歷壓廳雙變號葉聽員響團園圍圖圓場塊堅執擴掃報護擔擁擇換據損顯術條來極構標樹樣檢樓歡氣漢濟測澤淺濃滅燈點熱愛狀獨環電畫監盤礎確離種積稱穩窮競筆級紀約紅線組細織終結給統繼續維綜綠編網羅職聯肅勝腦節藥營藍慮雖補裝觀規視覺覽計訂討訓講許論]"
)


# The commonest short words of running text; words shared by several languages count for each.
_WORDS = {
    "en": "the of and a to in is that for it as was with i be by on not he his but at are this have from or had an they which you were their him her she has will would there been if more when who its our we us can your all new no about"
    " also any because before being between both could did does don doesn down each even every few first get give go good great how into just keep know last learn like look made make many may me most much must my need never next now"
    " off one only open other out own people read right same see set should show some such take than them then these thing things think those through time two under up use used using very view want way well what where while why work"
    " world year years yet after always another around based best better buy day days during easy enough ever explore fast find free full help here high however it let light long low month months number offer offers part ready really"
    " share shop since small sort start still support team today together tools top type under until updated week weight within without works s t re ve ll",
    "fr": "le la les de des du et en un une que qui dans pour pas sur est au aux par avec ce il ne se plus son sa ses cette ont été sont ou mais nous leur ces comme leurs elle elles ils vous votre vos notre nos très tous toutes tout toute autres entre sans depuis comment aussi encore fait faire peut plusieurs après avant chez moins lors afin dont où sera voir découvrez",
    "es": "el la los las de del y en un una que por con para no se su al lo como más es sus pero fue ha este entre ser son también sobre desde muy sin hasta le les e me mi si sí ni nos nuestro nuestra nuestros esta esto estos estas tiene todo todos todas cada donde cuando quien cual otros otras mejor nuevo nueva años día ver antes así solo durante según parte puede",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen zur zum vom bis unter gegen ohne oder ob wenn weil damit mehr kann können wurde sein seine ihre ihr ihrer wir uns unser unsere sehr schon alle aller neue neuen neuer diese dieser dieses hier jetzt durch zwischen seit haben",
    "pt": "o a os as de do da dos das e em um uma que por com para não se no na nos nas ao mais como foi é são pelo pela seu sua mas também ou entre ser ele ela eles à às aos este esta isso essa esse já só muito todos todas cada onde quando quem melhor novo nova anos dia até sem sobre depois ainda pode tem nossa nosso você",
    "it": "il lo la i gli le di del della dei delle e in un una che per con non si da al alla nel nella sono è come anche più ma sul ha dal questo essere degli dello dai dagli agli alle allo nei negli sulla sui ed ad ci o tra fra quando dove chi cui tutti tutte tutto ogni senza dopo prima molto nuovo nuova anni giorno suo sua loro nostro nostra può questa questi",
    "nl": "de het een van en in is dat op te zijn met voor niet aan er om ook als dan maar bij of uit nog worden door naar heeft hij ze wordt deze over tot",
    "sv": "och att det i en som på är av för med den till har de inte om ett han men var jag sig från vi så kan när år under också efter eller",
    "da": "og i at det er en til på som med for den af de ikke der har et han var om men sig jeg fra vi så kan når blev efter også eller havde",
    "no": "og i det er en til på som med for den av de ikke har et han var om men seg jeg fra vi så kan når ble etter også eller hadde å",
    "fi": "ja on ei se että hän oli joka mutta ovat myös kun niin tai sen mukaan kuin ole jos vain jo hänen ne",
    "pl": "w i na z do się nie że jest to o jak za po od przez dla są oraz co jego był ale tym przy które może ich",
    "cs": "a v se na je že z s do o i to jako za po pro jsou ve by k od byl ale jeho také které které podle nebo",
    "sk": "a v sa na je že z s do o aj to ako za po pre sú vo by k od bol ale jeho ktoré podľa alebo",
    "hu": "a az és hogy nem is egy van meg ez de volt azt csak mint már még ki ha el kell pedig vagy",
    "ro": "de și în a la cu pe din un o să care nu este mai pentru al ce se prin sau au fost ale sunt dar după",
    "tr": "ve bir bu da de için ile çok olarak daha olan gibi kadar sonra ancak ne en var ise değil",
    "id": "yang dan di dengan untuk dari dalam ini itu pada tidak akan oleh juga ke adalah atau sebagai telah bahwa mereka",
    "sw": "na ya wa kwa ni katika za la kuwa hii cha huo yake hiyo kama ambayo au lakini pia",
    "tl": "ang ng sa na mga ay at ito si para may kung hindi ni rin siya nang",
    "vi": "của và là các có trong cho không được với một những người đã này khi để từ đến cũng",
    "ca": "el la els les de del i en un una que per amb és no es al més com van dels ha seva són aquest als",
    "af": "die en van in is het dat te om nie vir met op aan was word wat deur sal aangesien ook by as hy hulle ons maar uit een nog kan moet hierdie dit daar sy wees tot na oor reeds meer geen baie jaar waar",
    "gl": "o a os as de do da dos das e en un unha dunha nunha uns unhas que por con para non se no na nos nas ao á aos ás co coa cos coas polo pola polos polas máis como foi é son está pero ou entre ser el ela dende desde ata xa moi tamén sobre onde cando hai seu súa seus súas noso nosa aínda este esta isto eses anos ano segundo sen nin despois todo todos",
    "nn": "og i det er ein eit ei til på som med for den dei av ikkje har han var om men seg eg frå vi så kan når vart blir etter også eller hadde å kva korleis berre noko mykje sjølv skal vere vore desse kvar mellom",
    "lb": "de den déi dat d an a vun ze op ass si mat fir net an och eng en ee dee deen hat huet sech bei aus ginn gëtt wéi just datt um am zu awer nach wann war sinn dës dëst keng keen duerch iwwer",
    "fy": "de it fan en in is dat op te syn mei foar net oan der om ek as dan mar by of út noch wurde troch nei hat hy se dy wie hawwe fan it oer ûnder",
    "oc": "lo la los las de del dels d e un una que per amb es al mai coma dins sus son aquò aquel aquesta pas o entre fins dempuèi tanben mas es estat foguèt avián qu",
    "eo": "la de kaj en estas al por ne ĝi ke kiu kiuj per pri el ili li ŝi oni sed kun tiu tiuj ĉi kiel plej post ĝis aŭ ankaŭ estis",
    "tt": "һәм белән бу өчен да дә бер ул дип булып буенча шул ук иң кебек булган бар түгел",
    "ru": "и в не на что с по как он это из за для от к у о его но все был или также которые при так было",
    "uk": "і в не на що з та як до за це від для у про його але або також які є під було",
    "bg": "и на в да се за от с не че е са по като до при това които ще беше са",
    "sr": "и је у на да се за од са не као су што који би али то ће",
    "ar": "في من على إلى أن عن التي الذي هذا هذه مع كان ما لا أو بين بعد كما قد ذلك كل و",
    "fa": "در به از که این را با است برای آن یک و تا می های شده بود کرد خود هم",
    "ur": "کے میں کی سے ہے کا اور کو نے پر یہ کہ ہیں اس تھا بھی ایک جو گیا",
    "hr": "i u je na se za da od su s koji koja koje ili kao što bi te biti nije iz po kako može samo također između prema",
    "sl": "in je v na za se so ki z pri da od kot po tudi ali ne pa bo bi lahko iz med do še več kako",
    "lt": "ir yra kad su į iš per apie po buvo kaip bet tai už prie taip pat jų tik nuo ar arba kurie bei",
    "lv": "un ir ar no uz par kas ka gan lai tiek pēc tika arī bet vai kā to ko var savu līdz pie",
    "et": "ja on ei et see mis kui ka oma või aga ning oli selle kes olid pärast siis nagu kõik mida võib saab",
    "is": "og að í á er sem til við um af með fyrir það en var eru ekki hann hún þetta frá þar eða úr því hefur",
    "ga": "agus an na ar ag is le go sa do bhí tá atá leis ó faoi seo chun nó ach mar níl sin",
    "cy": "y yr yn a i o ar mae ei wedi gan am ac er bod fel eu hyn oedd neu wrth hefyd gyda",
    "eu": "eta da ez bat dira du izan dute zen ere baina hau edo den dela egin baino duten bere horren",
    "sq": "dhe të në e i për një me që nga është si nuk u ka do më janë këtë ose tek ishte",
    "az": "və bu bir ilə üçün da də olan olaraq kimi daha sonra hər çox ki edir olduğu qədər",
    "uz": "va bu bilan uchun ham bir o uni edi deb esa lekin yoki kerak bo oʻz emas",
    "so": "waa oo in iyo ku ka la ah ayaa waxaa u ay soo uu ee si lagu kala waxa",
    "ha": "da na a ya ta ba ne ce an ga su cikin don wannan shi yi amma zuwa kuma wanda",
    "yo": "ti ni si àwọn tí ní fún pẹlu ati lati wọn ó ṣe kan yii bi gbogbo",
    "ig": "na nke ndị ya bụ ka a ndi maka n'ime ọ dị si ha onye",
    "zu": "ukuthi futhi ngoba kanye noma le lo kuyo abantu uma ngo nge ukuze kodwa",
    "rw": "mu na ku ya muri kandi ko ni cyangwa kuri n'abantu iyo aho bya uko",
    "ht": "ak nan yo ki pou yon se ap te li sou nou la pa gen fè tout ka",
    "mg": "ny sy ho amin dia fa no tsy ary mba izany ireo izay",
    "mt": "u li ta ma fil il din kien biex għal minn huwa mill dan",
    "ku": "û li ji bo di de ku ew ya ye jî bi kir vê lê",
    "kk": "және мен бұл үшін бір да де ол деп болып бойынша осы",
    "ky": "жана менен бул үчүн бир да де ал деп боюнча ушул",
    "mn": "нь ба энэ юм байна болон бол тул дээр байгаа",
    "tg": "ва дар ба аз ки ин барои бо ҳам то",
}  # fmt: skip

# What py3langid may answer: written languages of publications. Its dialect and ancient labels draw short texts to them.
_ANSWERS = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr ht hu hy id ig is it ja ka kk"
    " km kn ko ku ky lo lt lv mg mk ml mn mr ms mt my ne nl no or pa pl ps pt qu ro ru rw si sk sl sn so sq sr sv sw ta"
    " te tg th tk tl tr ug uk ur uz vi xh yo zh zu"
)
_SHARED_SCRIPTS = frozenset(["ar", "ru", "hi", "bn"])
_BEYOND_LATIN = re.compile("[\u0370-\u1dff\u3041-\ud7a3]")
_WORD = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, tuple[str, ...]]:
    """Return each common word with the languages that have it."""
    table: dict[str, tuple[str, ...]] = {}
    for language, words in _WORDS.items():
        for word in set(words.split()):
            table[word] = (*table.get(word, ()), language)
    return table


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_ANSWERS.split())
    return identifier


def language_of(text: str, *, hint: str | None = None) -> str | None:
    """Return the language of the text itself, or None where there is too little of it to tell.

    `hint` is what the page says of itself (`<html lang>`): it stands where the text is too short to speak against it.
    """
    sample = text[: 2 * _SAMPLE]
    if "@" in sample or "://" in sample or "www." in sample:
        sample = _ADDRESS.sub(" ", sample)
    sample = sample[:_SAMPLE]
    hinted = without_region(normalised(hint))
    lower = sample.lower()
    words = _WORD.findall(lower)
    letters = sum(map(len, words if len(lower) == len(sample) else _WORD.findall(sample)))
    script = _script(sample, letters)
    if script and script not in _SHARED_SCRIPTS:
        return _chinese(sample) if script == "zh" else script
    if letters < 12:
        return hinted if hinted and not script and letters else None
    return _by_words(words, hinted) or _by_model(sample, script, len(words), hinted)


def normalised(tag: str | None) -> str | None:
    """Return a language tag as BCP 47 writes it (`en_GB` -> `en-GB`, `zh-cn` -> `zh-Hans`), or None for a wrong one."""
    if not tag or not (match := _TAG.fullmatch(tag.strip().replace("_", "-"))):
        return None
    language, script, region = match[1].lower(), match[2], match[3]
    language = {"iw": "he", "in": "id", "ji": "yi", "cn": "zh", "jp": "ja", "kr": "ko", "gr": "el", "ua": "uk"}.get(
        language, language
    )
    if language == "zh":
        form = (script or "").title() or {"CN": "Hans", "SG": "Hans", "TW": "Hant", "HK": "Hant", "MO": "Hant"}.get(
            (region or "").upper(), ""
        )
        return f"zh-{form}" if form in ("Hans", "Hant") else "zh"
    return "-".join(part for part in (language, script and script.title(), region and region.upper()) if part)


def without_region(tag: str | None) -> str | None:
    """Return a tag as one says of a text: the language, for Chinese with its script; where it is spoken is the frame's."""
    return tag if tag is None or tag.startswith("zh") else tag.split("-")[0]


_TAG = re.compile(r"([A-Za-z]{2,3})(?:-([A-Za-z]{4}))?(?:-([A-Za-z]{2}|\d{3}))?(?:-[A-Za-z0-9]{1,8})*")


def _script(sample: str, letters: int) -> str | None:
    """Return the language that the script of at least a third of the letters stands for."""
    if sample.isascii() or not _BEYOND_LATIN.search(sample):
        return None
    for language, pattern in _SCRIPTS:
        count = len(pattern.findall(sample))
        if not count:
            continue
        # Japanese differs from Chinese by its kana; a Chinese text may quote a few of these.
        if count * (12 if language == "ja" else 3) >= letters and letters:
            return language
        # One Han character or Hangul syllable says as much as two or three letters.
        if language in ("zh", "ko") and count * 5 >= letters * 2:
            return language
    return None


def _chinese(sample: str) -> str:
    simplified, traditional = len(_SIMPLIFIED.findall(sample)), len(_TRADITIONAL.findall(sample))
    if simplified >= 4 and simplified > 8 * traditional:
        return "zh-Hans"
    if traditional >= 4 and traditional > 8 * simplified:
        return "zh-Hant"
    return "zh"


def _by_words(words: list[str], hinted: str | None) -> str | None:
    """Return the language whose commonest words a text is full of, where no other comes near.

    Where hardly a word speaks against the language that the page states, as in a list of names, the page is
    believed; of running text it must have more common words than any other, since one may stand there by chance.
    """
    if len(words) < 8:
        return None
    table = _vocabulary()
    found = [(word, languages) for word in words if (languages := table.get(word))]
    hits = Counter(chain.from_iterable(languages for _, languages in found))
    leading, most = max(hits.items(), key=lambda item: item[1], default=("", 0))
    rivals = [language for language, count in hits.items() if language != leading and 3 * count > 2 * most]
    if most >= max(4, len(words) // 10) and all(_apart(leading, rival, found) for rival in rivals):
        return leading
    against = Counter(chain.from_iterable(of for word, of in found if len(word) > 1 and hinted not in of))
    running = most > len(words) // 12
    if not hinted or hits[hinted] < (max(most, 3) if running or len(words) < LIST else 1):
        return None
    return hinted if max(against.values(), default=0) < max(2, len(words) // 12) else None


def _apart(leading: str, rival: str, found: Sequence[tuple[str, tuple[str, ...]]]) -> bool:
    """Whether the words that only one of two neighbours has (`unha`, `uma`) tell that a text is in the first."""
    first = sum(leading in languages and rival not in languages for _, languages in found)
    second = sum(rival in languages and leading not in languages for _, languages in found)
    return first >= max(2, 3 * second)


def _by_model(sample: str, script: str | None, words: int, hinted: str | None) -> str | None:
    language, sure = _identifier().classify(sample)
    language = str(language)
    if (language in _CYRILLIC) != (script == "ru") and language not in ("sr", "az", "uz", "tk"):
        sure = 0.0  # text of code and numbers draws odd answers
    if sure >= 0.5 or (words >= 40 and sure >= 0.2):
        return language
    if hinted and (words < 12 or hinted == language or not sure):
        return hinted
    return language if sure >= 0.3 else None


_CYRILLIC = frozenset(["be", "bg", "kk", "ky", "mk", "mn", "ru", "sr", "tg", "tt", "uk"])
