"""Become another program: one that ends with its parent, and if asked one that is not root.

Run as a script, so that nothing happens between fork and exec in a process that has threads.

PostgreSQL refuses to run as root. Opening the folders above its data to another user would change
the machine, so it is started as an unprivileged user who keeps exactly one capability: to pass closed
folders (CAP_DAC_OVERRIDE). Where root is not allowed to become somebody else (a container that knows
one user only), a user namespace renames root instead: same files, no capability at all.
"""

import argparse
import ctypes
import os
import signal
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAPABILITY_VERSION_3 = 0x20080522
CLONE_NEWUSER = 0x10000000


class CapHeader(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class CapData(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


def main(arguments: Sequence[str] | None = None) -> None:
    options = parse(arguments)
    if options.uid is not None:
        if options.namespace:
            rename_root(options.uid, options.gid)
        else:
            drop_root(options.uid, options.gid)
    if options.death_signal:
        end_with_parent(options.death_signal, options.parent)
    become(options.command)


def become(command: list[str]) -> None:
    try:
        os.execvp(command[0], command)  # noqa: S606 -- no shell wanted
    except OSError as error:
        sys.exit(f"{command[0]}: {error.strerror}")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="launch")
    parser.add_argument("--parent", type=int, default=0)
    parser.add_argument("--death-signal", type=int, default=0)
    parser.add_argument("--uid", type=int)
    parser.add_argument("--gid", type=int)
    parser.add_argument("--namespace", action="store_true")
    parser.add_argument("command", nargs="+")
    return parser.parse_args(arguments)


def drop_root(uid: int, gid: int) -> None:
    """Become `uid` and keep only the right to pass closed folders, through exec as well."""
    # Else capabilities go with the uid, and access(2), by which PostgreSQL finds its own programs,
    # would forget them.
    must(libc().prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP, 0, 0, 0))
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    only = 1 << CAP_DAC_OVERRIDE
    header = CapHeader(CAPABILITY_VERSION_3, 0)
    data = (CapData * 2)(CapData(only, only, only), CapData(0, 0, 0))
    must(libc().capset(ctypes.byref(header), data))
    must(libc().prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE, 0, 0))


def rename_root(uid: int, gid: int) -> None:
    """Stay the same user to the file system and be called `uid` inside: exec then drops every capability."""
    inside, outside = (uid, gid), (os.geteuid(), os.getegid())
    must(libc().unshare(CLONE_NEWUSER))
    # The kernel wants this before the groups of a namespace may be written.
    write("/proc/self/setgroups", "deny")
    write("/proc/self/uid_map", f"{inside[0]} {outside[0]} 1")
    write("/proc/self/gid_map", f"{inside[1]} {outside[1]} 1")


def end_with_parent(death_signal: int, parent: int) -> None:
    """Ask the kernel for a signal when the parent dies: even `kill -9` of it leaves nothing behind."""
    if not sys.platform.startswith("linux"):
        return
    must(libc().prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0))
    if parent and os.getppid() != parent:  # it died before the line above
        signal.raise_signal(signal.SIGKILL)


def libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def must(result: int) -> None:
    if result != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def write(path: str, text: str) -> None:
    with open(path, "w") as file:
        file.write(text)


if __name__ == "__main__":
    try:
        main()
    except OSError as error:
        sys.exit(f"launch: {error}")
