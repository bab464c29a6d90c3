"""The Markdown table of a comparison."""

from statistics import median

HEAD = """\
| | seconds | to Masthead | peak MB | files | MB | what is different |
| --- | --: | --: | --: | --: | --: | --- |"""


def markdown(contestants: list, missing: dict[str, str], caption: str) -> str:
    """One row for each contestant, and a line for each that is missing."""
    reference = next((median_seconds(one) for one in contestants if one.name == "masthead" and one.runs), None)
    rows = [row(one, reference) for one in contestants]
    lines = [f"- {title} is missing: {reason}" for title, reason in missing.items()]
    return "\n".join([caption, "", HEAD, *rows, *([""] if lines else []), *lines])


def row(one, reference: float | None) -> str:
    if one.failure:
        return f"| {one.title} | failed: {one.failure} | | | | | {one.differs} |"
    seconds = [run.seconds for run in one.runs]
    peaks = [run.peak for run in one.runs if run.peak]
    cells = [
        one.title,
        f"{median(seconds):.2f} ({min(seconds):.2f}–{max(seconds):.2f})",
        f"{median(seconds) / reference:.2f}×" if reference else "",
        f"{median(peaks) / 1e6:.0f}" if peaks else "",
        f"{one.files:,}",
        f"{one.bytes / 1e6:.1f}",
        one.differs,
    ]
    return f"| {' | '.join(cells)} |"


def median_seconds(one) -> float:
    return median(run.seconds for run in one.runs)
