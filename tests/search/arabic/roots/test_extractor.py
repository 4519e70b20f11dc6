"""Root extraction: which words share a root, and which must not."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search.arabic.normalize import fold
from search.arabic.roots.awzan import AFTER_FEH, TRUNCATED, iter_awzan
from search.arabic.roots.exceptions import HOMOGRAPH_ROOTS, PREFERRED, ROOT_OF, ROOTLESS
from search.arabic.roots.extractor import root
from search.arabic.roots.known_roots import KNOWN_ROOTS
from search.arabic.stem import stem

# What the row tests, a known root, and words of the modern press that have it.
WORDS = [
    ("sound", "كتب", "كتب كتاب مكتبة كاتب مكاتب مكتوب كتابة اكتتاب يكتبون كتبت كتّاب"),
    ("sound", "درس", "درس مدرسة تدريس دراسات المدرسين دارس يدرس"),
    ("sound", "علم", "علم معلومات تعليم معلمون علماء الإعلام استعلامات يتعلم عالمية"),
    ("sound", "عمل", "عمل عمال معاملة أعمال استعمال عملية عاملين سيعمل تعاملت"),
    ("sound", "حكم", "حكومة محكمة أحكام حاكم محاكم تحكيم احتكام"),
    ("sound", "نشر", "نشر انتشار منشورات ناشر انتشرت ينتشر"),
    ("sound", "خدم", "خدمات استخدام مستخدمين خادم يستخدم ستستخدم"),
    ("sound", "فجر", "انفجار تفجيرات متفجرات انفجرت ينفجر"),
    ("sound", "سلح", "سلاح مسلحون أسلحة تسليح تسلح"),
    ("sound", "شرك", "شركة شركات مشاركة اشتراك شريك شركاء يشارك شراكة"),
    (
        "homograph of a function word",
        "قبل",
        "استقبال مقابلة قبول مستقبل يستقبل مقابلات",
    ),
    ("homograph of a function word", "بعد", "بعيد إبعاد استبعاد مستبعد"),
    ("homograph of a function word", "مثل", "تمثيل ممثلون يمثل تماثيل"),
    ("hollow, و", "قول", "قال يقول مقال أقوال مقالات قالت تقول قائل"),
    ("hollow, و", "قوم", "قام يقوم إقامة مقاومة قيمة أقيمت قائمة مقيمين استقامة"),
    ("hollow, و", "زور", "زيارة زار يزور زوار وزيارات"),
    ("hollow, و", "دور", "إدارة مدير دور أدوار دائرة يدير دوائر"),
    ("hollow, و", "قود", "قائد قيادة يقود قادة"),
    ("hollow, ي", "سير", "سيارة مسيرة سار مسار تسيير"),
    ("hollow, ي", "طير", "طائرة مطارات طيران طيارون طائرات"),
    ("hollow, ي", "زيد", "زيادة مزيد يزيد زاد ازداد متزايد"),
    ("hollow, ي", "بيع", "بيع مبيعات بائع يبيع"),
    ("doubled", "قلل", "استقلال مستقل قليل أقل تقليل"),
    ("doubled", "قرر", "قرار استقرار مستقرة تقرير مقر قررت أقر تقارير"),
    ("doubled", "حقق", "حقوق تحقيق حق استحقاق محقق يستحق"),
    ("doubled", "حلل", "احتلال محتل حلول تحليل احتلت"),
    ("doubled, ط of افتعل", "ضرر", "أضرار ضرورة اضطر يضطر مضطرون"),
    ("weak last", "قضي", "قاض قضاء القاضي قضايا قضية يقضي قضائية"),
    ("weak last", "دعو", "دعا يدعو دعوة استدعاء داعي دعوات"),
    ("weak last", "شري", "شراء اشترى يشتري مشتريات"),
    ("weak last", "نهي", "نهائي انتهاء إنهاء انتهت ينتهي"),
    ("weak last", "نمو", "تنمية نمو إنماء"),
    (
        "و and its changes",
        "وصل",
        "وصول توصيل مواصلات إيصال متواصل اتصالات متصل يتصل تصل",
    ),
    ("و and its changes", "وجد", "وجود إيجاد موجودة يوجد تواجد"),
    ("و and its changes", "وحد", "اتحاد متحدة توحيد وحدات موحد"),
    ("و and its changes", "وقع", "موقع توقيع مواقع متوقع وقعت إيقاع"),
    ("و and its changes", "ورد", "استيراد واردات موارد إيرادات"),
    ("د of افتعل", "زهر", "ازدهار زهور مزدهرة يزدهر أزهار"),
    ("ط of افتعل", "ضرب", "اضطراب اضطرابات ضرب إضراب مضطرب ضربة"),
    ("ط of افتعل", "صدم", "اصطدام صدمة اصطدمت"),
    ("hamza first", "ءمر", "أمر مؤتمر أوامر مأمور مؤامرة أمير تآمر"),
    ("hamza first", "ءمن", "أمن تأمين مؤمن إيمان أمنية"),
    ("hamza first", "ءخذ", "أخذ اتخاذ مأخذ يتخذ اتخذت"),
    ("hamza first", "ءسس", "أساس تأسيس مؤسسة أسس مؤسسات"),
    ("hamza in the middle", "رءس", "رئيس رئاسة رؤساء رأس يرأس"),
    ("hamza in the middle", "سءل", "سؤال مسؤول مسؤولية أسئلة مساءلة سأل"),
    ("hamza last", "بدء", "بداية ابتداء مبدأ مبادئ بدأت"),
    ("hamza last", "نشء", "إنشاء منشأة نشأة منشآت"),
    ("four radicals", "ترجم", "ترجمة مترجم تراجم يترجم"),
    ("four radicals", "سيطر", "سيطرة يسيطر مسيطر سيطرت"),
    ("four radicals", "هندس", "هندسة مهندس مهندسون"),
    ("four radicals, plural", "عنصر", "عنصر عناصر عنصرية"),
    ("four radicals, plural", "برمج", "برمجة برامج مبرمج"),
    ("ن cut off as a suffix", "محن", "امتحان امتحانات ممتحن"),
    ("ن cut off as a suffix", "عون", "تعاون إعانة يتعاون معونة"),
    ("ن cut off as a suffix", "سكن", "سكان سكن مساكن إسكان"),
    ("ه cut off as a suffix", "وجه", "اتجاه مواجهة وجه توجيه اتجهت يواجه"),
    ("weak last, not doubled", "رقي", "ارتقاء ترقية يرتقي"),
    ("weak last, not doubled", "حظي", "يحظى حظيت"),
    ("hollow, not doubled", "زمن", "تزامن زمان أزمنة"),
    ("first person of the future", "سفر", "سأسافر سفر مسافر"),
    ("passive with و", "عقب", "عوقب عقوبات معاقبة"),
    ("plural in افعلاء", "نبء", "أنبياء نبوة نبي تنبؤ"),
    ("after a proclitic ف", "خرج", "فخرج فخرجت خروج"),
]
NAMES = """
    بيروت لندن فيسبوك أمريكا العراق قطر الرياض السعودية الإمارات مصر سوريا إيران
    القاهرة الأردن اليابان الصين تونس المغرب فرنسا روسيا ألمانيا إيطاليا بريطانيا
    واشنطن باريس موسكو طهران بغداد دمشق حلب الموصل صنعاء غزة دبي عمان حماس داعش
    الحوثيين الأندلس سيناء الشام قريش أوباما ترامب بوتين أردوغان السيسي تويتر
    جوجل برشلونة مدريد ميلان
    محمد أحمد محمود خالد ناصر هاشم
    رونالدو فيتنام إنترنت تلفون كمبيوتر ديمقراطية برلمان دولار يورو يناير رمضان
