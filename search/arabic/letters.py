"""The characters of Arabic script by name; the only module with raw code points.

Names are Unicode's; the single letters come from PyArabic, which has them as
constants. Sets that PyArabic lacks stand as ranges of the Unicode code charts
(blocks Arabic, Arabic Supplement, Arabic Extended-A and -B, Presentation Forms).
"""

from __future__ import annotations

from typing import Final

from pyarabic import araby

ALEF: Final[str] = araby.ALEF
ALEF_MADDA: Final[str] = araby.ALEF_MADDA
ALEF_HAMZA_ABOVE: Final[str] = araby.ALEF_HAMZA_ABOVE
ALEF_HAMZA_BELOW: Final[str] = araby.ALEF_HAMZA_BELOW
ALEF_WASLA: Final[str] = araby.ALEF_WASLA
ALEF_MAKSURA: Final[str] = araby.ALEF_MAKSURA
HAMZA: Final[str] = araby.HAMZA
WAW: Final[str] = araby.WAW
WAW_HAMZA: Final[str] = araby.WAW_HAMZA
YEH: Final[str] = araby.YEH
YEH_HAMZA: Final[str] = araby.YEH_HAMZA
HEH: Final[str] = araby.HEH
TEH_MARBUTA: Final[str] = araby.TEH_MARBUTA
KAF: Final[str] = araby.KAF
BEH: Final[str] = araby.BEH
JEEM: Final[str] = araby.JEEM
FEH: Final[str] = araby.FEH
ZAIN: Final[str] = araby.ZAIN
TEH: Final[str] = araby.TEH
DAL: Final[str] = araby.DAL
REH: Final[str] = araby.REH
NOON: Final[str] = araby.NOON
LAM: Final[str] = araby.LAM
GHAIN: Final[str] = araby.GHAIN
QAF: Final[str] = araby.QAF
HAH: Final[str] = araby.HAH
SHEEN: Final[str] = araby.SHEEN
SEEN: Final[str] = araby.SEEN
SAD: Final[str] = araby.SAD
ZAH: Final[str] = araby.ZAH
DAD: Final[str] = araby.DAD
MEEM: Final[str] = araby.MEEM
TAH: Final[str] = araby.TAH
AIN: Final[str] = araby.AIN
TATWEEL: Final[str] = araby.TATWEEL
DAMMA: Final[str] = araby.DAMMA
KASRA: Final[str] = araby.KASRA
SUKUN: Final[str] = araby.SUKUN
SHADDA: Final[str] = araby.SHADDA

DEFINITE_ARTICLE: Final = ALEF + LAM

# Alefs of Quranic and Kashmiri spelling: with wavy or high hamza and others.
OTHER_ALEFS: Final = "\u0672\u0673\u0675\u0773\u0774\u0870\u0871\u0872"
HIGH_HAMZA: Final = "\u0674"
WAW_HIGH_HAMZA: Final = "\u0676\u0677"
YEH_HIGH_HAMZA: Final = "\u0678"

# Letters of Persian, Urdu, Kurdish and Ottoman that Arabic papers mix in.
FARSI_YEHS: Final = "\u06cc\u06cd\u06d0\u06d1\u06d2\u063d\u063e\u063f\u0620"
YEH_BARREE_HAMZA: Final = "\u06d3"
KEHEHS: Final = "\u06a9\u06aa\u063b\u063c\u06ac\u0762\u0763\u0764"
GAFS: Final = "\u06af\u06ab\u06ad\u06b0"
PEH: Final = "\u067e"
TCHEH: Final = "\u0686"
JEH: Final = "\u0698"
VEHS: Final = "\u06a4\u06a5\u06a2"
HEHS: Final = "\u06be\u06c1\u06d5\u06ff"
HEH_WITH_HAMZA: Final = "\u06c0\u06c2"
TEH_MARBUTA_GOAL: Final = "\u06c3"
TTEH: Final = "\u0679"
DDAL: Final = "\u0688"
RREH: Final = "\u0691"
NOON_GHUNNA: Final = "\u06ba"
KURDISH_WAWS: Final = "\u06c4\u06c5\u06c6\u06c7\u06c8\u06c9\u06cb"
LAM_WITH_SMALL_V: Final = "\u06b5\u06b6"
# The Kurdish vowel that Arabic print has at the end of a word only, as ه or ة.
AE: Final = "\u06d5"
YEH_WITH_SMALL_V: Final = "\u06ce"
# By these letters a word is told to be Kurdish: ە ێ ۆ ڕ ڵ.
KURDISH_LETTERS: Final = f"{AE}{YEH_WITH_SMALL_V}\u06c6\u0695\u06b5"
# Letters of the Maghreb, Kurdish, Pashto, Sindhi and others, by the letter that Arabic
# print has instead: قالمة for ڨالمة, رووداو for ڕووداو.
REGIONAL: Final = {
    ALEF: "\u0873\u0874\u0875\u0876\u0877\u0878\u0879\u087a\u087b\u087c"
    "\u087d\u087e\u087f\u0880\u0881\u0882\u08ad",
    HAMZA: "\u08a8",
    BEH: "\u066e\u067b\u0680\u0750\u0751\u0752\u0753\u0754\u0755\u0756"
    "\u08a0\u08a1\u08b6\u08b7\u08be",
    TEH: "\u067a\u067c\u067d\u067f\u08b8\u08bf\u08c0",
    JEEM: "\u0681\u0683\u0684\u0685\u0687\u06bf\u08a2\u08c1\u08c5\u08c6",
    HAH: "\u0682\u0757\u0758\u076e\u076f\u0772\u077c\u088a",
    DAL: "\u0689\u068a\u068b\u068c\u068d\u068e\u068f\u0690\u06ee\u0759\u075a\u08ae",
    REH: "\u0692\u0693\u0694\u0695\u0699\u06ef\u075b\u076b\u076c\u0771\u08aa\u08b9",
    ZAIN: "\u0696\u0697\u08b2",
    SEEN: "\u069b\u076d\u0770\u077d\u077e",
    SHEEN: "\u069a\u069c\u06fa\u075c",
    SAD: "\u069d\u069e\u08af",
    DAD: "\u06fb",
    TAH: "\u088b\u088c\u08a3",
    ZAH: "\u069f",
    AIN: "\u08b3",
    GHAIN: "\u06a0\u06fc\u075d\u075e\u075f\u08c3",
    FEH: "\u06a1\u06a3\u06a6\u0760\u0761\u08a4\u08bb",
    QAF: "\u066f\u06a7\u06a8\u08a5\u08b5\u08bc\u08c4",
    KAF: "\u06ae\u06b1\u06b2\u06b3\u06b4\u077f\u088d\u08b0\u08b4\u08c2\u08c8",
    LAM: "\u06b7\u06b8\u076a\u08a6\u08c7",
    MEEM: "\u0765\u0766\u08a7",
    NOON: "\u06b9\u06bb\u06bc\u06bd\u0767\u0768\u0769\u0889\u08bd",
    WAW: "\u06ca\u06cf\u0778\u0779\u08ab\u08b1",
    YEH: "\u06ce\u0775\u0776\u0777\u077a\u077b\u0886\u08a9\u08ac\u08ba\u08c9",
}

