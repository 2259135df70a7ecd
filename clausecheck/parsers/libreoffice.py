"""LibreOffice as a converter: a process of its own with an empty profile, no macros and no network.

The profile is made for one conversion and thrown away, so that neither the user's settings nor a
LibreOffice that is open already has any part in the result.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from xml.sax.saxutils import quoteattr

from clausecheck.errors import UnreadableFileError, UnsupportedFileError
from clausecheck.parsers.limits import DEFAULTS, MEGABYTE, Limits, too_long

MOST_SECONDS = 180.0  # a conversion that takes longer has hung
_OWN_MEMORY = 4_000  # MiB of addresses that LibreOffice takes before it opens anything
_PLACES = (
    "/usr/bin/soffice",
    "/usr/local/bin/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.com",
)
_FILTERS = {"doc": "MS Word 97", "odt": "writer8", "rtf": "Rich Text Format"}
# Macros off; links never followed; whatever would still be fetched goes to a proxy that is not there.
_SETTINGS: Mapping[tuple[str, str], str] = {
    ("Common/Security/Scripting", "MacroSecurityLevel"): "3",
    ("Common/Security/Scripting", "DisableMacrosExecution"): "true",
    ("Common/Security/Scripting", "DisableActiveContent"): "true",
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks"): "true",
    ("Common/Save/URL", "FileSystem"): "true",
    ("Common/Misc", "FirstRun"): "false",
    ("Writer/Content/Update", "Link"): "0",
    ("Writer/Content/Update", "Field"): "false",
    ("Inet/Settings", "ooInetProxyType"): "2",
    ("Inet/Settings", "ooInetHTTPProxyName"): "127.0.0.1",
    ("Inet/Settings", "ooInetHTTPProxyPort"): "9",
    ("Inet/Settings", "ooInetHTTPSProxyName"): "127.0.0.1",
    ("Inet/Settings", "ooInetHTTPSProxyPort"): "9",
    ("Inet/Settings", "ooInetNoProxy"): "",
}
_NO_PROXY = {"http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "no_proxy": ""}
_OOR = "http://openoffice.org/2001/registry"


@cache
def find_soffice() -> str | None:
    """The program, on the path or in its usual places; None where it is not installed."""
    on_path = shutil.which("soffice") or shutil.which("libreoffice")
    return on_path or next((place for place in _PLACES if Path(place).is_file()), None)


def convert_to_docx(data: bytes, kind: str, name: str, limits: Limits = DEFAULTS) -> bytes:
    """The DOCX that LibreOffice makes of a DOC, ODT or RTF.

    Raises UnreadableFileError (damaged, too slow), UnsupportedFileError (LibreOffice does not start).
    """
    with tempfile.TemporaryDirectory(prefix="clausecheck-", ignore_cleanup_errors=True) as folder:
        work = Path(folder)
        source = work / f"contract.{kind}"  # the original's name may be anything
        source.write_bytes(data)
        _write_profile(work / "profile")
        told = _run(_bounded(_command(work, source, kind), limits), work, name, min(limits.seconds, MOST_SECONDS))
        made = work / "out" / "contract.docx"
        if not made.is_file() or not made.stat().st_size:
            raise _failed(name, told)
        if made.stat().st_size > limits.file_mb * MEGABYTE:
            raise UnreadableFileError(
                f"「{name}」轉換後過大，超過 {limits.file_mb} MB", "請以 Word 另存為 DOCX，並移除圖片"
            )
        return made.read_bytes()


def _command(work: Path, source: Path, kind: str) -> list[str]:
    return [
        find_soffice() or "soffice",
        f"-env:UserInstallation={(work / 'profile').as_uri()}",
        "--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard",
        f"--infilter={_FILTERS[kind]}",
        "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(work / "out"),
        str(source),
    ]  # fmt: skip


def _bounded(command: list[str], limits: Limits) -> list[str]:
    """The command under a limit of memory and file size, where there is a shell to set it."""
    if not Path("/bin/sh").is_file():
        return command
    memory, size = (limits.memory_mb + _OWN_MEMORY) * 1024, limits.file_mb * 4 * 1024
    return ["/bin/sh", "-c", f'ulimit -v {memory} -f {size} 2>/dev/null; exec "$@"', "sh", *command]


def _run(command: list[str], work: Path, name: str, seconds: float) -> str:
    """What the program says; it and all that it starts end with it or with the time."""
    environment = {**os.environ, **_NO_PROXY, "TMPDIR": str(work), "SAL_USE_VCLPLUGIN": "svp"}
    try:
        process = subprocess.Popen(
            command, cwd=work, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, start_new_session=sys.platform != "win32",
        )  # fmt: skip
    except OSError as error:
        raise UnsupportedFileError(
            f"無法啟動 LibreOffice 以轉換「{name}」", "請確認 LibreOffice 的安裝，或以 Word 另存為 DOCX"
        ) from error
    try:
        return process.communicate(timeout=seconds)[0].decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        raise too_long(name, seconds) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """The starter script leaves a child behind, so the whole group goes."""
    if sys.platform == "win32":
        if process.poll() is None:
            subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()


def _failed(name: str, told: str) -> UnreadableFileError:
    why = "，內容可能已損毀" if "could not be loaded" in told else ""
    return UnreadableFileError(f"LibreOffice 無法轉換「{name}」{why}", "請以 Word 開啟後另存為 DOCX 再檢核")


def _write_profile(folder: Path) -> None:
    items = "".join(
        f"<item oor:path={quoteattr('/org.openoffice.' + (path if path.startswith('Inet') else 'Office.' + path))}>"
        f'<prop oor:name="{prop}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, prop), value in _SETTINGS.items()
    )
    user = folder / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="{_OOR}">{items}</oor:items>', encoding="utf-8"
    )
