"""Choosing the interface's language from what a browser asks for."""

from planner.i18n.languages import INTERFACE, canonical_code


def negotiate(accept_language: str, offered: tuple[str, ...]) -> str:
    """Return the language of the interface that best answers an Accept-Language header.

    ``offered`` are the event's languages in its order; the first that the interface speaks is
    the answer when the header asks for none of them (RFC 9110, section 12.5.4).
    """
    available = [code for code in offered if code in INTERFACE] or list(INTERFACE)
    for code in _by_preference(accept_language):
        if code in available:
            return code
    return available[0]


def _by_preference(header: str) -> list[str]:
    weighted: list[tuple[float, int, str]] = []
    for position, entry in enumerate(header.split(",")[:20]):
        written, _, parameter = entry.partition(";")
        code = _kurdish(canonical_code(written))
        if code is not None:
            weighted.append((-_weight(parameter), position, code))
    return [code for weight, _, code in sorted(weighted) if weight < 0]


def _kurdish(code: str | None) -> str | None:
    """Give readers of Kurmanji the Kurdish that there is, rather than English."""
    return "ckb" if code == "kmr" else code


def _weight(parameter: str) -> float:
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
