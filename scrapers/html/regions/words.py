"""Words that name a part of a page which is not its document: section headings by language, class names by word."""

# ruff: noqa: E501 (tables of words)

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache


class Region(IntEnum):
    """What a part of a page is: the document's own, or another's of some kind."""

    OWN = 0
    ASIDE = 1
    """A side column: what it labels, and the files that it offers, may be the document's; nothing else is."""
    POSTS = 2
    """One of many alike parts of which the page's text consists: an item of a listing, a post of a forum."""
    DATED = 3
    """One of several alike parts that bear days, without links: a timeline, a table of events, unnamed comments."""
    RELATED = 4
    COMMENTS = 5
    PEOPLE = 6
    EVENTS = 7
    PAGER = 8
    FURNITURE = 9
    DIALOG = 10
    HIDDEN = 11


HEADINGS: dict[Region, dict[str, tuple[str, ...]]] = {
    Region.RELATED: {
        "en": ("related", "related articles", "related content", "related posts", "related stories", "related news", "related publications", "related resources",
               "related documents", "related reports", "related items", "related topics", "related pages", "related links", "related reading", "related materials",
               "related research", "related information", "read more", "read also", "read next", "see also", "see more", "more stories", "more news", "more articles",
               "more posts", "more publications", "more on this topic", "more on this", "more like this", "more reports", "more resources", "more in this section",
               "you may also like", "you might also like", "you may like", "you might like", "you may also be interested in", "you might also be interested in",
               "recommended", "recommended for you", "recommended reading", "recommendations", "further reading", "also read", "also of interest", "also in this series", "don't miss",
               "most read", "most viewed", "most popular", "most recent", "most shared", "most commented", "popular", "popular posts", "popular articles", "popular now", "trending",
               "trending now", "top stories", "latest", "latest news", "latest posts", "latest articles", "latest stories", "latest publications", "latest updates", "latest reports", "what's new",
               "recent", "recent posts", "recent news", "recent articles", "recent publications", "recent comments", "recent entries", "newest", "in other news", "other news", "other articles", "other posts",
               "other publications", "other reports", "others also read", "similar", "similar articles", "similar posts", "similar documents", "similar items", "similar publications",
               "editor's picks", "editors' picks", "featured", "featured posts", "featured articles", "in the news", "news", "archives", "archive", "up next", "next up", "continue reading", "keep reading",
               "from our blog", "from the blog", "more from this author", "more by this author", "also by this author", "cited by", "explore more", "discover more", "suggested", "suggested reading"),
        "de": ("verwandte artikel", "verwandte beiträge", "verwandte themen", "verwandte dokumente", "verwandte inhalte", "verwandte publikationen", "ähnliche artikel", "ähnliche beiträge", "ähnliche themen", "mehr zum thema",
               "weitere artikel", "weitere beiträge", "weitere meldungen", "weitere nachrichten", "weitere themen", "weitere publikationen", "weitere informationen zum thema", "weiterlesen", "lesen sie auch", "lesen sie mehr", "lies auch", "das könnte sie auch interessieren", "das könnte sie interessieren",
               "das könnte dich auch interessieren", "auch interessant", "siehe auch", "meistgelesen", "meistgelesene artikel", "am meisten gelesen", "beliebt", "beliebte artikel", "beliebte beiträge", "neueste beiträge", "neueste artikel", "neueste meldungen",
               "neueste kommentare", "letzte beiträge", "aktuelle beiträge", "aktuelle meldungen", "aktuelle nachrichten", "aktuelles", "empfehlungen", "empfohlen", "empfohlene artikel", "zum thema", "passend zum thema", "mehr aus", "archiv", "top-themen", "nachrichten", "neuigkeiten"),
        "fr": ("articles liés", "articles connexes", "articles similaires", "articles associés", "contenu associé", "contenus associés", "contenus liés", "publications associées", "publications liées", "documents associés", "documents liés", "ressources associées", "à lire aussi", "lire aussi", "à lire également", "lire la suite",
               "sur le même sujet", "sur le même thème", "dans la même rubrique", "à voir aussi", "voir aussi", "vous aimerez aussi", "vous pourriez aussi aimer", "ces articles peuvent vous intéresser", "cela pourrait vous intéresser", "en savoir plus", "pour aller plus loin", "les plus lus", "les plus populaires", "articles populaires",
               "articles récents", "derniers articles", "dernières actualités", "dernières nouvelles", "dernières publications", "publications récentes", "commentaires récents", "actualités", "autres articles", "autres actualités", "autres publications", "recommandé", "recommandés pour vous", "nos recommandations", "à la une", "archives", "plus d'articles", "du même auteur"),
        "es": ("artículos relacionados", "noticias relacionadas", "contenido relacionado", "contenidos relacionados", "publicaciones relacionadas", "documentos relacionados", "recursos relacionados", "entradas relacionadas", "notas relacionadas", "temas relacionados", "relacionados", "relacionadas", "lea también", "lee también", "leer más", "leer también",
               "también te puede interesar", "te puede interesar", "le puede interesar", "también le puede interesar", "te puede gustar", "podría interesarte", "quizás te interese", "ver también", "véase también", "más noticias", "más artículos", "más sobre este tema", "más información", "lo más leído", "lo más visto", "más leídas", "más leídos", "más vistas", "más popular", "populares", "entradas recientes", "artículos recientes",
               "noticias recientes", "comentarios recientes", "últimas noticias", "últimas entradas", "últimos artículos", "últimas publicaciones", "recomendados", "recomendado", "otras noticias", "otros artículos", "otras publicaciones", "destacados", "noticias", "archivos", "del mismo autor"),
        "pt": ("artigos relacionados", "notícias relacionadas", "conteúdo relacionado", "conteúdos relacionados", "publicações relacionadas", "documentos relacionados", "posts relacionados", "matérias relacionadas", "relacionados", "relacionadas", "leia também", "leia mais", "veja também", "saiba mais", "você também pode gostar", "você pode gostar", "pode também gostar", "talvez você goste", "mais lidas", "mais lidos", "as mais lidas", "mais notícias",
               "mais artigos", "últimas notícias", "notícias recentes", "posts recentes", "artigos recentes", "comentários recentes", "recomendados", "outras notícias", "outros artigos", "destaques", "notícias", "arquivos"),
        "it": ("articoli correlati", "contenuti correlati", "notizie correlate", "pubblicazioni correlate", "documenti correlati", "correlati", "potrebbe interessarti", "potrebbe interessarti anche", "potrebbero interessarti", "ti potrebbe interessare", "ti potrebbe interessare anche", "leggi anche", "leggi tutto", "vedi anche", "i più letti", "più letti", "le più lette", "più lette", "articoli recenti", "articoli simili", "ultimi articoli", "ultime notizie", "commenti recenti", "altri articoli", "altre notizie",
               "consigliati", "approfondimenti", "per saperne di più", "sullo stesso argomento", "in evidenza", "notizie", "archivi"),
        "nl": ("gerelateerde artikelen", "gerelateerde berichten", "gerelateerd", "gerelateerde publicaties", "lees ook", "lees meer", "lees verder", "zie ook", "meer nieuws", "meer artikelen", "meer over dit onderwerp", "meest gelezen", "populair", "recente berichten", "recente artikelen", "recente reacties", "laatste nieuws", "ook interessant", "dit vind je misschien ook leuk", "aanbevolen", "nieuws", "archief", "archieven"),
        "sv": ("relaterat", "relaterade artiklar", "relaterade inlägg", "relaterat innehåll", "läs också", "läs även", "läs mer", "läs vidare", "se även", "mer om ämnet", "mest läst", "mest lästa", "senaste nytt", "senaste inläggen", "senaste nyheterna", "senaste nyheter", "fler artiklar", "fler nyheter", "du kanske också gillar", "rekommenderat", "nyheter", "arkiv"),
        "da": ("relaterede artikler", "relateret", "relateret indhold", "læs også", "læs mere", "se også", "mest læste", "mest læst", "seneste nyt", "seneste nyheder", "seneste indlæg", "flere artikler", "flere nyheder", "nyheder", "arkiv"),
        "no": ("relaterte artikler", "relatert", "relatert innhold", "les også", "les mer", "se også", "mest lest", "siste nytt", "siste nyheter", "siste innlegg", "flere artikler", "flere nyheter", "nyheter", "arkiv"),
        "fi": ("aiheeseen liittyvää", "lue myös", "lue lisää", "katso myös", "luetuimmat", "uusimmat", "uusimmat artikkelit", "viimeisimmät", "suosituimmat", "lisää aiheesta", "uutiset"),
        "pl": ("powiązane artykuły", "powiązane wpisy", "powiązane", "podobne artykuły", "podobne wpisy", "podobne", "czytaj także", "czytaj również", "czytaj więcej", "przeczytaj także", "przeczytaj również", "zobacz także", "zobacz również", "zobacz też", "więcej na ten temat", "najczęściej czytane", "najpopularniejsze", "popularne", "najnowsze", "najnowsze wpisy", "najnowsze artykuły", "ostatnie wpisy", "ostatnie artykuły", "polecane", "polecamy", "inne artykuły", "aktualności", "warto przeczytać", "archiwum"),
        "cs": ("související články", "související", "čtěte také", "čtěte dále", "mohlo by vás zajímat", "viz také", "nejčtenější", "nejnovější články", "nejnovější příspěvky", "další články", "podobné články", "doporučujeme", "aktuality", "archiv"),
        "sk": ("súvisiace články", "súvisiace", "čítajte aj", "mohlo by vás zaujímať", "najčítanejšie", "najnovšie články", "ďalšie články", "aktuality", "archív"),
        "hu": ("kapcsolódó cikkek", "kapcsolódó", "kapcsolódó tartalom", "olvassa el ezt is", "lásd még", "legolvasottabb", "legfrissebb", "friss hírek", "legutóbbi bejegyzések", "további cikkek", "ajánló", "hasonló cikkek", "hírek", "archívum"),
        "ro": ("articole similare", "articole asemănătoare", "articole conexe", "citește și", "citeşte şi", "vezi și", "vezi şi", "cele mai citite", "articole recente", "ultimele știri", "ultimele articole", "alte articole", "recomandate", "recomandări", "știri", "arhivă", "arhive"),
        "tr": ("ilgili haberler", "ilgili yazılar", "ilgili içerikler", "ilgili makaleler", "benzer yazılar", "benzer haberler", "bunlar da ilginizi çekebilir", "ayrıca bakınız", "ayrıca okuyun", "devamını oku", "en çok okunanlar", "son haberler", "son yazılar", "popüler", "önerilenler", "diğer haberler", "haberler", "arşiv"),
        "el": ("σχετικά άρθρα", "σχετικά", "διαβάστε επίσης", "διαβάστε ακόμη", "δείτε επίσης", "περισσότερα", "δημοφιλή", "πρόσφατα άρθρα", "τελευταία νέα", "νέα"),
        "ru": ("похожие статьи", "похожие записи", "похожие материалы", "похожие новости", "похожие", "читайте также", "читать также", "читайте далее", "читать далее", "смотрите также", "см. также", "по теме", "материалы по теме", "статьи по теме", "новости по теме", "ещё по теме", "еще по теме", "другие новости", "другие материалы", "другие статьи", "другие публикации", "связанные материалы", "связанные статьи",
               "самое читаемое", "самые читаемые", "самое популярное", "популярное", "популярные статьи", "популярные записи", "последние новости", "последние записи", "последние публикации", "последние материалы", "свежие записи", "свежие новости", "свежие комментарии", "новости", "рекомендуем", "рекомендуемые", "вам может понравиться", "вам также может понравиться", "вам может быть интересно", "главное", "архив", "архивы", "лента новостей"),
        "uk": ("схожі статті", "схожі записи", "схожі матеріали", "читайте також", "дивіться також", "за темою", "матеріали за темою", "інші новини", "пов'язані статті", "пов'язані матеріали", "популярне", "найпопулярніше", "останні новини", "останні записи", "новини", "рекомендуємо", "вам може сподобатися", "архів"),
        "bg": ("свързани статии", "свързани публикации", "подобни статии", "прочетете още", "вижте още", "още по темата", "най-четени", "последни новини", "последни публикации", "новини", "архив"),
        "sr": ("повезани чланци", "povezani članci", "pročitajte još", "прочитајте још", "najčitanije", "најчитаније", "najnovije", "најновије", "slični članci", "vezane vesti", "povezane vijesti", "vijesti", "vesti"),
        "ca": ("articles relacionats", "notícies relacionades", "continguts relacionats", "relacionats", "també et pot interessar", "et pot interessar", "llegeix també", "vegeu també", "el més llegit", "entrades recents", "darreres notícies", "últimes notícies", "notícies"),
        "id": ("artikel terkait", "berita terkait", "terkait", "baca juga", "baca selengkapnya", "lihat juga", "terpopuler", "berita terbaru", "pos-pos terbaru", "artikel lainnya", "berita lainnya", "rekomendasi", "terbaru", "terkini"),
        "vi": ("bài viết liên quan", "tin liên quan", "bài liên quan", "xem thêm", "đọc thêm", "có thể bạn quan tâm", "tin khác", "bài viết khác", "tin mới", "tin mới nhất", "bài viết mới", "đọc nhiều nhất", "xem nhiều", "tin tức"),
        "zh": ("相关文章", "相关阅读", "相关新闻", "相关内容", "相关推荐", "相关报道", "相关链接", "相关资讯", "相关文档", "相关资料", "延伸阅读", "扩展阅读", "推荐阅读", "推荐文章", "为您推荐", "猜你喜欢", "你可能感兴趣", "您可能感兴趣", "你可能还喜欢", "热门文章", "热门推荐", "热门新闻", "热门", "热点", "最新文章", "最新新闻", "最新动态", "最新消息", "最新资讯", "最新", "近期文章", "近期评论", "更多文章", "更多新闻", "更多", "其他文章", "阅读更多", "阅读排行", "点击排行", "精彩推荐",
               "相關文章", "相關閱讀", "相關新聞", "相關內容", "相關報導", "延伸閱讀", "推薦閱讀", "你可能感興趣", "您可能感興趣", "熱門文章", "最新消息", "最新新聞", "更多新聞", "其他新聞"),
        "ja": ("関連記事", "関連情報", "関連ニュース", "関連リンク", "関連コンテンツ", "関連資料", "関連ページ", "関連トピックス", "おすすめ記事", "おすすめ", "あわせて読みたい", "合わせて読みたい", "こちらもおすすめ", "人気記事", "人気の記事", "ランキング", "アクセスランキング", "最新記事", "最近の記事", "最近の投稿", "最新ニュース", "新着記事", "新着情報", "新着", "その他の記事", "次に読みたい", "続きを読む", "もっと見る", "過去の記事"),
        "ko": ("관련기사", "관련 기사", "관련 글", "관련글", "관련 뉴스", "관련뉴스", "관련 자료", "관련 콘텐츠", "추천 기사", "추천기사", "추천 글", "추천뉴스", "함께 보면 좋은 글", "인기기사", "인기 기사", "인기글", "많이 본 기사", "많이 본 뉴스", "많이 본", "최신기사", "최신 기사", "최신글", "최신 글", "최근 글", "최신뉴스", "다른 기사", "더 보기", "더보기"),
        "ar": ("مقالات ذات صلة", "مواضيع ذات صلة", "أخبار ذات صلة", "ذات صلة", "مقالات مشابهة", "مواضيع مشابهة", "اقرأ أيضا", "اقرأ أيضاً", "إقرأ أيضا", "اقرأ المزيد", "المزيد", "انظر أيضا", "قد يعجبك أيضا", "قد يهمك", "قد يهمك أيضا", "الأكثر قراءة", "الأكثر مشاهدة", "آخر الأخبار", "أحدث المقالات", "أحدث الأخبار", "أحدث المنشورات", "الأكثر شعبية", "مقالات أخرى", "أخبار"),
        "fa": ("مطالب مرتبط", "مطالب مشابه", "اخبار مرتبط", "نوشته‌های مشابه", "بیشتر بخوانید", "همچنین بخوانید", "پربازدیدترین", "پربازدید", "آخرین اخبار", "تازه‌ترین مطالب", "آخرین مطالب"),
        "he": ("כתבות קשורות", "מאמרים קשורים", "קראו גם", "קרא עוד", "ראה גם", "אולי יעניין אותך", "הנקראות ביותר", "כתבות אחרונות", "חדשות"),
        "hi": ("संबंधित लेख", "संबंधित खबरें", "संबंधित समाचार", "यह भी पढ़ें", "ये भी पढ़ें", "और पढ़ें", "ताज़ा खबरें", "ताजा खबरें", "लोकप्रिय"),
        "bn": ("সম্পর্কিত খবর", "সম্পর্কিত নিবন্ধ", "আরও পড়ুন", "আরো পড়ুন", "সর্বশেষ", "জনপ্রিয়", "সর্বাধিক পঠিত"),
        "th": ("บทความที่เกี่ยวข้อง", "ข่าวที่เกี่ยวข้อง", "เรื่องที่เกี่ยวข้อง", "อ่านเพิ่มเติม", "ข่าวล่าสุด", "เรื่องล่าสุด", "ยอดนิยม", "บทความล่าสุด", "ข่าวอื่นๆ"),
        "sw": ("habari zinazohusiana", "soma pia", "soma zaidi", "habari za hivi karibuni"),
    },
    Region.COMMENTS: {
        "en": ("comments", "comment", "leave a comment", "leave a reply", "leave your comment", "post a comment", "add a comment", "add comment", "write a comment", "join the discussion", "join the conversation", "discussion", "replies", "reply", "responses", "reader comments", "comments section", "what do you think", "trackbacks", "pingbacks", "customer reviews"),
        "de": ("kommentare", "kommentar", "kommentar schreiben", "kommentar hinterlassen", "kommentar verfassen", "schreibe einen kommentar", "schreiben sie einen kommentar", "hinterlasse einen kommentar", "antworten", "antwort schreiben", "antwort hinterlassen", "diskussion", "leserkommentare"),
        "fr": ("commentaires", "commentaire", "laisser un commentaire", "laissez un commentaire", "ajouter un commentaire", "poster un commentaire", "écrire un commentaire", "vos commentaires", "réactions", "réponses", "laisser une réponse", "vos réactions"),
        "es": ("comentarios", "comentario", "deja un comentario", "dejar un comentario", "deja una respuesta", "dejar comentario", "escribe un comentario", "añadir comentario", "agregar comentario", "respuestas", "deja tu comentario"),
        "pt": ("comentários", "comentário", "deixe um comentário", "deixar um comentário", "deixe uma resposta", "deixe o seu comentário", "adicionar comentário", "respostas"),
        "it": ("commenti", "commento", "lascia un commento", "scrivi un commento", "aggiungi un commento", "lascia una risposta", "risposte"),
        "nl": ("reacties", "reactie", "geef een reactie", "plaats een reactie", "laat een reactie achter", "reageer", "commentaar", "opmerkingen"),
        "sv": ("kommentarer", "lämna en kommentar", "lämna ett svar", "kommentera", "skriv en kommentar"), "da": ("kommentarer", "skriv en kommentar", "skriv et svar", "efterlad en kommentar"), "no": ("kommentarer", "legg igjen en kommentar", "legg igjen et svar", "skriv en kommentar"),
        "fi": ("kommentit", "kommentoi", "jätä kommentti", "vastaa"), "pl": ("komentarze", "komentarz", "dodaj komentarz", "zostaw komentarz", "napisz komentarz", "odpowiedzi", "skomentuj"), "cs": ("komentáře", "přidat komentář", "napsat komentář", "diskuse", "diskuze"), "sk": ("komentáre", "pridať komentár", "diskusia"),
        "hu": ("hozzászólások", "szólj hozzá", "vélemény", "kommentek"), "ro": ("comentarii", "lasă un comentariu", "lasă un răspuns", "adaugă un comentariu"), "tr": ("yorumlar", "yorum yap", "yorum yaz", "bir yorum yazın", "bir cevap yazın"), "el": ("σχόλια", "αφήστε ένα σχόλιο", "προσθήκη σχολίου"),
        "ru": ("комментарии", "комментарий", "комментариев", "комментария", "оставить комментарий", "оставьте комментарий", "добавить комментарий", "написать комментарий", "обсуждение", "ответы", "добавить отзыв", "отзывы"), "uk": ("коментарі", "коментар", "коментарів", "залишити коментар", "додати коментар", "обговорення"), "bg": ("коментари", "коментар", "оставете коментар", "вашият коментар"), "sr": ("komentari", "коментари", "ostavite komentar"),
        "ca": ("comentaris", "deixa un comentari", "deixa una resposta"), "id": ("komentar", "tinggalkan komentar", "tinggalkan balasan", "tulis komentar"), "vi": ("bình luận", "ý kiến bạn đọc", "để lại bình luận", "viết bình luận"),
        "zh": ("评论", "条评论", "发表评论", "网友评论", "最新评论", "用户评论", "全部评论", "留言", "我要评论", "发表回复", "回复", "讨论", "評論", "發表評論", "發表迴響", "發佈留言", "迴響", "讀者留言", "則留言"), "ja": ("コメント", "コメントを残す", "コメントする", "コメント一覧", "件のコメント", "コメントを書く", "トラックバック"), "ko": ("댓글", "댓글 쓰기", "댓글쓰기", "댓글 남기기", "개의 댓글", "의견"),
        "ar": ("التعليقات", "تعليقات", "تعليق", "اترك تعليقا", "اترك تعليقاً", "أضف تعليق", "أضف تعليقا", "شارك برأيك"), "fa": ("نظرات", "دیدگاه‌ها", "دیدگاه", "ارسال نظر", "نظر شما"), "he": ("תגובות", "הוסף תגובה", "השאר תגובה", "כתיבת תגובה"), "hi": ("टिप्पणियाँ", "टिप्पणी", "अपनी टिप्पणी दें"), "bn": ("মন্তব্য", "মন্তব্য করুন"), "th": ("ความคิดเห็น", "แสดงความคิดเห็น"), "sw": ("maoni", "toa maoni"),
    },
    Region.PEOPLE: {
        "en": ("our team", "the team", "team", "meet the team", "staff", "our staff", "people", "our people", "experts", "our experts", "related experts", "related people", "contact", "contacts", "contact us", "media contact", "media contacts", "press contact", "press contacts", "contact person", "board", "our board", "board of directors", "about us", "members", "key contacts", "for more information", "media enquiries", "media inquiries"),
        "de": ("unser team", "das team", "team", "mitarbeiter", "mitarbeitende", "mitarbeiterinnen", "mitarbeiterinnen und mitarbeiter", "ansprechpartner", "ansprechpartnerin", "ansprechpersonen", "kontakt", "pressekontakt", "ihr ansprechpartner", "ihre ansprechpartner", "personen", "experten", "vorstand", "über uns", "redaktion"),
        "fr": ("notre équipe", "l'équipe", "équipe", "contact", "contacts", "contact presse", "contacts presse", "nos experts", "experts", "personnes", "le personnel", "à propos de nous", "qui sommes-nous"),
        "es": ("nuestro equipo", "el equipo", "equipo", "contacto", "contactos", "contacto de prensa", "personal", "expertos", "nuestros expertos", "quiénes somos"), "pt": ("nossa equipe", "a nossa equipa", "equipe", "equipa", "contato", "contatos", "contacto", "contactos", "especialistas", "quem somos"), "it": ("il nostro team", "la squadra", "team", "contatti", "contatto", "ufficio stampa", "esperti", "chi siamo", "lo staff"),
        "nl": ("ons team", "team", "medewerkers", "contact", "contactpersoon", "contactpersonen", "over ons"), "sv": ("vårt team", "medarbetare", "kontakt", "kontakta oss", "kontaktpersoner"), "da": ("vores team", "medarbejdere", "kontakt", "kontaktpersoner"), "no": ("vårt team", "ansatte", "medarbeidere", "kontakt", "kontaktpersoner"), "fi": ("tiimimme", "henkilöstö", "yhteystiedot", "yhteyshenkilöt"),
        "pl": ("nasz zespół", "zespół", "kontakt", "pracownicy", "eksperci", "o nas"), "cs": ("náš tým", "kontakt", "kontakty", "lidé"), "hu": ("csapatunk", "munkatársak", "kapcsolat"), "ro": ("echipa", "echipa noastră", "contact"), "tr": ("ekibimiz", "ekip", "iletişim", "uzmanlar"), "el": ("η ομάδα μας", "επικοινωνία"),
        "ru": ("наша команда", "команда", "сотрудники", "контакты", "контактные лица", "эксперты", "наши эксперты", "люди", "о нас", "персоналии"), "uk": ("наша команда", "команда", "контакти", "співробітники", "експерти", "про нас"), "id": ("tim kami", "kontak"), "vi": ("đội ngũ", "liên hệ"),
        "zh": ("我们的团队", "团队成员", "团队", "联系我们", "联系人", "工作人员", "专家", "我們的團隊", "聯絡我們", "聯繫我們"), "ja": ("スタッフ", "チーム", "メンバー", "お問い合わせ", "お問い合わせ先", "担当者", "研究者"), "ko": ("우리 팀", "팀 소개", "직원", "연락처", "문의", "담당자"), "ar": ("فريقنا", "فريق العمل", "اتصل بنا", "للتواصل", "خبراء"), "fa": ("تیم ما", "تماس با ما"), "he": ("הצוות שלנו", "צור קשר"),
    },
    Region.EVENTS: {
        "en": ("upcoming events", "events", "event", "calendar", "event calendar", "events calendar", "upcoming", "upcoming webinars", "webinars", "upcoming meetings", "agenda", "past events", "next events", "save the date", "diary", "what's on"),
        "de": ("veranstaltungen", "veranstaltung", "termine", "kalender", "veranstaltungskalender", "nächste veranstaltungen", "kommende veranstaltungen", "nächste termine", "kommende termine", "aktuelle termine", "terminkalender"),
        "fr": ("agenda", "événements", "évènements", "événements à venir", "évènements à venir", "prochains événements", "prochains évènements", "calendrier", "à venir", "prochaines dates"), "es": ("agenda", "eventos", "próximos eventos", "calendario", "actividades", "próximas actividades", "calendario de eventos"), "pt": ("agenda", "eventos", "próximos eventos", "calendário"), "it": ("eventi", "prossimi eventi", "calendario", "agenda", "appuntamenti"),
        "nl": ("agenda", "evenementen", "kalender", "komende evenementen"), "sv": ("kalender", "kalendarium", "evenemang", "kommande evenemang"), "da": ("kalender", "begivenheder", "kommende arrangementer", "arrangementer"), "no": ("kalender", "arrangementer", "kommende arrangementer"), "fi": ("tapahtumat", "kalenteri", "tulevat tapahtumat"), "pl": ("wydarzenia", "nadchodzące wydarzenia", "kalendarz", "kalendarz wydarzeń"), "cs": ("události", "akce", "kalendář", "kalendář akcí"), "hu": ("események", "naptár", "eseménynaptár"), "ro": ("evenimente", "calendar", "evenimente viitoare"), "tr": ("etkinlikler", "takvim", "yaklaşan etkinlikler"), "el": ("εκδηλώσεις", "ημερολόγιο"),
        "ru": ("мероприятия", "события", "ближайшие события", "ближайшие мероприятия", "календарь", "календарь событий", "календарь мероприятий", "предстоящие события", "анонсы", "афиша"), "uk": ("події", "заходи", "календар", "найближчі події", "календар подій", "анонси"), "id": ("acara", "agenda", "kalender"), "vi": ("sự kiện", "lịch", "sự kiện sắp tới"),
        "zh": ("活动预告", "近期活动", "活动", "日历", "活动日历", "即将举行", "會議預告", "近期活動", "活動預告", "行事曆"), "ja": ("イベント", "イベント情報", "カレンダー", "今後のイベント", "今後の予定", "行事予定"), "ko": ("행사", "행사 안내", "일정", "이벤트", "다가오는 행사", "캘린더", "달력"), "ar": ("الفعاليات", "فعاليات", "الأحداث القادمة", "الفعاليات القادمة", "التقويم", "أحداث"), "fa": ("رویدادها", "تقویم"), "he": ("אירועים", "אירועים קרובים", "לוח שנה"),
    },
    Region.PAGER: {
        "en": ("previous", "next", "previous post", "next post", "previous article", "next article", "previous page", "next page", "previous story", "next story", "prev", "older", "newer", "older post", "newer post", "older posts", "newer posts", "post navigation", "article navigation", "prev post", "previous entry", "next entry"),
        "de": ("vorheriger beitrag", "nächster beitrag", "vorheriger artikel", "nächster artikel", "vorherige seite", "nächste seite", "vorige seite", "vorheriger", "nächster", "zurück", "weiter", "beitragsnavigation", "beitrags-navigation", "ältere beiträge", "neuere beiträge"), "fr": ("article précédent", "article suivant", "précédent", "suivant", "page précédente", "page suivante", "navigation de l'article", "navigation des articles", "publication précédente", "publication suivante"),
        "es": ("entrada anterior", "entrada siguiente", "siguiente entrada", "anterior", "siguiente", "artículo anterior", "artículo siguiente", "siguiente artículo", "noticia anterior", "noticia siguiente", "navegación de entradas", "página siguiente", "página anterior"), "pt": ("anterior", "próximo", "próxima", "seguinte", "artigo anterior", "próximo artigo", "artigo seguinte", "post anterior", "próximo post", "navegação de posts"), "it": ("articolo precedente", "articolo successivo", "precedente", "successivo", "prossimo articolo", "navigazione articoli"), "nl": ("vorige", "volgende", "vorig bericht", "volgend bericht", "vorig artikel", "volgend artikel", "bericht navigatie", "berichtnavigatie"),
        "sv": ("föregående", "nästa", "föregående inlägg", "nästa inlägg", "inläggsnavigering"), "da": ("forrige", "næste", "forrige indlæg", "næste indlæg", "indlægsnavigation"), "no": ("forrige", "neste", "forrige innlegg", "neste innlegg", "innleggsnavigasjon"), "fi": ("edellinen", "seuraava"), "pl": ("poprzedni wpis", "następny wpis", "poprzedni artykuł", "następny artykuł", "poprzedni", "następny", "poprzednia", "następna", "nawigacja wpisu"), "cs": ("předchozí", "další", "následující", "předchozí článek", "další článek", "předchozí příspěvek", "následující příspěvek", "navigace pro příspěvek"), "hu": ("előző", "következő", "bejegyzés navigáció", "előző cikk", "következő cikk"), "ro": ("anterior", "următor", "următorul", "articolul anterior", "articolul următor", "navigare în articole"), "tr": ("önceki", "sonraki", "önceki yazı", "sonraki yazı", "yazı dolaşımı"), "el": ("προηγούμενο", "επόμενο", "προηγούμενο άρθρο", "επόμενο άρθρο"),
        "ru": ("предыдущая запись", "следующая запись", "предыдущая статья", "следующая статья", "предыдущая", "следующая", "предыдущий", "следующий", "назад", "вперёд", "вперед", "навигация по записям", "предыдущая новость", "следующая новость"), "uk": ("попередній запис", "наступний запис", "попередня стаття", "наступна стаття", "попередня", "наступна", "навігація записів"), "id": ("sebelumnya", "selanjutnya", "berikutnya", "navigasi pos"), "vi": ("bài trước", "bài tiếp theo", "bài sau", "trước", "tiếp"),
        "zh": ("上一篇", "下一篇", "上一页", "下一页", "上一条", "下一条", "前一篇", "后一篇", "文章导航", "上一頁", "下一頁", "上一則", "下一則", "前一則", "後一則", "文章導覽"), "ja": ("前の記事", "次の記事", "前へ", "次へ", "前の投稿", "次の投稿", "前のページ", "次のページ", "投稿ナビゲーション"), "ko": ("이전 글", "다음 글", "이전글", "다음글", "이전", "다음", "이전 기사", "다음 기사"), "ar": ("السابق", "التالي", "المقال السابق", "المقال التالي", "تصفّح المقالات"), "fa": ("قبلی", "بعدی", "نوشته قبلی", "نوشته بعدی"), "he": ("הקודם", "הבא", "הפוסט הקודם", "הפוסט הבא"),
    },
    Region.FURNITURE: {
        "en": ("newsletter", "subscribe", "sign up", "subscribe to our newsletter", "sign up for our newsletter", "sign up to our newsletter", "join our newsletter", "join our mailing list", "get our newsletter", "stay informed", "stay connected", "stay up to date", "get updates", "follow us", "share", "share this", "share this article", "share this page", "share this post", "share on", "tags", "categories", "topics", "filed under", "search", "navigation", "menu", "sponsors", "our partners", "partners", "advertisement", "donate", "donate now", "support us", "support our work", "make a donation", "blogroll", "meta", "quick links", "useful links", "site map", "social media", "log in", "login", "follow", "in this section", "is this page useful", "was this page useful", "was this page helpful", "was this article helpful", "was this helpful", "was this information helpful", "did you find this page useful", "did you find this helpful"),
        "de": ("newsletter", "newsletter abonnieren", "abonnieren", "folgen sie uns", "folge uns", "teilen", "artikel teilen", "beitrag teilen", "seite teilen", "schlagwörter", "schlagworte", "kategorien", "suche", "navigation", "menü", "partner", "unsere partner", "anzeige", "werbung", "spenden", "jetzt spenden", "unterstützen sie uns", "soziale medien", "war diese seite hilfreich", "war dieser artikel hilfreich", "war diese information hilfreich", "hat ihnen dieser artikel geholfen"), "fr": ("lettre d'information", "newsletter", "infolettre", "abonnez-vous", "s'abonner", "inscrivez-vous à notre newsletter", "suivez-nous", "nous suivre", "partager", "partager cet article", "partager cette page", "mots-clés", "étiquettes", "catégories", "recherche", "rechercher", "navigation", "partenaires", "nos partenaires", "publicité", "faire un don", "soutenez-nous", "réseaux sociaux", "liens utiles", "cette page vous a-t-elle été utile", "cet article vous a-t-il été utile", "cette page est-elle utile"),
        "es": ("boletín", "suscríbete", "suscríbase", "suscribirse", "suscríbete a nuestro boletín", "síguenos", "síganos", "compartir", "comparte", "comparte esto", "etiquetas", "categorías", "buscar", "búsqueda", "navegación", "socios", "publicidad", "dona", "donar", "haz una donación", "apóyanos", "redes sociales", "enlaces de interés", "le ha resultado útil esta página", "te ha sido útil", "fue útil este artículo"), "pt": ("newsletter", "boletim", "assine", "subscreva", "siga-nos", "partilhar", "compartilhar", "compartilhe", "partilhe", "etiquetas", "tags", "categorias", "pesquisar", "buscar", "publicidade", "parceiros", "doe", "redes sociais"), "it": ("newsletter", "iscriviti", "iscriviti alla newsletter", "iscriviti alla nostra newsletter", "seguici", "condividi", "condividi su", "tag", "categorie", "cerca", "pubblicità", "partner", "dona", "dona ora", "sostienici", "social"), "nl": ("nieuwsbrief", "inschrijven", "volg ons", "delen", "deel dit", "deel dit artikel", "tags", "categorieën", "zoeken", "partners", "advertentie", "doneer"),
        "sv": ("nyhetsbrev", "prenumerera", "följ oss", "dela", "dela artikeln", "taggar", "kategorier", "sök"), "da": ("nyhedsbrev", "tilmeld dig", "følg os", "del", "del artiklen", "kategorier", "søg"), "no": ("nyhetsbrev", "følg oss", "del", "del artikkelen", "kategorier", "søk"), "fi": ("uutiskirje", "tilaa uutiskirje", "seuraa meitä", "jaa", "kategoriat", "hae"), "pl": ("newsletter", "zapisz się", "obserwuj nas", "udostępnij", "tagi", "kategorie", "szukaj", "wesprzyj nas", "partnerzy"), "cs": ("newsletter", "odběr novinek", "sledujte nás", "sdílet", "štítky", "rubriky", "kategorie", "hledat"), "hu": ("hírlevél", "kövess minket", "megosztás", "címkék", "kategóriák", "keresés"), "ro": ("newsletter", "abonează-te", "urmărește-ne", "distribuie", "etichete", "categorii", "caută"), "tr": ("bülten", "abone ol", "bizi takip edin", "paylaş", "etiketler", "kategoriler", "ara"), "el": ("ενημερωτικό δελτίο", "ακολουθήστε μας", "κοινοποίηση", "κατηγορίες", "αναζήτηση"),
        "ru": ("рассылка", "подписка", "подписаться", "подпишитесь", "подпишитесь на рассылку", "подпишитесь на нашу рассылку", "мы в соцсетях", "поделиться", "поделитесь", "теги", "метки", "рубрики", "категории", "поиск", "навигация", "партнёры", "партнеры", "реклама", "помочь", "поддержать", "поддержите нас"), "uk": ("розсилка", "підписатися", "підпишіться", "поділитися", "теги", "мітки", "рубрики", "категорії", "пошук", "партнери", "підтримати"), "id": ("buletin", "berlangganan", "ikuti kami", "bagikan", "tag", "kategori", "cari"), "vi": ("đăng ký nhận tin", "theo dõi chúng tôi", "chia sẻ", "thẻ", "danh mục", "tìm kiếm"),
        "zh": ("订阅", "订阅我们", "关注我们", "分享", "分享到", "标签", "分类", "分类目录", "搜索", "导航", "友情链接", "合作伙伴", "广告", "訂閱", "關注我們", "標籤", "分類", "搜尋", "電子報"), "ja": ("メールマガジン", "ニュースレター", "フォローする", "シェア", "シェアする", "この記事をシェア", "タグ", "カテゴリー", "カテゴリ", "検索", "広告"), "ko": ("뉴스레터", "구독", "구독하기", "공유", "공유하기", "태그", "카테고리", "검색", "광고"), "ar": ("النشرة البريدية", "اشترك", "تابعنا", "شارك", "مشاركة", "وسوم", "تصنيفات", "بحث", "شركاؤنا", "إعلان"), "fa": ("خبرنامه", "اشتراک‌گذاری", "برچسب‌ها", "دسته‌ها", "جستجو"), "he": ("ניוזלטר", "שתפו", "שתף", "תגיות", "קטגוריות", "חיפוש"),
    },
}  # fmt: skip
"""By region and language: what sections that are not the document's are headed."""

