"""Words by which a name shows that it is an organisation's, an outlet's or a person's. Data only, lower case."""

# ruff: noqa: E501, SIM905 (tables of words)

from __future__ import annotations

ORGANISATION = frozenset(
    # English
    "university college school faculty institute institution academy centre center council commission committee ministry department agency"
    " authority bureau office board foundation trust association society union federation confederation alliance coalition network forum"
    " initiative programme program project campaign organisation organization group company corporation corp inc llc ltd limited plc gmbh ag"
    " sa nv bv llp co bank fund partners partnership consortium international national global world united nations government parliament court"
    " tribunal police army church museum library hospital clinic laboratory lab labs observatory secretariat service services team staff"
    " editors editorial desk correspondents contributors newsroom news newspaper times post herald guardian tribune journal magazine gazette"
    " chronicle telegraph mirror observer independent express standard daily weekly monthly review press radio television tv media network"
    " channel broadcasting online today wire agency report reports reporter bulletin digest economist diplomat intercept verge atlantic"
    " watch monitor rights humanitarian workers labour labor trade environmental climate justice action solidarity aid relief response"
    " resource resources research studies policy development business industries industry energy mining coal oil gas petroleum electric"
    " hydroelectric technologies technology systems solutions holdings consulting consultants advisory productions publications publishing"
    " books records studio studios entertainment sports club league party movement front committee taskforce task force working helpdesk"
    " unicef unesco unhcr undp unep oxfam amnesty greenpeace oecd ilo who imf un eu usaid giz fao wwf iucn ngo core reuters bloomberg"
    " associated bbc cnn aljazeera npr afp admin support help community blog website platform hub collective cooperative enterprise"
    # French, Spanish, Portuguese, Italian
    " université école institut centre conseil ministère agence fondation société fédération syndicat réseau rédaction gouvernement"
    " organisation mondiale nations unies droits comité collectif universidad universidade instituto centro consejo conselho ministerio"
    " ministério agencia agência fundación fundação asociación associação sociedad sociedade federación confederación sindicato red rede"
    " redacción redação gobierno governo organización organização naciones nações derechos direitos comisión comissão comité grupo"
    " coordinadora observatorio observatório compañía empresa periódico diario diário noticias notícias prensa editorial università istituto"
    " consiglio ministero agenzia fondazione associazione società federazione sindacato redazione gazzetta corriere osservatorio"
    # German, Dutch, Nordic
    " universität hochschule institut zentrum rat ministerium amt behörde stiftung verein verband gesellschaft bund bundesamt bundesministerium"
    " netzwerk redaktion zeitung nachrichten verlag gewerkschaft gruppe arbeitsgruppe kommission ausschuss initiative forschungszentrum"
    " universiteit instituut ministerie stichting vereniging redactie krant universitet institutet stiftelsen förbundet redaktionen"
    # Slavic, Turkish, Indonesian
    " uniwersytet instytut fundacja stowarzyszenie ministerstwo redakcja univerzita ústav nadace sdružení redakce университет институт"
    " министерство фонд центр комитет комиссия агентство организация ассоциация союз общество газета новости редакция правительство служба"
    " университет компания группа суд інститут університет фонд редакція üniversitesi enstitüsü bakanlığı vakfı derneği merkezi haber"
    " universitas yayasan lembaga kementerian redaksi dinas badan"
    # Arabic
    " منظمة مركز جامعة وزارة هيئة مؤسسة شبكة قناة معهد لجنة مجلس اتحاد جمعية صحيفة وكالة حكومة شركة موقع تحرير الأمم المتحدة جريدة"
    " סוכנות אוניברסיטת משרד ארגון מכון מערכת עמותת רשות دانشگاه سازمان وزارت خبرگزاری"
    # Languages of India
    " संस्थान विभाग मंत्रालय समिति आयोग केंद्र केन्द्र विश्वविद्यालय संगठन टीम डेस्क ब्यूरो न्यूज न्यूज़ समाचार सरकार कंपनी परिषद संघ एजेंसी"
    " বিশ্ববিদ্যালয় মন্ত্রণালয় সংস্থা ডেস্ক প্রতিবেদক নিউজ পরিষদ কেন্দ্র மையம் அமைச்சகம் பல்கலைக்கழகம் நிறுவனம்".split()
)

