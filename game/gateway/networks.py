"""Which network addresses count as one."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Return what an address is counted by: itself, or of IPv6 its network of 2 to the 64, as one subscriber has.

    IPv4 that comes over IPv6 is IPv4. What is no address (a socket in the file system has none) is counted as it is.
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(IPv6Network((int(parsed) >> 64 << 64, 64)))
    return str(parsed)