"""
FUNCTION_WORDS = """
    من عن إلى على في أن إن كان كانت يكون لم لن قد هو هي هم هذا هذه ذلك تلك التي الذي
    الذين ما كل بعد قبل بين عند مع منذ خلال حول دون غير أو ثم لكن حتى حيث كما مثل بعض
    أي أيضا نحو فوق تحت أمام ضد عبر وفق حسب منهم فيها عليه لديه ليس سوف إذا لو هل
"""

arabic_words = st.text("ءابتثجحخدذرزسشصضطظعغفقكلمنهوي", max_size=11)


def root_of(word: str) -> str:
    return root(stem(fold(word)))


def key_of(known: str) -> str:
    """What ``root`` returns for words of a known root."""
    return HOMOGRAPH_ROOTS.get(known, known)


class TestRoot:
    @pytest.mark.parametrize(("why", "known", "words"), WORDS)
    def test_words_have_this_root(self, why: str, known: str, words: str) -> None:
        roots = {word: root_of(word) for word in words.split()}
        assert roots == dict.fromkeys(roots, key_of(known)), why

    def test_names_are_their_own_roots(self) -> None:
        roots = {name: root_of(name) for name in NAMES.split()}
        assert roots == {name: stem(fold(name)) for name in roots}

    def test_function_words_are_their_own_roots(self) -> None:
        roots = {word: root_of(word) for word in FUNCTION_WORDS.split()}
        assert roots == {word: stem(fold(word)) for word in roots}

    def test_function_words_share_no_root_with_content_words(self) -> None:
        stems = {stem(fold(word)) for word in FUNCTION_WORDS.split()}
        contents = {root_of(word) for _, _, words in WORDS for word in words.split()}
        assert stems & contents == set()

    @pytest.mark.parametrize(
        "words",
        ["بناء ابن", "تراب تربية", "مال ميل", "رياض روض", "حسن حسين", "قطر قطار"],
    )
    def test_words_of_different_roots_stay_apart(self, words: str) -> None:
        first, second = words.split()
        assert root_of(first) != root_of(second)

    @given(st.text() | arabic_words)
    @example("")
    @example("ت")
    @example("فت")
    def test_extraction_is_idempotent(self, text: str) -> None:
        found = root(text)
        assert root(found) == found
        assert bool(found) == bool(text)

    @given(arabic_words)
    def test_root_is_a_known_root_or_the_stem(self, word: str) -> None:
        found = root(word)
        known = {key: known for known, key in HOMOGRAPH_ROOTS.items()}
        assert found == word or (
            known.get(found, found) in KNOWN_ROOTS | ROOTLESS | set(ROOT_OF.values())
        )

    @given(arabic_words)
    def test_root_has_at_least_two_letters(self, word: str) -> None:
        assert len(root(word)) >= min(len(word), 2)

    @given(st.text().filter(lambda text: not re.search("[ء-ي]", text)))
    def test_other_scripts_stay_unchanged(self, text: str) -> None:
        assert root(text) == text

    def test_known_roots_are_their_own_roots(self) -> None:
        roots = {known: root(known) for known in KNOWN_ROOTS}
        assert {known: found for known, found in roots.items() if found != known} == {}


class TestTables:
    """Typos in the tables that the words above do not show."""

    def test_known_roots_have_three_or_four_radicals_and_no_alef(self) -> None:
        odd = {word for word in KNOWN_ROOTS if not re.fullmatch("[ءب-ي]{3,4}", word)}
        assert odd == set()

    def test_known_roots_are_not_too_few(self) -> None:
        assert len([word for word in KNOWN_ROOTS if len(word) == 3]) >= 2500
        assert len([word for word in KNOWN_ROOTS if len(word) == 4]) >= 200

    def test_roots_of_exceptions_are_their_own_roots(self) -> None:
        keys = set(map(key_of, ROOT_OF.values()))
        assert set(map(root, keys)) == keys

    def test_exceptions_are_not_shadowed(self) -> None:
        assert ROOT_OF.keys() & (KNOWN_ROOTS | ROOTLESS) == set()

    def test_stems_of_homograph_roots_are_their_own_roots(self) -> None:
        assert {root(name) for name in HOMOGRAPH_ROOTS.values()} == set(
            HOMOGRAPH_ROOTS.values()
        )
        assert HOMOGRAPH_ROOTS.keys() <= KNOWN_ROOTS
        assert set(HOMOGRAPH_ROOTS.values()) & (KNOWN_ROOTS | ROOTLESS) == set()

    def test_preferred_roots_are_known(self) -> None:
        assert PREFERRED <= KNOWN_ROOTS

    def test_special_awzan_are_awzan(self) -> None:
        assert TRUNCATED | set(AFTER_FEH) <= set(iter_awzan())
