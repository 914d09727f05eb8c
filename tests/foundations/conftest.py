"""Jobs to claim, and a mail server that answers as it is told."""

import socketserver
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from isecg.mail.models import Message


@pytest.fixture
def make_mail(db: None) -> Callable[..., Message]:
    """`make_mail()`: a mail that waits for a worker."""

    def make(**fields: Any) -> Message:
        wanted = {
            "kind": "test",
            "to": "a@example.org",
            "language": "en",
            "subject": "S",
            "text": "T",
            "html": "<p>T",
        }
        return Message.objects.want(**{**wanted, **fields})

    return make


@dataclass
class Server:
    """A mail server on this machine: `answers` maps a command to its reply; `taken` is what it accepted."""

    port: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)
    before_taking: Callable[[], None] = lambda: None


@pytest.fixture
def smtp(settings: Any) -> Iterator[Server]:
    """A mail server, and the portal set to it."""
    server = Server()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self._say("220 ready")
            while line := self.rfile.readline().decode(errors="replace").strip():
                verb = line.split()[0].upper().rstrip(":")
                if verb == "DATA" and "DATA" not in server.answers:
                    self._take()
                    continue
                self._say(server.answers.get(verb, "250 ok" if verb != "QUIT" else "221 bye"))
                if verb == "QUIT":
                    return

        def _take(self) -> None:
            self._say("354 go on")
            lines = []
            while (line := self.rfile.readline()).rstrip(b"\r\n") != b".":
                lines.append(line.decode(errors="replace"))
            server.before_taking()
            reply = server.answers.get("END", "250 taken")
            if reply.startswith("2"):
                server.taken.append("".join(lines))
            self._say(reply)

        def _say(self, words: str) -> None:
            self.wfile.write(words.encode() + b"\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Talk) as listening:
        listening.daemon_threads = True
        server.port = listening.server_address[1]
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        threading.Thread(target=listening.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        listening.shutdown()
