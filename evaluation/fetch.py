"""Bring published packages as source: downloaded by pip's own index client, opened, never installed or run."""

from __future__ import annotations

import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

_SOURCE = (".tar.gz", ".tgz", ".zip", ".tar.bz2", ".tar.xz")


class Index:
    """The package index that pip is set up for on this machine."""

    def __init__(self) -> None:
        from pip._internal.commands.download import DownloadCommand  # pip has no public interface for this

        self._command: Any = DownloadCommand("download", "")
        options, _ = self._command.parse_args(["--no-deps", "--quiet", "name"])
        self._context: Any = self._command.main_context()
        self._context.__enter__()  # for the life of the process: sessions are registered in it
        self._session: Any = self._command.get_default_session(options)
        finder = self._command._build_package_finder(
            options=options, session=self._session, ignore_requires_python=True
        )
        self._collector: Any = finder._link_collector
        self._links: dict[str, list[Any]] = {}

    def download(self, package: str, version: str, folder: Path) -> Path:
        """Return the archive of a release, downloading it once; raises ``LookupError`` if the index has none."""
        best = min(self._candidates(package, version), key=lambda found: found[0], default=None)
        if best is None:
            raise LookupError(f"{package} {version} is not on the index")
        link = best[1]
        target: Path = folder / link.filename
        if not target.exists():
            folder.mkdir(parents=True, exist_ok=True)
            from pip._internal.network import download

            made: Any = download.Downloader
            try:
                downloader = made(self._session, "off", 0)
            except TypeError:  # before pip 25.1
                downloader = made(self._session, "off")
            downloader(link, str(folder))
        return target

    def _candidates(self, package: str, version: str) -> Iterator[tuple[int, Any]]:
        """Yield (rank, link) for the archives of a release: a pure wheel before the source, before any other wheel."""
        from pip._vendor.packaging.version import InvalidVersion, Version

        for link in self._all_links(package):
            name = link.filename
            found, rank = "", 9
            if name.endswith(".whl"):
                found = name.split("-")[1]
                rank = 0 if name.endswith("-none-any.whl") else 2 if "manylinux" in name and "x86_64" in name else 3
            elif name.endswith(_SOURCE):
                stem = next(name[: -len(end)] for end in _SOURCE if name.endswith(end))
                cuts = [i for i, c in enumerate(stem) if c == "-" and _plain(stem[:i]) == _plain(package)]
                found, rank = (stem[cuts[0] + 1 :], 1) if cuts else ("", 9)
            try:
                same = found == version or (bool(found) and Version(found) == Version(version))
            except InvalidVersion:
                same = False
            if same:
                yield rank, link

    def _all_links(self, package: str) -> list[Any]:
        if package not in self._links:
            from pip._internal.index.collector import parse_links

            sources = self._collector.collect_sources(project_name=package, candidates_from_page=lambda _page: [])
            links: list[Any] = []
            for source in sources.index_urls:
                link = source.link if source is not None else None
                page = self._collector.fetch_response(link) if link is not None and not link.is_file else None
                links += list(parse_links(page)) if page is not None else []
            self._links[package] = links
        return self._links[package]


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def unpack(archive: Path, folder: Path) -> None:
    """Write every Python file of an archive below ``folder``; members that would leave it are left out."""
    for name, data in _members(archive):
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            continue
        target = folder.joinpath(*path.parts)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def _members(archive: Path) -> Iterator[tuple[str, bytes]]:
    if archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                if name.endswith(".py"):
                    yield name, opened.read(name)
        return
    with tarfile.open(archive) as packed:
        for member in packed:
            handle = packed.extractfile(member) if member.isfile() and member.name.endswith(".py") else None
            if handle is not None:
                yield member.name, handle.read()
