"""Handing messages over to a mail server, as SMTP_URL says.

``smtps://user:password@host`` speaks TLS from the start; ``smtp://host:587`` begins without and
must change to it (STARTTLS), unless the server is on this machine. What is sent opens accounts.
"""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from ipaddress import ip_address
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

_TIMEOUT = 30
#: Servers grow suspicious of a connection that never ends.
_MOST_CARRIED = 100
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
    #: How many messages it may be given within a minute, by all senders together.
    per_minute: int | None = None

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
    ``?per_minute=60`` says how many messages the server takes in a minute.

    :raises ValueError: when the sender is no address, or the number none.
    """
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    (sender, *_) = query.get("from", [f"no-reply@{host}"])
    (limit, *_) = query.get("per_minute", [None])
    if limit is not None and not (limit.isascii() and limit.isdigit() and int(limit)):
        raise ValueError("per_minute must be a number above 0")
    return Server(
        host=parts.hostname or "localhost",
        port=parts.port or _PORTS[parts.scheme],
        sender=Address("Barnama", addr_spec=sender),
        is_encrypted=parts.scheme == "smtps",
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        per_minute=int(limit) if limit else None,
    )


class Line:
    """A connection to a server, kept for the next message as long as the server allows.

    It is opened with the first message, and encrypted unless it stays on this machine.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._client: smtplib.SMTP | None = None
        self._carried = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def deliver(self, message: EmailMessage) -> None:
        """Hand one message over.

        :raises UndeliveredError: when it was not taken.
        """
        client = self._ready()
        try:
            deliver(client, message)
        except UndeliveredError:
            self.close()  # whatever state it is in, the next message begins anew
            raise
        self._carried += 1

    def close(self) -> None:
        """Say goodbye; what was handed over is with the server, however it answers."""
        if self._client is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._client.quit()
            self._client.close()
        self._client, self._carried = None, 0

    def _ready(self) -> smtplib.SMTP:
        """Return a connection that lives.

        :raises NoServerError: when there is none, or it cannot be encrypted.
        """
        if self._client is not None and not self._lives(self._client):
            self.close()
        if self._client is None:
            self._client = _reached(self._server)
        return self._client

    def _lives(self, client: smtplib.SMTP) -> bool:
        """Ask before a message is begun: one that breaks off midway may have been taken."""
        if self._carried >= _MOST_CARRIED:
            return False
        try:
            return client.noop()[0] // 100 == 2
        except (OSError, smtplib.SMTPException):
            return False


def _reached(server: Server) -> smtplib.SMTP:
    try:
        return _opened(server)
    except UnicodeEncodeError:  # smtplib knows no others
        raise NoServerError("user and password may have Latin letters only") from None
    except (OSError, smtplib.SMTPException) as error:
        raise NoServerError(_told(error)) from None


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
