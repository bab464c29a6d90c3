"""Those who are compared: a peer with its site, or the floor."""

import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import corpus
import measure
from measure import Failed, Run
from peers import Peer, Tool


@dataclass
class Contestant:
    name: str
    title: str
    differs: str
    #: Where it writes, after what was there has been set aside.
    output: Path
    runs: list[Run] = field(default_factory=list)
    files: int = 0
    bytes: int = 0
    failure: str = ""

    def run(self, trash: Path, limit: float):
        """One build, from a quiet disk. One that failed once does not run again."""
        if self.failure:
            return
        try:
            self.clear(trash)
            measure.settle()
            run = self.build(limit)
            if not self.runs:
                self.check()
                self.files, self.bytes = measure.size(self.output)
            self.runs.append(run)
        except Failed as failure:
            self.failure = str(failure)

    def clear(self, trash: Path):
        measure.set_aside(self.output, trash)

    def build(self, limit: float) -> Run:
        raise NotImplementedError

    def check(self):
        """Whether the build made what it should have."""


@dataclass
class Generator(Contestant):
    peer: Peer | None = None
    tool: Tool | None = None
    corpus: Path | None = None

    def clear(self, trash: Path):
        super().clear(trash)
        for leftover in self.peer.leftovers:
            measure.set_aside(self.output.parent / leftover, trash)

    def build(self, limit: float) -> Run:
        return measure.build(self.tool.command, self.output.parent, self.tool.environment, limit)

    def check(self):
        wanted = written = 0
        for year, month, slug in corpus.paths(self.corpus):
            page = self.output / self.peer.page.format(year=year, month=month, slug=slug)
            wanted += 1
            # A page without the text is no page: the shortest article has more than this.
            written += page.is_file() and page.stat().st_size > 1_000
        if written != wanted:
            raise Failed(f"{written} of {wanted} article pages")


@dataclass
class Floor(Contestant):
    program: Path | None = None
    #: The tree that it writes again.
    tree: Path | None = None

    def build(self, limit: float) -> Run:
        command = [self.program, self.tree, self.output]
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
        if done.returncode != 0:
            raise Failed(done.stderr.strip())
        return Run(float(done.stdout), None)


def generator(peer: Peer, tool: Tool, folder: Path, made_from: Path) -> Generator:
    """A peer with its site, written from the corpus into a folder."""
    shutil.copytree(peer.site, folder)
    shutil.copytree(made_from / "static/pictures", folder / peer.pictures)
    for article in corpus.articles(made_from):
        path, text = peer.file(article)
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    peer.finish(folder, made_from)
    title = f"{peer.title} {tool.version}"
    return Generator(peer.name, title, peer.differs, folder / "public", peer=peer, tool=tool, corpus=made_from)


def floor(work: Path, of: Generator) -> Floor:
    """Writes what a generator has written."""
    program = work / "floor"
    source = Path(__file__).parent / "floor.c"
    subprocess.run(["cc", "-O2", "-pthread", source, "-o", program], check=True)
    title = f"Floor of {of.peer.title}"
    return Floor(f"floor-{of.name}", title, "no work but the writing", work / f"floor-{of.name}", program=program, tree=of.output)
