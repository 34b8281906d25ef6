"""From which network somebody asks, as far as one household or office has it."""

import ipaddress


def network(address: str | None) -> str | None:
    """Return the network of an address, as far as one household or office has it: /24 or /48.

    This machine is none: behind a proxy on it everybody would share one, and a few attempts of
    anybody would hold back all.
    """
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    if found.is_loopback:
        return None
    length = 24 if found.version == 4 else 48
    return str(ipaddress.ip_network((found, length), strict=False))
