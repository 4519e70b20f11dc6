"""Addresses of every view of the site, with words that only hidden articles have."""

from urllib.parse import quote

WORD, NEAR_WORD, PART = "زمردة", "زمردا", "زمر"
HIDDEN_YEAR = 1611
# Of articles: two hidden ones, two public ones, and two that there never are.
NUMBERS = (4, 5, 1, 3, 6, 8)
# What a page could show of a hidden article, each told from all others.
SECRETS = {
    "title": f"خزانة {WORD}",
    "body": f"نص فيه {WORD} مخبوءة، وكلمة مطبعة التي في غيره.",
    "byline": "بقلم ياقوتي",
    "acquired_from": "خزانة مرجان",
}

QUERIES = [
    WORD, NEAR_WORD, f"{NEAR_WORD}~", f"{PART}*", f"={WORD}", f"√{WORD}", f"-{WORD}",
    f"مطبعة {WORD}", "مطبعة", "مطبعا", f"عنوان:{WORD}", "كاتب:ياقوتي", "Zumurrud",
    "مصدر:الجوهرة", f"سنة:{HIDDEN_YEAR}", "",
]  # fmt: skip
NARROWED = [
    "actor=zumurrud", "topic=jewels", "topic=gems", "source=al-jawhara",
    "actor=printer", "topic=presses", "from=1600&to=1700", "sort=newest", "level=root",
    "-actor=zumurrud", "actor=~", "-topic=~", "actor=printer&actor=zumurrud&any=actor",
    "undated=1",
]  # fmt: skip
# The name of each view of the site and what to ask of it; the admin has its own tests.
DOORS: dict[str, list[str]] = {
    "root": ["/"],
    "healthz": ["/healthz"],
    "readyz": ["/readyz"],
    "set_language": ["/i18n/setlang/"],
    "login": ["/ar/login/"],
    "logout": ["/ar/logout/"],
    "password_change": ["/ar/password/"],
    "password_change_done": ["/ar/password/changed/"],
    "status": ["/ar/admin/status/"],
    "search:home": ["/ar/", "/en/"],
    "search:results": [
        *(f"/ar/search/?q={quote(query)}" for query in QUERIES if query),
        *(f"/en/search/?{narrowed}" for narrowed in NARROWED),
        f"/ar/search/?q={quote(WORD)}&actor=zumurrud",
    ],
    "search:facet": [
        f"/ar/search/facets/{name}/?{query}"
        for name in ("actor", "topic", "source")
        for query in ("", "q=" + quote(WORD), "actor=zumurrud", "topic=gems")
    ],
    "search:export": [
        f"/ar/search/export/{name}/?{query}"
        for name in ("csv", "jsonl", "ris", "bibtex", "csl")
        for query in ("", "q=" + quote(WORD), "topic=gems", "q=" + quote("مطبعة"))
    ],
    "search:take_away": [
        f"/ar/search/take-away/?{query}"
        for query in ("", "q=" + quote(WORD), "topic=gems", "article=1")
    ],
    "search:suggestions": [
        f"/ar/search/suggestions/?q={quote(text)}"
        for text in (WORD, WORD[:3], WORD[:4], NEAR_WORD[:3], "زمر", "Zum", "جواهر",
                     "الجوهر", "ياقو", "مط", ".lv")
    ],
    "search:feed": [
        f"/ar/search/feed/?{query}"
        for query in ("", "q=" + quote(WORD), "actor=zumurrud", "source=al-jawhara")
    ],
    "search:opensearch": ["/ar/opensearch.xml"],
    "search:saved": ["/ar/search/saved/"],
    "search:save": ["/ar/search/saved/new/?q=" + quote(WORD)],
    "search:saved_search": ["/ar/search/saved/1/"],
    "search:edit_saved": ["/ar/search/saved/1/edit/"],
    "search:mark_seen": ["/ar/search/saved/1/seen/"],
    "search:delete_saved": ["/ar/search/saved/1/delete/"],
    "search:stop_alerts": ["/ar/alerts/stop/x/"],
    "search:cite": ["/ar/search/cite/?q=" + quote(WORD)],
    "search:cited": ["/ar/searches/none/"],
    "search:cited_crate": ["/ar/searches/none/crate/"],
    "search:batch": ["/ar/search/batch/"],
    "search:prepare": ["/ar/search/prepare/csv/"],
    "search:jobs": ["/ar/files/"],
    "search:job": ["/ar/files/none/"],
    "search:job_file": ["/ar/files/none/file/"],
    "search:cancel_job": ["/ar/files/none/cancel/"],
    "search:basket": ["/ar/basket/"],
    "search:add_to_basket": ["/ar/basket/add/?article=1"],
    "search:empty_basket": ["/ar/basket/empty/"],
    "search:share": ["/ar/basket/share/"],
    "search:basket_note": ["/ar/basket/1/note/"],
    "search:remove_from_basket": ["/ar/basket/1/remove/"],
    "search:shared_lists": ["/ar/lists/"],
    "search:shared_list": ["/ar/lists/none/"],
    "search:edit_list": ["/ar/lists/none/edit/"],
    "search:revoke_list": ["/ar/lists/none/revoke/"],
    "search:history": ["/ar/search/history/"],
    "search:change_history": ["/ar/search/history/begin/"],
    "search:quotations": ["/ar/quotations/"],
    "search:concordance": [
        f"/ar/search/concordance/?q={quote(query)}&order={order}"
        for query in (WORD, "مطبعة", "مط*")
        for order in ("oldest", "after", "before")
    ],
    "search:concordance_csv": [
        f"/ar/search/concordance/csv/?q={quote(query)}" for query in (WORD, "مطبعة")
    ],
    "search:frequency": [
        f"/ar/search/frequency/?q={quote(WORD)}&q={quote('مطبعة')}&{query}"
        for query in ("", "grain=month", f"from={HIDDEN_YEAR}", "actor=printer")
    ],
    "search:frequency_csv": [f"/ar/search/frequency/csv/?q={quote(WORD)}"],
    "search:compare": [
        "/ar/search/compare/?a.actor=printer",
        f"/ar/search/compare/?a.q={quote(WORD)}&b.q={quote('مطبعة')}",
        "/ar/search/compare/?a.actor=printer&b.q=",
        "/ar/search/compare/?a.actor=zumurrud&b.topic=presses",
    ],
    "search:compare_csv": [
        f"/ar/search/compare/csv/{table}/?a.actor=printer&b.q="
        for table in ("articles", "periods", "words")
    ],
    "search:from_article": [f"/ar/search/from-article/{pk}/" for pk in NUMBERS],
    "search:api": ["/ar/api/"],
    "search:api_reference": ["/ar/api/reference/"],
    "api-v1:openapi": ["/api/v1/openapi.json"],
    "api-v1:api-root": ["/api/v1/"],
    "api-v1:nothing": ["/api/v1/nothing"],
    "api-v1:search": [
        *(f"/api/v1/search?q={quote(query)}" for query in QUERIES if query),
        *(f"/api/v1/search?{narrowed}" for narrowed in NARROWED),
    ],
    "api-v1:articles": [
        *(f"/api/v1/articles?q={quote(query)}" for query in QUERIES if query),
        *(f"/api/v1/articles?{narrowed}" for narrowed in NARROWED
          if not narrowed.startswith("sort")),
        "/api/v1/articles?text=true",
    ],
    "api-v1:article": [f"/api/v1/articles/{pk}" for pk in NUMBERS],
    "api-v1:actors": ["/api/v1/actors"],
    "api-v1:actor": ["/api/v1/actors/zumurrud", "/api/v1/actors/printer"],
    "api-v1:topics": ["/api/v1/topics"],
    "api-v1:topic": ["/api/v1/topics/jewels", "/api/v1/topics/presses"],
    "api-v1:sources": ["/api/v1/sources"],
    "api-v1:source": ["/api/v1/sources/al-jawhara", "/api/v1/sources/gazette"],
    "api-v1:coverage": ["/api/v1/coverage"],
    "api-v1:coverage_months": ["/api/v1/coverage/months"],
    "api-v1:facet": [
        f"/api/v1/facets/{name}?{query}"
        for name in ("actor", "topic", "source", "kind")
        for query in ("", "q=" + quote(WORD), "topic=gems")
    ],
    "no_api": ["/api/v2/search"],
    # Its lists tell for ever what was public once: tests/search/api/oai.
    "oai": ["/oai/?verb=ListSets"],
    "sitemap": ["/sitemap.xml"],
    "sitemap_part": [
        f"/sitemap-{name}.xml" for name in ("pages", "actors", "topics", "sources", "1")
    ],
    "archive:reference": [
        f"/ar/articles/{pk}/reference/{name}/"
        for pk in NUMBERS
        for name in ("ris", "bibtex", "csl")
    ],
    "archive:unapi": [
        "/ar/unapi/",
        *(f"/ar/unapi/?id=article-{pk}" for pk in NUMBERS),
        *(f"/ar/unapi/?id=article-{pk}&format=ris" for pk in NUMBERS),
    ],
    "search:syntax": ["/ar/search/help/"],
    "archive:article": [
        f"/ar/articles/{pk}/?q={quote(WORD)}" for pk in NUMBERS
    ],
    "archive:related": [f"/ar/articles/{pk}/related/" for pk in NUMBERS],
    "archive:actors": [
        "/ar/actors/",
        "/en/actors/",
        "/ar/actors/?name=" + quote("زمرد"),
        "/en/actors/?name=Zum",
        "/ar/actors/?letter=" + quote("ز"),
        "/ar/actors/?kind=place",
    ],
    "archive:actor": ["/ar/actors/zumurrud/", "/ar/actors/printer/"],
    "archive:topics": ["/ar/topics/"],
    "archive:topic": [
        "/ar/topics/jewels/", "/ar/topics/gems/", "/ar/topics/presses/",
    ],
    "archive:sources": ["/ar/sources/", "/en/sources/"],
    "archive:source": ["/ar/sources/al-jawhara/", "/ar/sources/gazette/"],
    "archive:about": ["/ar/about/"],
    "archive:styleguide": ["/ar/styleguide/"],
    "archive:coverage": [
        f"/ar/coverage/{query}"
        for query in ("", f"?period={HIDDEN_YEAR}", "?period=1610s", "?period=1911")
    ],
    "archive:days": ["/ar/calendar/any-year/"],
    "archive:any_year": ["/ar/calendar/any-year/5/14/", "/en/calendar/any-year/1/1/"],
    "archive:hijri": ["/ar/calendar/hijri/"],
    "archive:hijri_year": ["/ar/calendar/hijri/1020/", "/ar/calendar/hijri/1329/"],
    "archive:hijri_month": ["/ar/calendar/hijri/1020/2/"],
    "archive:calendar": ["/ar/calendar/"],
    "archive:undated": ["/ar/calendar/undated/"],
    "archive:year": [f"/ar/calendar/{year}/" for year in (HIDDEN_YEAR, 1923)],
    "archive:month": [f"/ar/calendar/{year}/5/" for year in (HIDDEN_YEAR, 1923)],
    "archive:day": [f"/ar/calendar/{year}/5/14/" for year in (HIDDEN_YEAR, 1923)],
}  # fmt: skip
# Contributors choose from all names, so they see the pages of these, without articles.
NAMES = [
    "/ar/actors/zumurrud/",
    "/ar/topics/jewels/",
    "/ar/topics/gems/",
    "/ar/sources/al-jawhara/",
]
# The first hidden article was public: its own address says that it is withdrawn.
GONE = f"/ar/articles/4/?q={quote(WORD)}"