ORGANISATION_ENDINGS = (
    "公司", "集团", "集團", "大学", "大學", "学院", "學院", "中心", "协会", "協會", "学会", "學會", "基金会", "基金會", "委员会", "委員會", "组织", "組織", "联盟", "聯盟",
    "政府", "法院", "研究所", "研究院", "网", "網", "报", "報", "日报", "新闻", "新聞", "通讯社", "社", "编辑部", "部", "局", "厅", "署", "办公室", "银行", "工会", "工會",
    "会社", "株式会社", "機構", "財団", "協議会", "連合", "省", "庁", "センター", "ネットワーク", "編集部", "グループ", "団体", "委員会", "研究会",
    "대학교", "대학", "연구소", "연구원", "센터", "위원회", "협회", "재단", "신문", "일보", "뉴스", "방송", "회사", "그룹", "정부", "법원", "연합", "단체", "네트워크", "편집부", "노조",
)  # fmt: skip
"""Endings of Chinese, Japanese and Korean names that no person's name has."""

HAN_SUBJECTS = (
    "劳动", "勞動", "労働", "劳工", "勞工", "人权", "人權", "人権", "环境", "環境", "观察", "觀察", "観察", "监测", "監測", "監視", "国际", "國際", "国際", "联合", "聯合", "連合",
    "研究", "教育", "社会", "社會", "经济", "經濟", "経済", "法律", "公益", "工业", "工業", "产业", "產業", "産業", "市民", "消费", "消費", "能源", "通信", "通訊", "通讯", "时报", "時報",
)  # fmt: skip
"""Words that a longer Chinese or Japanese name holds when it is an organisation's."""

COMPOUND_ENDINGS = (
    "stelle", "zentrum", "verein", "verband", "institut", "gesellschaft", "stiftung", "ministerium", "netzwerk", "gewerkschaft", "genossenschaft", "kommission",
    "ausschuss", "agentur", "initiative", "bündnis", "redaktion", "zeitung", "hochschule", "universität", "bundesamt", "landesamt",
    "instituut", "vereniging", "stichting", "vakbond", "forening", "foreningen", "förening", "föreningen", "förbund", "förbundet", "forbundet", "myndigheten", "styrelsen",
    "universitet", "instituttet", "institutet", "direktoratet", "verket", "keskus", "virasto", "yliopisto", "liitto", "szövetség",
    "нефть", "нефтегаз", "строй", "банк", "пром", "сталь", "энерго", "инвест", "транс", "уголь", "золото", "торг", "сервис", "холдинг", "телеком", "медиа", "агро", "-лес", "-газ",
)  # fmt: skip
"""Endings of words that languages build together (`Forschungsstelle`, `Северсталь`), which make them an organisation's."""

OUTLETS = frozenset(
    "guardian|the guardian|financial times|new york times|the new york times|washington post|wall street journal|reuters|associated press|bloomberg"
    "|the economist|the diplomat|le monde|el país|der spiegel|die zeit|süddeutsche zeitung|libération|la repubblica|corriere della sera|folha de s.paulo"
    "|al jazeera|middle east eye|bbc|cnn|afp|xinhua|caixin|the hindu|mongabay|politico|vice|buzzfeed|quartz|fortune|forbes|wired|axios|propublica|openDemocracy"
    "|adidas|nike|h&m|apple|google|facebook|meta|microsoft|amazon|nestlé|unilever|shell|bp|glencore|vale|total|primark|inditex|puma|gap|walmart|tesco"
    "|dpa|dpa-afx|apa|sda|epd|kna|efe|agencia efe|europa press|ansa|lusa|belga|anp|pap|tass|тасс|риа новости|интерфакс|upi|ians|pti"
    "|新华社|人民日报|财新|朝日新聞|読売新聞|毎日新聞|日本経済新聞|共同通信|한겨레|조선일보|중앙일보|동아일보|连线|界面".lower().split(
        "|"
    )
)
"""Names without a word that tells, of outlets and companies that sign texts."""

ROLES = frozenset(
    "editor|senior editor|managing editor|executive editor|contributing editor|associate editor|assistant editor|deputy editor|news editor|editor-in-chief"
    "|editor in chief|staff writer|senior writer|writer|contributing writer|freelance writer|reporter|senior reporter|staff reporter|correspondent"
    "|senior correspondent|contributor|senior contributor|former contributor|guest contributor|columnist|journalist|blogger|author|guest author"
    "|executive director|director|deputy director|managing director|programme director|program director|president|vice president|chair|chairman"
    "|chief executive|ceo|cto|cfo|coo|founder|co-founder|head of research|researcher|senior researcher|research fellow|senior fellow|fellow|professor"
    "|associate professor|assistant professor|lecturer|analyst|senior analyst|policy analyst|policy officer|digital officer|programme officer"
    "|programme manager|project manager|product manager|manager|consultant|lawyer|attorney|attorney at law|partner|intern|photographer|producer"
    "|redakteur|redakteurin|journalistin|autorin|autor|chefredakteur|korrespondent|rédacteur|rédactrice|journaliste|directeur|directrice"
    "|periodista|redactor|redactora|director|directora|giornalista|jornalista|repórter|редактор|журналист|корреспондент|记者|编辑|기자|特約記者".split(
        "|"
    )
)

