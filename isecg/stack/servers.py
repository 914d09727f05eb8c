"""PostgreSQL and Valkey together.

For tests and tools:

    with Servers(folder, fast=True) as servers:
        run(env=os.environ | servers.environment())
        servers.valkey.kill(); servers.valkey.start()      # same port, same password, same data
        servers.postgres.freeze(); servers.postgres.resume()

`servers.postgres` and `servers.valkey` both have `start stop restart kill freeze resume url port child`;
Valkey also has `wipe`.
"""

import os
import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from .folders import DataFolder
from .postgres import Postgres
from .valkey import Valkey


class Servers:
    """Both servers on one data folder, which is held meanwhile.

    A server that the environment names (DATABASE_URL, REDIS_URL) is used as it is, and none is started
    for it; `given={}` starts both whatever the environment says. `fast` trades safety for speed, for data
    that end with a test; `fresh` throws away what the folder's servers held.
    """

    def __init__(
        self,
        data_dir: Path,
        *,
        fast: bool = False,
        fresh: bool = False,
        given: Mapping[str, str] | None = None,
    ) -> None:
        self.data = DataFolder(data_dir)
        self.fresh = fresh
        self.given = os.environ if given is None else given
        folder, log = self.data.path, self.data.log
        self.postgres = Postgres(folder / "postgres", log / "postgres.log", fast=fast)
        self.valkey = Valkey(folder / "valkey", log / "valkey.log", fast=fast)
        self._open = ExitStack()

    def __enter__(self) -> Self:
        with ExitStack() as opened:
            opened.enter_context(self.data)
            if self.fresh:
                self._forget()
            if not self.given.get("DATABASE_URL"):
                opened.callback(self.postgres.stop)
                self.postgres.start()
            if not self.given.get("REDIS_URL"):
                opened.callback(self.valkey.stop)
                self.valkey.start()
            self._open = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def _forget(self) -> None:
        for folder in (self.postgres.folder, self.valkey.folder):
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def database_url(self) -> str:
        return self.given.get("DATABASE_URL") or self.postgres.url

    @property
    def redis_url(self) -> str:
        return self.given.get("REDIS_URL") or self.valkey.url

    def environment(self) -> dict[str, str]:
        return {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url}
