"""Examples of the guide: the same question in curl, Python and R.

``{site}`` stands for scheme and host. The Python needs the standard library alone, R
the packages httr2 and purrr.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Example:
    """One question in three languages; ``name`` ends its address in the page."""

    name: str
    title: Promise
    curl: str
    python: str
    r: str

    def programs(self, site: str) -> tuple[tuple[str, str], ...]:
        """The name of each language and the text, for the site at *site*."""
        texts = (("curl", self.curl), ("Python", self.python), ("R", self.r))
        return tuple((name, text.replace("{site}", site)) for name, text in texts)


EXAMPLES: Final = (
    Example(
        "count",
        _("How many articles a search finds, and the first of them"),
        curl="""\
curl --get '{site}/api/v1/search' \\
  --header 'Accept-Language: en' \\
  --data-urlencode 'q=الطقس' \\
  --data-urlencode 'from=1942' \\
  --data-urlencode 'sort=oldest'""",
        python="""\
import json
from urllib.parse import urlencode
from urllib.request import urlopen

parameters = urlencode({"q": "الطقس", "from": "1942", "sort": "oldest"})
with urlopen(f"{site}/api/v1/search?{parameters}") as response:
    found = json.load(response)

print(found["total"])
for hit in found["hits"]:
    print(hit["published"], hit["title"], hit["url"])
    for excerpt in hit["excerpts"]:
        print("   ", excerpt["start"], excerpt["text"])""",
        r="""\
library(httr2)

found <- request("{site}/api/v1/search") |>
  req_url_query(q = "الطقس", from = "1942", sort = "oldest") |>
  req_perform() |>
  resp_body_json()

found$total
sapply(found$hits, \\(hit) hit$title)""",
    ),
    Example(
        "all",
        _("All articles that a search finds, with their texts"),
        curl="""\
address='{site}/api/v1/articles?source=gazette&text=true&limit=20'
while [ "$address" ]; do
  curl --silent "$address" > page.json
  python3 -c 'import json; print(len(json.load(open("page.json"))["articles"]))'
  address=$(python3 -c 'import json; print(json.load(open("page.json"))["next"] or "")')
done""",
        python="""\
import json
from urllib.request import urlopen

address = "{site}/api/v1/articles?source=gazette&text=true&limit=20"
while address:
    with urlopen(address) as response:
        page = json.load(response)
    for article in page["articles"]:
        print(article["id"], article["published"], len(article["text"]))
    address = page["next"]""",
        r="""\
library(httr2)

address <- "{site}/api/v1/articles?source=gazette&text=true&limit=20"
articles <- list()
while (!is.null(address)) {
  page <- request(address) |> req_perform() |> resp_body_json()
  articles <- c(articles, page$articles)
  address <- page$`next`
}
length(articles)""",
    ),
    Example(
        "again",
        _("One article, which is not sent again while it is unchanged"),
        curl="""\
curl --silent --etag-save etag.txt --output article.json '{site}/api/v1/articles/1'
curl --silent --etag-compare etag.txt --write-out '%{http_code}\\n' \\
  '{site}/api/v1/articles/1'  # 304: what you have is current""",
        python="""\
from urllib.error import HTTPError
from urllib.request import Request, urlopen

with urlopen("{site}/api/v1/articles/1") as response:
    etag = response.headers["ETag"]

again = Request("{site}/api/v1/articles/1", headers={"If-None-Match": etag})
try:
    urlopen(again)
except HTTPError as answer:
    print(answer.code)  # 304: what you have is current""",
        r="""\
library(httr2)

first <- request("{site}/api/v1/articles/1") |> req_perform()
again <- request("{site}/api/v1/articles/1") |>
  req_headers(`If-None-Match` = resp_header(first, "etag")) |>
  req_perform()
resp_status(again)  # 304: what you have is current""",
    ),
    Example(
        "mistake",
        _("A mistake, and what the answer says about it"),
        curl="""\
curl --header 'Accept-Language: en' '{site}/api/v1/search?sourc=gazette'""",
        python="""\
import json
from urllib.error import HTTPError
from urllib.request import urlopen

try:
    urlopen("{site}/api/v1/search?sourc=gazette")
except HTTPError as answer:
    problem = json.load(answer)
    print(problem["status"], problem["type"])
    for error in problem["errors"]:
        print(error["parameter"], error["detail"])""",
        r="""\
library(httr2)

answer <- request("{site}/api/v1/search?sourc=gazette") |>
  req_error(is_error = \\(response) FALSE) |>
  req_perform()
resp_body_json(answer, check_type = FALSE)$detail""",
    ),
)
