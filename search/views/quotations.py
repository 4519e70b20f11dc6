"""The page that checks quotations against the archive."""

from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from archive.templatetags.display import number
from search.quotations import MOST_QUOTATIONS, Checked, Verdict, check, split
from search.views.errors import BAD_REQUEST, answers_search_errors

# Characters: ten printed pages.
MAX_LENGTH: Final = 20_000


@require_http_methods(["GET", "HEAD", "POST"])
@answers_search_errors
def check_quotations(request: HttpRequest) -> HttpResponse:
    """The form; with POST, the verdict on each quotation. Nothing is kept."""
    text = request.POST.get("text", "")
    context: dict[str, object] = {"text": text, "max_length": MAX_LENGTH}
    if request.method != "POST":
        return render(request, "quotations/check.html", context)
    quotations = split(text[: MAX_LENGTH + 1])
    context["problem"] = problem = find_problem(text, len(quotations))
    if problem:
        return render(request, "quotations/check.html", context, status=BAD_REQUEST)
    context["rows"] = [
        (checked, link_to(checked)) for checked in map(check, quotations)
    ]
    return render(request, "quotations/check.html", context)


def find_problem(text: str, quotations: int) -> str:
    """Why *text* cannot be checked, and what helps; ``""`` where it can be."""
    if not quotations:
        return _("Paste a sentence, or several, each on a line of its own.")
    if len(text) > MAX_LENGTH:
        sentence = _("The text is longer than %(shown)s characters. Check it in parts.")
        return sentence % {"shown": number(MAX_LENGTH)}
    if quotations > MOST_QUOTATIONS:
        return ngettext(
            "There is more than %(shown)s quotation. Check them in parts.",
            "There are more than %(shown)s quotations. Check them in parts.",
            MOST_QUOTATIONS,
        ) % {"shown": number(MOST_QUOTATIONS)}
    return ""


def link_to(checked: Checked) -> str:
    """The address of the article, with the quotation marked where it is verbatim."""
    if checked.article is None:
        return ""
    address = checked.article.get_absolute_url()
    if checked.verdict is not Verdict.VERBATIM:
        return address
    words = " ".join(step.printed for step in checked.steps)
    return f"{address}?{urlencode({'q': f'«{words}»', 'level': 'exact'})}"
