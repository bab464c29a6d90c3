"""The peers: how each is installed, what its site looks like, and what its outputs are called."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from corpus import Article


@dataclass(frozen=True)
class Tool:
    """A program that was found or installed."""

    command: list
    version: str
    environment: dict = field(default_factory=dict)


class Missing(Exception):
    """A peer that cannot be had on this machine, and why."""


@dataclass(frozen=True)
class Peer:
    #: What `--peers` calls it.
    name: str
    #: What the table calls it.
    title: str
    #: Its configuration and templates; `file` and `finish` add the rest.
    site: Path
    #: Brings the program into a folder.
    install: Callable[[Path], Tool]
    #: Path and text of an article's file.
    file: Callable[[Article], tuple[str, str]]
    #: The page of an article in `public/`, and its address.
    page: str
    link: str
    #: In which way its site is not the same as Masthead's.
    differs: str = ""
    #: Where the pictures belong.
    pictures: str = "static/pictures"
    #: What a build leaves behind beside `public`, and the next one must not find.
    leftovers: tuple[str, ...] = ()
    #: Adds what only the whole corpus tells.
    finish: Callable[[Path, Path], None] = lambda site, corpus: None


def front_matter(values: dict) -> str:
    """YAML in which every value is JSON, but for the date."""
    lines = (f"{key}: {value if key == 'date' else json.dumps(value)}" for key, value in values.items())
    return "---\n" + "\n".join(lines) + "\n---\n"


def all_peers() -> dict[str, Peer]:
    from . import blades, eleventy, hugo, masthead, pelican

    peers = [*masthead.PEERS, *hugo.PEERS, *blades.PEERS, *eleventy.PEERS, *pelican.PEERS]
    return {peer.name: peer for peer in peers}
