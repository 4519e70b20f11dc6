"""A hostile request as a value, what makes them, and what follows from an answer."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from tests.fuzz.addresses import paths
from tests.fuzz.values import METHODS, bodies, headers, parameters

# The name under which the site is asked, unless a request brings another.
HOST = "localhost"


@dataclass(frozen=True, slots=True)
class HostileRequest:
    """Path and query as they travel: escaped or not, in Latin-1, without spaces."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def target(self) -> str:
        """What stands in the first line of the request."""
        return f"{self.path}?{self.query}" if self.query else self.path

    def all_headers(self) -> tuple[tuple[str, str], ...]:
        """The headers, with those that any client sends."""
        own = dict(self.headers)
        length = {"Content-Length": str(len(self.body))} if self.body else {}
        return tuple({"Host": HOST, **own, **length}.items())


def follow(location: str) -> HostileRequest | None:
    """The request that a redirect within the site leads to; None for any other."""
    path, _, query = location.partition("?")
    if not path.startswith("/") or path.startswith("//"):
        return None
    return HostileRequest("GET", path, query, (), b"")


@st.composite
def requests(draw: st.DrawFn, known: Sequence[str]) -> HostileRequest:
    """Any request: most of them ask for a page of the site, as readers do."""
    asks = draw(st.integers(0, 9)) > 0
    method = "GET" if asks else draw(st.sampled_from(METHODS))
    has_headers = draw(st.integers(0, 3)) == 0
    return HostileRequest(
        method=method,
        path=draw(paths(known)),
        query=draw(parameters(known)),
        headers=draw(headers()) if has_headers else (),
        body=b"" if asks else draw(bodies(known)),
    )
