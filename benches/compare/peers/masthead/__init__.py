"""Masthead itself, with the outputs that the peers make too, and with all of its own."""

import os
import subprocess
from pathlib import Path

from corpus import Article
from peers import Peer, Tool, front_matter

REPOSITORY = Path(__file__).parents[4]
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target")) / "release"
ADDRESS = "/{year}/{month}/{slug}/"


def install(_cache: Path) -> Tool:
    """It was compiled before the corpus was made; see `compile`."""
    program = TARGET / "masthead"
    version = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()[1]
    return Tool([program, "build", "--quiet"], version)


def compile() -> Path:
    """Compiles this repository, and gives the generator of the corpus."""
    command = ["cargo", "build", "--release", "--quiet", "--bin", "masthead", "--example", "gen_corpus"]
    subprocess.run(command, check=True, cwd=REPOSITORY)
    return TARGET / "examples/gen_corpus"


def file(article: Article) -> tuple[str, str]:
    """As it is in the corpus: Masthead resolves links to files itself."""
    path = f"content/articles/{article.year}/{article.month}/{article.slug}.md"
    return path, front_matter(article.matter) + article.body


def peer(name: str, title: str, site: str, differs: str) -> Peer:
    return Peer(
        name=name,
        title=title,
        site=Path(__file__).parent / site,
        install=install,
        file=file,
        page="{year}/{month}/{slug}/index.html",
        link=ADDRESS,
        leftovers=(".masthead",),
        differs=differs,
    )


PEERS = [
    peer("masthead", "Masthead", "site", "related articles; full text in the site's feed; JSON-LD; its own theme"),
    peer("masthead-all", "Masthead, all outputs", "site-all", "also days, years of outlets, authors, JSON feeds"),
]
