"""The columns from which each field of an article is taken where no mapping is given.

After the field's own name, in this order; the first with a value is used. How a heading
is spelled does not matter: `archive.importing.fields.headings` folds them.
"""

from typing import Final

_SEPARATOR: Final = "، "

_ARTICLE: Final = {
    "article_id": "number_in_the_archive، رقم المقال في الأرشيف",
    "external_id": "id، identifier، guid، key، @id، المعرف، معرف، رقم المقال"
    "، المعرف لدى المصدر، identifier_at_the_source",
    "title": "headline، العنوان، عنوان، عنوان المقال، عنوان المقالة، عنوان الخبر، "
    "العنوان الرئيسي، article_title، news_title، name، titre",
    "subtitle": "العنوان الفرعي، عنوان فرعي، sub_title، subheadline",
    "body": "text، content، full_text، النص، نص، نص المقال، نص المقالة، نص الخبر، "
    "النص الكامل، المحتوى، محتوى، المتن، متن، article_text، article_body، main_text، "
    "body_text، content_text، content_html، story، التفاصيل، تفاصيل، texte، contenu، "
    "abstract، abstract_note، "
    "description",
    "language": "lang، in_language، اللغة، لغة",
    "source": "newspaper، المصدر، مصدر، الجريدة، جريدة، الصحيفة، صحيفة، المجلة، مجلة، "
    "اسم الجريدة، اسم الصحيفة، journal، magazine، publication، source_name، الوكالة، "
    "container_title، publication_title، publisher، is_part_of، site_name، outlet، "
    "الموقع، القناة، الناشر",
    "byline": "author، الكاتب، كاتب، اسم الكاتب، كاتب المقال، المؤلف، بقلم، المحرر، "
    "writer، reporter، creator، creators، المراسل، الصحفي، auteur"
    "، سطر الكاتب كما طبع، توقيع الكاتب كما طبع، توقيع الكاتب، byline_as_printed",
    "authors": "المؤلفون، الكتاب، أسماء الكتاب",
    "published": "date، published_on، published_at، التاريخ، تاريخ، تاريخ النشر، "
    "تاريخ الصدور، تاريخ الخبر، تاريخ المقال، تاريخ العدد، pub_date، date_published، "
    "publication_date، publish_date، published_date، datetime، issued، "
    "date_issued، publication_year، year، السنة"
    "، date_of_publication، تاريخ الإضافة، date_added، date_de_publication",
    "published_as_printed": "date_as_printed، التاريخ كما طبع، التاريخ المطبوع",
    "url": "link، web_address، الرابط، رابط، رابط المقال، رابط الخبر، permalink، "
    "article_url، page_url، href، source_url، uri، lien"
    "، العنوان على الشبكة",
    "topics": "topic، categories، category، tags، الموضوعات، الموضوع، المواضيع، "
    "موضوعات، موضوع، التصنيف، التصنيفات، تصنيف، القسم، الأقسام، الوسوم، وسوم، "
    "الكلمات المفتاحية، كلمات مفتاحية، subject، subjects، keywords، section، "
    "manual_tags، العلامات، labels، hashtags، rubrique",
    "actors": "الفاعلون، الأعلام",
    # Headings of our own tables, in both languages.
    "published_in_file": "date_as_in_the_file، التاريخ كما ورد في الملف",
    "issuers": "issuer، جهة الإصدار، أعلام أصدرته",
    "author_actors": "actors_who_are_authors، أعلام كتبته",
    "acquired_from": "acquired_from، مصدر الاقتناء",
    "acquired_at": "acquired_at، وقت الاقتناء",
    "content_hash": "content_hash، بصمة المحتوى",
    "status": "الحالة، حالة",
}


def synonyms_of(field: str) -> tuple[str, ...]:
    """The other columns of a field of an article, the first one first.

    >>> synonyms_of("actors")
    ('الفاعلون', 'الأعلام')
    """
    return tuple(_ARTICLE[field].split(_SEPARATOR))
