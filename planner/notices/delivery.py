"""Handing messages over to a mail server, as SMTP_URL says.

``smtps://user:password@host`` speaks TLS from the start; ``smtp://host:587`` begins without and
must change to it (STARTTLS), unless the server is on this machine. What is sent opens accounts.
"""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

_TIMEOUT = 30
_PORTS = {"smtp": 25, "smtps": 465}


class UndeliveredError(Exception):
    """A message was not taken; ``for_good`` is whether it never will be."""

    #: Whether any other message would have met the same.
    is_general = False

    def __init__(self, reason: str, *, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


class NoServerError(UndeliveredError):
    """The server does not answer, or refuses us."""

    is_general = True


@dataclass(frozen=True)
class Server:
    """Where to hand messages over, and as whom."""

    host: str
    port: int
    sender: Address
    is_encrypted: bool
    user: str | None = None
    password: str | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is on this machine, so that nobody listens on the way."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def server_of(url: str, host: str) -> Server:
    """Return the server that an SMTP_URL names; ``host`` is that of this installation.

    ``?from=address`` says who sends; otherwise it is no-reply at the installation's host.

    :raises ValueError: when the sender is no address.
    """
    parts = urlsplit(url)
    (sender, *_) = parse_qs(parts.query).get("from", [f"no-reply@{host}"])
    return Server(
        host=parts.hostname or "localhost",
        port=parts.port or _PORTS[parts.scheme],
        sender=Address("Barnama", addr_spec=sender),
        is_encrypted=parts.scheme == "smtps",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


@contextmanager
def connection(server: Server) -> Iterator[smtplib.SMTP]:
    """Open a connection, encrypted unless it stays on this machine.

    :raises NoServerError: when there is none, or it cannot be encrypted.
    """
    try:
        client = _opened(server)
    except UnicodeEncodeError:  # smtplib knows no others
        raise NoServerError("user and password may have Latin letters only") from None
    except (OSError, smtplib.SMTPException) as error:
        raise NoServerError(_told(error)) from None
    try:
        yield client
    finally:
        # What was handed over is with the server, however it says goodbye.
        with suppress(OSError, smtplib.SMTPException):
            client.quit()


def _opened(server: Server) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.is_encrypted:
        client: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, timeout=_TIMEOUT, context=context
        )
    else:
        client = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT)
    try:
        client.ehlo_or_helo_if_needed()
        if client.has_extn("starttls") and not server.is_encrypted:
            client.starttls(context=context)
            client.ehlo()
        elif not server.is_encrypted and not server.is_local:
            raise NoServerError(f"{server.host} does not offer STARTTLS; use smtps://")
        if server.user:
            client.login(server.user, server.password or "")
    except BaseException:
        client.close()
        raise
    return client


def deliver(client: smtplib.SMTP, message: EmailMessage) -> None:
    """Hand one message over.

    :raises UndeliveredError: when it was not taken.
    """
    try:
        client.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        raise UndeliveredError(_said(code, said), for_good=_is_final(code)) from None
    except smtplib.SMTPResponseException as error:
        reason = _said(error.smtp_code, error.smtp_error)
        raise UndeliveredError(reason, for_good=_is_final(error.smtp_code)) from None
    except smtplib.SMTPNotSupportedError as error:
        raise UndeliveredError(str(error), for_good=True) from None
    except (OSError, smtplib.SMTPException) as error:
        raise UndeliveredError(_told(error)) from None


def _is_final(code: int) -> bool:
    """Tell whether a reply says that trying again is of no use (RFC 5321, 4.2.1)."""
    return code // 100 == 5


def _said(code: int, said: bytes | str) -> str:
    told = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(told.split())}"


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _said(error.smtp_code, error.smtp_error)
    return " ".join(str(error).split()) or type(error).__name__
