"""Eleventy, from npm."""

from pathlib import Path

from corpus import Article
from peers import Peer, Tool, front_matter, install

VERSION = "3.1.8"
FOOTNOTES = "4.0.0"
ADDRESS = "/{year}/{month}/{slug}/"


def install_eleventy(cache: Path) -> Tool:
    packages = [f"@11ty/eleventy@{VERSION}", f"markdown-it-footnote@{FOOTNOTES}"]
    modules = install.from_npm(cache, f"eleventy-{VERSION}", *packages)
    command = ["node", modules / "@11ty/eleventy/cmd.cjs", "--quiet"]
    return Tool(command, VERSION, {"ELEVENTY_MODULES": str(modules)})


def file(article: Article) -> tuple[str, str]:
    """Tags are called topics: Eleventy would make a collection of each, which nothing here needs."""
    matter = article.matter
    values = {
        "title": matter["title"],
        "date": matter["date"],
        "summary": matter["summary"],
        "topics": matter["tags"],
        "outlet": matter["source"]["outlet"],
        "original": matter["source"]["url"],
        "authors": matter["authors"],
    }
    if "image" in matter:
        values["image"] = matter["image"]
    path = f"content/{article.year}/{article.month}/{article.slug}.md"
    return path, front_matter(values) + article.body_with_links(ADDRESS)


PEERS = [
    Peer(
        name="eleventy",
        title="Eleventy",
        site=Path(__file__).parent / "site",
        install=install_eleventy,
        file=file,
        page="{year}/{month}/{slug}/index.html",
        link=ADDRESS,
        pictures="pictures",
        leftovers=(".cache",),
        differs="no related articles, tables of contents, ids of headings or highlighting",
    )
]