OWN_SECTIONS = frozenset((
    "download", "downloads", "documents", "files", "attachments", "resources", "dokumente", "dateien", "anhänge", "téléchargements", "télécharger", "documents à télécharger", "pièces jointes", "descargas", "descargar", "archivos adjuntos", "documentos", "anexos", "allegati", "documenti", "bijlagen", "документы", "файлы", "скачать", "приложения", "下载", "附件", "下載", "ダウンロード", "添付ファイル", "첨부파일", "다운로드", "تحميل", "المرفقات",
))  # fmt: skip
"""What boxes of the document's own files are headed."""

_ENDS = re.compile(r"^[\d\W_]+|[\d\W_]+$")


@lru_cache(maxsize=1)
def _by_heading() -> dict[str, Region]:
    return {
        _bare(word): region for region, languages in HEADINGS.items() for words in languages.values() for word in words
    }


def heading_of(text: str) -> Region | None:
    """Return the region that a section's heading names; counts and marks around it are left out (`3 Comments`)."""
    if len(text) > 60:
        return None
    return _by_heading().get(_bare(text))


def is_own_section(text: str) -> bool:
    """Return whether a heading is that of a box of the document's own files."""
    return len(text) <= 60 and _bare(text) in OWN_SECTIONS


@lru_cache(maxsize=8192)
def _bare(text: str) -> str:
    """Return a heading as headings are compared."""
    return _ENDS.sub("", text).casefold().replace("’", "'")


