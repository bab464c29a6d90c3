"""Pelican, from PyPI."""

from pathlib import Path

from corpus import Article
from peers import Peer, Tool, install

VERSION = "4.12.0"
ADDRESS = "/{year}/{month}/{slug}/"


def install_pelican(cache: Path) -> Tool:
    packages = install.from_pypi(cache, f"pelican[markdown]=={VERSION}")
    program = [packages / "bin/python", "-m", "pelican"]
    return Tool([*program, "content", "--settings", "pelicanconf.py", "--output", "public", "--quiet"], VERSION)


def file(article: Article) -> tuple[str, str]:
    matter = article.matter
    values = {
        "Title": matter["title"],
        "Date": matter["date"].replace("T", " ").removesuffix("Z"),
        "Slug": article.slug,
        "Category": matter["source"]["outlet"],
        "Original": matter["source"]["url"],
        "Tags": ", ".join(matter["tags"]),
        "Authors": "; ".join(matter["authors"]),
        "Summary": matter["summary"],
    }
    for key, value in matter.get("image", {}).items():
        values[f"Image_{key}"] = value
    head = "".join(f"{key}: {value}\n" for key, value in values.items())
    path = f"content/{article.year}/{article.month}/{article.slug}.md"
    return path, f"{head}\n[TOC]\n\n{article.body_with_links(ADDRESS)}"


PEERS = [
    Peer(
        name="pelican",
        title="Pelican",
        site=Path(__file__).parent / "site",
        install=install_pelican,
        file=file,
        page="{year}/{month}/{slug}/index.html",
        link=ADDRESS,
        pictures="content/pictures",
        leftovers=("__pycache__", "cache"),
        differs="no related articles; full text in all feeds",
    )
]
