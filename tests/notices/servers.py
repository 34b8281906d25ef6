"""Mail servers that keep what they are given, and one that refuses it."""

import datetime
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Postbox:
    """What a mail server was given; ``answers`` are given instead, the first one first."""

    def __init__(self, answers: list[str] | None = None) -> None:
        self.letters: list[EmailMessage] = []
        self.raw: list[bytes] = []
        self.recipients: list[list[str]] = []
        self.encrypted: list[bool] = []
        #: By which connection each came.
        self.sessions: list[int] = []
        self.answers = answers or []

    async def handle_DATA(self, _server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a message."""
        if self.answers:
            return self.answers.pop(0)
        letter = message_from_bytes(envelope.content, policy=default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.raw.append(envelope.content)
        self.recipients.append(envelope.rcpt_tos)
        self.encrypted.append(session.ssl is not None)
        self.sessions.append(session.peer[1])
        return "250 kept"


@contextmanager
def mail_server(box: Postbox, **options: Any) -> Iterator[int]:
    """Run a mail server on this machine; return its port."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield int(controller.port)
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port on which nothing answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def knows(user: str, password: str) -> Any:
    """Return what lets one user in."""

    def authenticate(_server: Any, _session: Any, _envelope: Any, _kind: str, given: Any) -> Any:
        right = isinstance(given, LoginPassword) and given == LoginPassword(
            user.encode(), password.encode()
        )
        return AuthResult(success=right, handled=False)

    return authenticate


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for this machine; return how a server uses it, and its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName(
                [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
            ),
            critical=False,
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "certificate.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