BESIDE = 25
"""Characters that may stand beside a pager's label and link: marks, a day."""


_AFTER_NAME = re.compile(r"\s*[:：»«→←›‹|]\s*|\s+[-–—]\s+")


@lru_cache(maxsize=10_000)
def named_at_start(text: str, *, linked: float) -> Region | None:
    """Return the region that a text names before a colon or a mark (`Read also: ...`, `Previous « ...`).

    `linked` is the share of the text that is a link: an arrow alone tells a pager only where all of it is.
    Answers are kept, as the texts of menus recur on every page of a site.
    """
    head = text[:48]
    for mark in _AFTER_NAME.finditer(head):
        if found := heading_of(head[: mark.start()]):
            return found
    words = head.split()[:4]
    for count in range(1, len(words)):
        label = " ".join(words[:count])
        if heading_of(label) is Region.PAGER and (1 - linked) * len(text) <= len(label) + BESIDE:
            return Region.PAGER
    if linked > 0.8 and (head[:1] in "«‹←◀" or text[-1:] in "»›→▶"):
        return Region.PAGER
    return None


# What a word in a class or id says. Ancestors of the document's heading are never asked, so `has-sidebar` does no harm.
_CLASSES: tuple[tuple[Region, re.Pattern[str]], ...] = (
    (Region.RELATED, re.compile(r"^related|^recommend|^similar|^crosssell$|^upsell|^outbrain|^taboola|^mostread$|^alsoread$|^alsolike$")),
    (Region.DIALOG, re.compile(r"^cookies?$|^cookiebar|^cookiebanner|^gdpr$|^onetrust|^lightbox$|^offcanvas$")),
    (Region.COMMENTS, re.compile(r"^comments?$|^commentlist$|^disqus|^trackbacks?$|^pingbacks?$")),
    (Region.EVENTS, re.compile(r"^calendars?$|^countdown$")),
)  # fmt: skip
"""The region by whole words or beginnings of words, wherever in a name they stand."""
_WEAK: tuple[tuple[Region, re.Pattern[str]], ...] = (
    (Region.RELATED, re.compile(r"^popular|^trending$|^teasers?$|^carousel$|^readmore$|^latest$|^recent$")),
    (Region.COMMENTS, re.compile(r"^respond$|^replies$")),
    (Region.PAGER, re.compile(r"^pager$|^pagination$|^paginat|^prevnext$|^nextprev$")),
    (Region.DIALOG, re.compile(r"^consent$|^modals?$|^popups?$|^newsletters?$|^subscribe$")),
    (Region.FURNITURE, re.compile(r"^navbar$|^breadcrumbs?$|^footer$|^sitefooter$|^colophon$|^masthead$|^topbar$|^share$|^sharing$|^sharedaddy$|^addthis|^socials?$|^advert(?:isement)?s?$|^ads?$|^sponsors?$|^toolbar$|^mainmenu$")),
    (Region.ASIDE, re.compile(r"^sidebars?$|^aside$|^widgets?$|^rail$")),
)  # fmt: skip
"""The region by words that mean the document's own part beside a word of `_OWN`: `entry-footer`, `article-teaser`."""
_OWN = frozenset((
    "post", "entry", "article", "asset", "node", "content", "story", "text", "hero", "header", "lead", "intro", "page", "document", "author", "report", "body", "row", "item", "box",
))  # fmt: skip
_CLASS_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]{2,}")


@lru_cache(maxsize=50_000)
def _name(name: str) -> Region | None:
    """Return the region that one class or id names."""
    words = [word.lower() for word in _CLASS_WORD.findall(name)]
    if "header" in words and len(words) > 1:
        return None
    for word in words:
        for region, pattern in _CLASSES:
            if pattern.search(word):
                return region
    if not _OWN.isdisjoint(words):
        return None
    return next((region for word in words for region, pattern in _WEAK if pattern.search(word)), None)


@lru_cache(maxsize=16_384)
def class_of(key: str) -> Region | None:
    """Return the region that an element's classes, id and role name; see `Blocks.node_keys`."""
    found: Region | None = None
    for name in key.split(None, 12)[:12]:
        region = _name(name[:60])
        if region is not None and (found is None or region > found):
            found = region
    return found
