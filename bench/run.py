"""script/bench: all the measurements in one run, as a table and, if wanted, as JSON.

Each scale has a database of its own on the embedded server (portal_bench_1, portal_bench_100), kept for the next run
unless --fresh. Times are of one client, one request after the other, over a connection that stays open. On a busy
machine look at the processor’s time (CPU, of the web and of the database): the clock’s holds the waiting too.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.place import Place  # noqa: E402
from bench.report import table  # noqa: E402
from bench.start import warm_start  # noqa: E402

FIRST_SLOT = 41  # of Valkey: far from those of the tests


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__.partition("\n")[0])
    parser.add_argument("--scale", default="1,100", help="scales to measure, separated by commas (1,100)")
    parser.add_argument("--times", type=int, default=40, help="timed requests for each page (40)")
    parser.add_argument("--json", type=Path, help="write everything measured to this file")
    parser.add_argument("--fresh", action="store_true", help="make the databases again")
    parser.add_argument("--no-start", action="store_true", help="do not measure the start of the server")
    options = parser.parse_args()
    found: dict = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{os.cpu_count()} cores, Python {platform.python_version()}",
        "load": os.getloadavg()[0],
        "scales": {},
    }
    for place_of, scale in enumerate(int(part) for part in options.scale.split(",")):
        slot = FIRST_SLOT + place_of
        place = Place(f"portal_bench_{scale}", slot)
        found["scales"][scale] = {"load_seconds": _prepare(place, scale, fresh=options.fresh)}
        print(f"  … scale {scale}", file=sys.stderr, flush=True)
        arguments = ["--name", place.name, "--slot", str(slot), "--times", str(options.times)]
        found["scales"][scale].update(_part(place, "bench.measure", *arguments))
        if scale == 1:
            print("  … the annual report", file=sys.stderr, flush=True)
            found["paper"] = _part(place, "bench.paper")
    found["start"] = {"absent": "not asked for"} if options.no_start else warm_start()
    print(table(found))
    if options.json:
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False))
    return 0


def _prepare(place: Place, scale: int, *, fresh: bool) -> float | None:
    """Seconds that loading took; None when the data were there."""
    if fresh:
        place.drop()
    place.make()
    place.manage("collectstatic", "--noinput", "--verbosity=0", "--skip-checks")
    if place.holds_data():
        return None
    began = time.monotonic()
    place.manage("load_demo", *(["--scale", str(scale)] if scale > 1 else []), quiet=False)
    return time.monotonic() - began


def _part(place: Place, module: str, *arguments: str) -> dict:
    """What a measuring process prints; {"absent": why} when it failed."""
    environ = {**place.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        return {"absent": f"{module} ended with {done.returncode}"}
    return json.loads(done.stdout)


sys.exit(main())
