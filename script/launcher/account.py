"""PostgreSQL refuses to run as root: as whom it runs instead, and where its files must then be."""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from launcher.problem import Problem

_NOBODY = "65534"


@dataclass(frozen=True)
class Account:
    """`prefix` goes before every command; `outside` is where the files lie when the account cannot reach ours."""

    way: str
    prefix: tuple[str, ...] = ()
    outside: Path | None = None
    user: str | None = None

    def own(self, *paths: Path) -> None:
        """Gives files to the account."""
        if self.user:
            entry = pwd.getpwnam(self.user)
            for path in paths:
                os.chown(path, entry.pw_uid, entry.pw_gid)

    def run(self, *command: str | Path, **options) -> subprocess.CompletedProcess:
        """Runs a command as the account, output captured."""
        return subprocess.run(
            [*self.prefix, *map(str, command)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd="/", **options,
        )  # fmt: skip


def candidates(*, is_root: bool, checkout: Path, users: frozenset[str]) -> list[Account]:
    """The ways in the order in which they are tried; an ordinary user needs none."""
    if not is_root:
        return [Account("direct")]
    # In a namespace of its own root is shown as nobody: files stay where they are, even under a folder of mode 0700.
    mapped = ("unshare", "--user", f"--map-user={_NOBODY}", f"--map-group={_NOBODY}")
    user = "postgres" if "postgres" in users else "nobody"
    mark = hashlib.sha256(str(checkout).encode()).hexdigest()[:10]
    lesser = ("setpriv", f"--reuid={user}", f"--regid={pwd.getpwnam(user).pw_gid}", "--clear-groups")
    return [
        Account("unshare", mapped),
        Account("setpriv", lesser, outside=Path(f"/var/lib/alliances-{mark}"), user=user),
    ]


def choose(*, binaries: Path, data: Path) -> Account:
    """The first way that can run the binaries and write the data; a cluster stays with the way it was made by."""
    users = frozenset(entry.pw_name for entry in pwd.getpwall())
    ways = candidates(is_root=os.geteuid() == 0, checkout=data, users=users)
    kept = data.parent / f"{data.name}.way"
    made_by = kept.read_text().strip() if kept.exists() else None
    for account in sorted(ways, key=lambda account: account.way != made_by):
        if _works(account, binaries, data):
            kept.write_text(account.way + "\n")
            return account
    raise Problem(
        f"PostgreSQL cannot be run here: it refuses root, and neither unshare nor setpriv could take another account"
        f" for {data.parent}. Run as the ordinary user who owns the checkout, or set DATABASE_URL and its two sisters."
    )


def _works(account: Account, binaries: Path, data: Path) -> bool:
    if account.prefix and not shutil.which(account.prefix[0]):
        return False
    if account.outside:
        account.outside.mkdir(parents=True, exist_ok=True)
        return account.run("test", "-x", account.outside).returncode == 0
    folder = data if data.exists() else data.parent
    return (
        account.run("test", "-w", folder).returncode == 0
        and account.run(binaries / "postgres", "--version").returncode == 0
    )
