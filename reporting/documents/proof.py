"""What lets anyone check a printed document: its code, its public address as a QR code, and the hash of its data."""

from itertools import groupby

import segno


def proof(code: str, url: str, sha256: str) -> dict:
    """Context of the verification box. A document cannot print its own hash: it prints the hash of its data."""
    return {
        "code": code,
        "url": url,
        "address": url.removeprefix("https://").removeprefix("http://"),
        "hash": " ".join(sha256[rank : rank + 8] for rank in range(0, 64, 8)),
        **_qr(url),
    }


def _qr(text: str) -> dict:
    """The path of the dark modules, row by row in runs, and the side in modules: a drawing without any image."""
    matrix = segno.make(text, error="m", micro=False).matrix
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        for dark, group in groupby(row):
            length = len(list(group))
            if dark:
                runs.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return {"qr": "".join(runs), "qr_side": len(matrix)}
