"""The corpus: made by the project's generator, read back article by article."""

import json
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

LINK = re.compile(r"\(\.\./\.\./(\d{4})/(\d\d)/([a-z0-9-]+)\.md\)")


@dataclass(frozen=True)
class Article:
    year: str
    month: str
    slug: str
    matter: dict
    body: str

    def body_with_links(self, pattern: str) -> str:
        """The text with links to files turned into links to addresses, which peers would otherwise have to find themselves."""
        return LINK.sub(lambda link: f"({pattern.format(year=link[1], month=link[2], slug=link[3])})", self.body)


def make(generator: Path, folder: Path, n: int, seed: int):
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([generator, "--n", str(n), "--seed", str(seed), "--out", folder], check=True)


def paths(corpus: Path):
    """Year, month and slug of every article, one after another: a million of them must not pile up in memory."""
    for year in sorted((corpus / "content/articles").iterdir()):
        for month in sorted(year.iterdir()):
            for file in sorted(month.iterdir()):
                yield year.name, month.name, file.stem


def articles(corpus: Path):
    for year, month, slug in paths(corpus):
        text = (corpus / f"content/articles/{year}/{month}/{slug}.md").read_text()
        _, front, body = text.split("---\n", 2)
        yield Article(year, month, slug, dict(map(value, front.splitlines())), body)


def value(line: str):
    """A key and its value, which is JSON unless it is a date."""
    key, text = line.split(": ", 1)
    return key, text if key == "date" else json.loads(text)
