"""Nodes that refuse the site: its account, its trust, a certificate of nobody's."""

import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.utils import translation

from search.engines.opensearch import cluster as nodes
from search.engines.opensearch.cluster import Cluster
from search.errors import IndexUnavailable


class _Node(BaseHTTPRequestHandler):
    """Answers every request by the status of its server."""

    def do_GET(self) -> None:
        self.server.asked += 1  # type: ignore[attr-defined]
        status: int = self.server.status  # type: ignore[attr-defined]
        body = b'{"error": {"reason": "no"}, "status": 0}'
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Nothing: what the tests print is theirs."""


@contextmanager
def _listening(
    status: int, certificate: Path | None = None
) -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Node)
    server.status, server.asked = status, 0  # type: ignore[attr-defined]
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def _ask(server: ThreadingHTTPServer, scheme: str = "http", **options: str) -> str:
    """What a cluster of this node alone says."""
    cluster = Cluster(
        [f"{scheme}://amina:wrong@127.0.0.1:{server.server_port}"], **options
    )
    with translation.override("en"):
        try:
            cluster.ask(lambda client: client.indices.get_alias(name="x"))
        except IndexUnavailable as error:
            return str(error)
    return ""


@pytest.fixture(autouse=True)
def _without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nodes, "_FIRST_WAIT", 0)


@pytest.mark.parametrize("status", [401, 403])
def test_account_is_named_and_not_tried_again(status: int) -> None:
    with _listening(status) as server:
        assert "does not accept the account" in _ask(server)
        assert server.asked == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("status", [429, 503])
def test_busy_node_is_tried_again(status: int) -> None:
    with _listening(status) as server:
        assert "does not answer" in _ask(server)
        assert server.asked > 1  # type: ignore[attr-defined]


def test_certificate_of_an_unknown_authority_is_named(tmp_path: Path) -> None:
    certificate = tmp_path / "node.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", certificate, "-out", tmp_path / "own.pem"),
        ],
        check=True,
        capture_output=True,
    )
    trusted = tmp_path / "own.pem"
    with certificate.open("a") as file:
        file.write(trusted.read_text())
    with _listening(200, certificate) as server:
        assert "SIJILL_SEARCH_CA_FILE" in _ask(server, "https")
        assert server.asked == 0  # type: ignore[attr-defined]
        assert _ask(server, "https", ca_file=str(trusted)) == ""
        # A node that speaks no TLS at all.
    with _listening(200) as server:
        assert "SIJILL_SEARCH_CA_FILE" in _ask(server, "https")
