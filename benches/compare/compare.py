#!/usr/bin/env python3
"""Builds one collection with Masthead and its peers and prints a table; see README.md."""

import argparse
import shutil
import sys
from pathlib import Path

import contest
import corpus
import machine
import measure
import table
from peers import Missing, all_peers
from peers.masthead import TARGET, compile


def main():
    known = all_peers()
    arguments = parse(known)
    work = TARGET.parent / "compare"
    made, sites, trash = work / "corpus", work / "sites", work / "trash"
    for left in (made, sites):
        measure.set_aside(left, trash)
    corpus.make(compile(), made, arguments.n, arguments.seed)
    contestants, missing = enter([known[name] for name in arguments.peers], work, sites, made)
    for number in range(arguments.runs):
        for one in contestants:
            print(f"run {number + 1} of {arguments.runs}: {one.title}", file=sys.stderr)
            one.run(trash, arguments.limit)
    caption = (
        f"{arguments.n:,} articles, seed {arguments.seed}; medians of {arguments.runs} runs in turn, in brackets the fastest "
        f"and the slowest. {machine.describe(work)}."
    )
    print(table.markdown(contestants, missing, caption))
    if not arguments.keep:
        for folder in (sites, trash, made):
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(any(one.failure for one in contestants))


def parse(known: dict) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=10_000, help="how many articles (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="which collection (%(default)s)")
    parser.add_argument("--runs", type=int, default=5, help="how many builds of each (%(default)s)")
    parser.add_argument("--peers", nargs="+", choices=known, default=list(known), metavar="NAME", help=", ".join(known))
    parser.add_argument("--limit", type=float, default=900, help="seconds that a build may take (%(default)s)")
    parser.add_argument("--keep", action="store_true", help="leave corpus, sites and outputs where they are")
    return parser.parse_args()


def enter(peers: list, work: Path, sites: Path, made: Path) -> tuple[list, dict]:
    """The contestants, the floor of each Masthead after it; and who is missing, with the reason."""
    contestants, missing = [], {}
    for peer in peers:
        print(f"preparing: {peer.title}", file=sys.stderr)
        try:
            tool = peer.install(work / "peers")
        except Missing as reason:
            missing[peer.title] = str(reason)
            continue
        one = contest.generator(peer, tool, sites / peer.name, made)
        contestants.append(one)
        if peer.name.startswith("masthead"):
            contestants.append(contest.floor(sites, one))
    return contestants, missing


if __name__ == "__main__":
    main()
