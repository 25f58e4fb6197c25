"""Machines of a test's own: network namespaces around one bridge, whose cables can be pulled out.

What is sent to a machine without its cable just does not arrive: no connection is refused or closed, as where a process ends.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import pytest


@dataclass(frozen=True)
class Host:
    """One of them."""

    name: str
    address: str
    cable: str
    """Its end at the bridge."""

    @property
    def within(self) -> tuple[str, ...]:
        """What runs a command there."""
        return (_program(), "netns", "exec", self.name)

    def unplug(self) -> None:
        _ip("link", "set", self.cable, "down")

    def plug_in(self) -> None:
        _ip("link", "set", self.cable, "up")


@dataclass
class Hosts:
    """This machine is one of them, at the bridge itself."""

    bridge: str
    network: str
    """Its addresses but for the last number."""
    all: list[Host] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Of this machine."""
        return f"{self.network}.1"

    def add(self) -> Host:
        """One more."""
        number = len(self.all) + 2
        name, cable, inner = f"{self.bridge}-{number}", f"{self.bridge}.{number}", f"{self.bridge}i{number}"
        host = Host(name, f"{self.network}.{number}", cable)
        _ip("netns", "add", name)
        self.all.append(host)
        _ip("link", "add", cable, "type", "veth", "peer", "name", inner)
        _ip("link", "set", inner, "netns", name)
        _ip("link", "set", cable, "master", self.bridge, "up")
        _ip("-n", name, "address", "add", f"{host.address}/24", "dev", inner)
        for device in (inner, "lo"):
            _ip("-n", name, "link", "set", device, "up")
        return host

    def at(self, address: str) -> Host:
        return next(host for host in self.all if host.address == address)


@contextmanager
def hosts() -> Iterator[Hosts]:
    """None but this machine to begin with; all are gone afterwards. Skips where network namespaces are not to be had."""
    number = os.getpid() % 250 + 1
    made = Hosts(f"gs{number}", f"10.231.{number}")
    try:
        _ip("link", "add", made.bridge, "type", "bridge")
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"network namespaces cannot be made here: {_reason(error)}")
    try:
        _ip("address", "add", f"{made.address}/24", "dev", made.bridge)
        _ip("link", "set", made.bridge, "up")
        try:
            made.add()  # to see whether it can be done
        except subprocess.CalledProcessError as error:
            pytest.skip(f"network namespaces cannot be made here: {_reason(error)}")
        yield made
    finally:
        for host in made.all:
            with suppress(subprocess.CalledProcessError):
                _ip("netns", "delete", host.name)
            with suppress(subprocess.CalledProcessError):
                _ip("link", "delete", host.cable)  # which goes with the machine, but some moments later
        _ip("link", "delete", made.bridge)


def _reason(error: OSError | subprocess.CalledProcessError) -> str:
    return error.stderr.strip() if isinstance(error, subprocess.CalledProcessError) else str(error)


def _ip(*arguments: str) -> None:
    """Raises CalledProcessError, and OSError where there is no such program."""
    subprocess.run([_program(), *arguments], check=True, capture_output=True, text=True)


def _program() -> str:
    program = shutil.which("ip") or shutil.which("ip", path="/usr/sbin:/sbin")
    if program is None:
        raise FileNotFoundError("ip (Debian's iproute2) is not installed")
    return program