ROLE_NOUNS = frozenset(
    "editor writer director manager coordinator reporter correspondent consultant analyst researcher officer president founder fellow professor lecturer"
    " specialist strategist columnist contributor journalist producer photographer head chair chairman lead advisor adviser expert dietitian nutritionist"
    " engineer attorney lawyer economist scientist associate assistant secretary ceo cto cfo coo vp redakteur redakteurin rédacteur redactor".split()
)
"""What a job's title ends in."""

DEGREES = frozenset(
    "phd ph.d ph.d. md m.d m.d. mph mba msc m.sc m.sc. ma m.a m.a. ba b.a b.a. bs bsc jd j.d j.d. esq esq. rn rd rdn ld lcsw cpa cfa jr jr. sr sr. ii iii iv"
    " dds dvm dpt facp frcp obe cbe mbe pe rdh lmft cissp mfa llm llb edd ed.d. dr dr. prof prof. cscs ms m.s m.s. np fnp pharmd do d.o. dnp".split()
)

NOBODY = frozenset(
    "admin|administrator|administrador|webmaster|root|user|guest|anonymous|anonym|anonyme|anónimo|anônimo|anonimo|anoniem|аноним|unknown|author|authors|editor|staff|test|none|null|undefined|n/a|na|nan"
    "|wordpress|web admin|site admin|superuser|super user|site editor|web editor|webteam|web team|content team|wpadmin|wp admin|adminuser|siteadmin|host|owner"
    "|default|system|superadmin|moderator|marketing|dev|developer|by|autor|auteur|redaktion|red|red.|zvg|info|contact|home|view all posts|read more|share|follow|more|posts"
    "|about the author|about us|profile|comments|no comments|leave a comment|login|sign in|register|subscribe|menu|search|none none|no author|name|@type|person"
    "|管理员|管理員|系统管理员|系統管理員|网站管理员|網站管理員|超级管理员|管理者|관리자|운영자|администратор|админ|адміністратор|модератор"
    "|amministratore|administrateur|administrateur système|beheerder|yönetici|quản trị viên|المدير|مدير الموقع|المشرف|مشرف|مدیر|admin admin".split(
        "|"
    )
)
"""Accounts and words of the frame that stand where an author's name should."""

PARTICLES = frozenset(
    "de da do dos das di del della van von der den ten ter la le el al bin bint ibn ben abu abd y e du des zu zur af av san st mc mac o' d' dela"
    " vom zum dal lo degli delle".split()
)

CHINESE_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林罗羅高郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖萧蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付方白邹鄒孟熊秦邱江尹薛闫段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴戴莫孔向汤湯"
    "施季温溫欧歐阳陽康牛乔喬常倪赖賴樊兰蘭殷洪翟安颜顏梅祁申伍祝庄莊聂聶章鲁魯岳齐齊庞龐焦耿詹葛関关關穆甘柴俞辛左凌管单單费費鲍鮑盛裴翁丛叢柯涂塗包骆駱冉纪紀舒项項宁寧毕畢饶饒符闵閔裘苗卜瞿窦竇解华華蒙房滕屈缪繆覃游鞠芦蘆娄婁楚郁霍褚厉厲卓栾欒邢仇简簡苑谷邬鄔谈談敖晏臧佟宫宮阎閻花诸諸祖景席"
)
CHINESE_DOUBLE_SURNAMES = frozenset(
    "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 夏侯 皇甫 尉迟 尉遲 公孙 公孫 慕容 司徒 令狐 端木 东方 東方 南宫 南宮 独孤 獨孤 长孙 長孫 宇文 轩辕 軒轅 申屠 钟离 鍾離 公羊 淳于 闻人 百里 呼延 澹台".split()
)
JAPANESE_SURNAMES = frozenset(
    "佐藤 鈴木 高橋 田中 渡辺 伊藤 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 斎藤 清水 山崎 中島 池田 阿部 橋本 山下 森 石川 前田 小川 藤田 岡田 後藤 長谷川 村上 近藤 石井 斉藤 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 藤原 岡本 松田 中川 中野 原田 小野 竹内 金子 和田 中山 石田 上田 森田".split()
)
KOREAN_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유홍전고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모"
)
