"""The measurements as a table one can paste."""

WEIGHTS = {"first": 150_000, "later": 25_000}
QUERIES, WEB, PDF_SECONDS, PDF_MEMORY, WALL, GROWTH = 12, 180, 4, 200, 10, 1.5


def table(found: dict) -> str:
    lines = [f"{found['at']} · {found['machine']} · load {found['load']:.1f} at the beginning", ""]
    scales = found["scales"]
    for scale, measured in scales.items():
        lines.append(f"Scale {scale}" + _loaded(measured))
        if "absent" in measured:
            lines += [f"  absent: {measured['absent']}", ""]
            continue
        floor = next((row["p50"] for row in measured["floors"][::-1] if "p50" in row), None)
        heads = ("p50 ms", "p95", "CPU ms", "+db", "×floor", "SQL ms", "queries", "kB")
        lines.append(f"  {'page':<30}" + "".join(f"{head:>8}" for head in heads) + "  reached")
        for row in [*measured["floors"], *measured["pages"]]:
            lines.append("  " + _row(row, floor, _twin(scales, scale, row["name"])))
        lines += [*_whole(measured), ""]
    return "\n".join([*lines, _paper(found.get("paper")), _start(found["start"])])


def _whole(measured: dict) -> list[str]:
    """Weights, memory and the wall."""
    visit, wall, memory = measured["visit"], measured["wall"], measured["web_memory"]
    first, later = visit["html"] + visit["assets"], visit["html"]
    page = next((row["p50"] for row in measured["pages"] if "p50" in row), None)
    part = (wall["with"] - wall["without"]) / page * 100 if page else wall["percent"]
    return [
        f"  first page, all its files: {first / 1000:.0f} kB in {visit['requests']} requests "
        f"{_mark(first <= WEIGHTS['first'])} · later pages: {later / 1000:.1f} kB {_mark(later <= WEIGHTS['later'])}",
        f"  web worker: {memory:.0f} MB {_mark(memory <= WEB)}",
        f"  the wall on the list’s statement: {wall['with']:.2f} ms with, {wall['without']:.2f} without "
        f"({wall['percent']:+.0f} %): {part:+.1f} % of the page {_mark(part < WALL)}",
    ]


def _loaded(measured: dict) -> str:
    seconds = measured.get("load_seconds")
    return f" (loaded in {seconds:.0f} s)" if seconds else ""


def _twin(scales: dict, scale: int, name: str) -> float | None:
    """The same page at the first scale, for the ratio between them."""
    first = next(iter(scales))
    if scale == first:
        return None
    return next((row.get("p50") for row in scales[first].get("pages", []) if row["name"] == name), None)


def _row(row: dict, floor: float | None, twin: float | None) -> str:
    if "absent" in row:
        return f"{row['name']:<30} absent: {row['absent']}"
    ratio = f"{row['p50'] / floor:.1f}" if floor else "-"
    notes = []
    if row["limit"]:
        notes.append(f"{_mark(row['p50'] <= row['limit'])} ≤ {row['limit']} ms")
    if row["queries"] > QUERIES:
        notes.append(f"{_mark(False)} {row['queries']} queries")
    if twin:
        notes.append(f"{_mark(row['p50'] <= GROWTH * twin or row['p50'] < 10)} ×{row['p50'] / twin:.1f}")
    return (
        f"{row['name']:<30}{row['p50']:>8.1f}{row['p95']:>8.1f}{row['cpu']:>8.1f}{row['cpu_database']:>8.1f}{ratio:>8}{row['sql']:>8.1f}{row['queries']:>8}"
        f"{row['bytes'] / 1000:>8.1f}  {' '.join(notes)}"
    )


def _paper(paper: dict | None) -> str:
    if not paper or "absent" in paper:
        return f"annual report: absent: {(paper or {}).get('absent', 'scale 1 was not measured')}"
    return (
        f"annual report of {paper['projects']} projects ({paper['alliance']}): {paper['warm']:.1f} s warm "
        f"({paper['processor']:.1f} s of processor), "
        f"{paper['cold']:.1f} s cold, gathered in {paper['gather'] * 1000:.0f} ms, {paper['bytes'] / 1000:.0f} kB, "
        f"peak {paper['peak']:.0f} MB {_mark(paper['warm'] <= PDF_SECONDS and paper['peak'] <= PDF_MEMORY)}"
    )


def _start(start: dict) -> str:
    if "absent" in start:
        return f"warm start: absent: {start['absent']}"
    return f"warm start to /readyz: {start['seconds']:.1f} s · Celery worker, at rest: {start['worker']:.0f} MB"


def _mark(good: bool) -> str:
    return "✓" if good else "✗"