# All nonspacing marks (category Mn) of Unicode's Arabic blocks: diacritics, Quranic
# annotation, combining hamzas and madda.
NONSPACING_MARKS: Final = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    "\u06ea-\u06ed\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"
)
# The alef of the mushaf above another letter, and its small yeh: سمٰوٰت, إبرٰهۧم.
DAGGER_ALEF: Final = "\u0670"
SMALL_HIGH_YEH: Final = "\u06e7"
# Tanween, short vowels, shadda and sukun, which tell one word from another.
DIACRITICS: Final = "\u064b-\u0652"
# Of these all but the shadda.
VOWELS: Final = "\u064b-\u0650\u0652"
# Madda and hamzas as combining characters, which decomposed text (NFD) has.
COMBINING_HAMZAS: Final = "\u0653-\u0655"
# Small waw and small yeh of the Quranic text: modifier letters (Lm), but no spelling.
QURANIC_SIGNS: Final = "\u06e5\u06e6"

SINGLE_LETTERS: Final = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef"
    "\u06fa-\u06fc\u06ff\u0750-\u077f\u0870-\u0887\u0889-\u088e\u08a0-\u08c9"
    "\ufb50-\ufbb1\ufbd3-\ufd3d\ufd50-\ufdc7\ufdf0\ufdf1\ufe70-\ufefc"
)
# One word in one character, with which a word may end: ﷲ, عبدﷲ, وﷴ.
WORD_LIGATURES: Final = "\ufdf2-\ufdf9"
LETTER_RANGES: Final = SINGLE_LETTERS + WORD_LIGATURES
PRESENTATION_RANGES: Final = "\ufb50-\ufdff\ufe70-\ufefc"
ALLAH: Final = "\ufdf2"
# One character that stands for words, and is never a part of one.
PHRASE_LIGATURES: Final = {
    "\ufd40": "رحمه الله",
    "\ufd41": "رضي الله عنه",
    "\ufd42": "رضي الله عنها",
    "\ufd43": "رضي الله عنهم",
    "\ufd44": "رضي الله عنهما",
    "\ufd45": "رضي الله عنهن",
    "\ufd46": "صلى الله عليه وآله",
    "\ufd47": "عليه السلام",
    "\ufd48": "عليهم السلام",
    "\ufd49": "عليهما السلام",
    "\ufd4a": "عليه الصلاة والسلام",
    "\ufd4b": "قدس سره",
    "\ufd4c": "صلى الله عليه وآله وسلم",
    "\ufd4d": "عليها السلام",
    "\ufd4e": "تبارك وتعالى",
    "\ufd4f": "رحمهم الله",
    "\ufdcf": "سلامه علينا",
    "\ufdfa": "صلى الله عليه وسلم",
    "\ufdfb": "جل جلاله",
    "\ufdfc": "ريال",
    "\ufdfd": "بسم الله الرحمن الرحيم",
    "\ufdfe": "سبحانه وتعالى",
    "\ufdff": "عز وجل",
}

# Joiners, direction marks, soft hyphen and byte-order mark: without a glyph.
INVISIBLE_RANGES: Final = (
    "\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
)
ARABIC_COMMA: Final = "\u060c"
DECIMAL_SEPARATOR: Final = "\u066b"
THOUSANDS_SEPARATOR: Final = "\u066c"
# Raised, lowered and circled digits: ² ₂ ①.
OTHER_DIGITS: Final = (
    "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u249b\u24ea"
)
# Combining accents of other scripts.
COMBINING_RANGES: Final = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
APOSTROPHES: Final = "'\u2019\u02bc"
# How the hamza and ayn of Arabic words are written in Latin letters: ‘ ‛ ` ´ ′ between
# letters, and signs that Unicode takes for letters: ʿ ʾ ʻ ʼ ʔ ʕ ᶜ ꜣ ꜥ.
AYN_QUOTES: Final = "\u2018\u201b`\u00b4\u2032"
AYN_LETTERS: Final = (
    "\u0294\u0295\u02b9\u02ba\u02bb\u02bc\u02bd\u02be\u02bf\u02c0\u02c1\u02e4\u1d9c"
    "\ua722\ua723\ua724\ua725"
)
