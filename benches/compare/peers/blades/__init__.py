"""Blades, from crates.io."""

import json
from pathlib import Path

from corpus import Article
from peers import Peer, Tool, install

VERSION = "0.6.0"
ADDRESS = "/{year}/{month}/{slug}"


def install_blades(cache: Path) -> Tool:
    program = install.from_crates_io(cache, "blades", VERSION) / "bin/blades"
    return Tool([program, "all"], VERSION)


def file(article: Article) -> tuple[str, str]:
    """All files lie in one folder, because a list of Blades has only the files of its own; the addresses are as elsewhere."""
    matter = article.matter
    values = {
        "title": matter["title"],
        "path": f"{article.year}/{article.month}",
        "summary": matter["summary"],
        "source": matter["source"]["outlet"],
        "original": matter["source"]["url"],
        "author": ", ".join(matter["authors"]),
    }
    if "image" in matter:
        picture = matter["image"]
        values |= {"image": picture["src"], "alt": picture["alt"], "credit": picture["credit"]}
    terms = {
        "tags": matter["tags"],
        "sources": [matter["source"]["outlet"]],
        "years": [article.year],
        "months": [f"{article.year}-{article.month}"],
    }
    text = f"date = {matter['date'].removesuffix('Z')}\n" + toml(values) + "[taxonomies]\n" + toml(terms)
    return f"content/{article.slug}.md", f"+++\n{text}+++\n{article.body_with_links(ADDRESS)}"


def toml(values: dict) -> str:
    """Texts and lists of texts are written in TOML as in JSON."""
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in values.items())


PEERS = [
    Peer(
        name="blades",
        title="Blades",
        site=Path(__file__).parent / "site",
        install=install_blades,
        file=file,
        page="{year}/{month}/{slug}.html",
        link=ADDRESS,
        pictures="assets",
        leftovers=(".blades",),
        differs="no related articles, tables of contents or ids of headings; one feed, of all articles",
    )
]
