"""Every error that a user can cause, with its exit code and its advice.

Exit codes
    0  checked
    1  checked, and --fail-on found what it looks for
    2  wrong use of the command line (click's own code)
    3  the file cannot be read: absent, empty, damaged, hostile, too large, too slow
    4  the file's type is not supported
    5  the file is protected by a password or by managed rights
    6  the file holds no usable text
    7  the clause library is wrong
    8  the output cannot be written
    9  the archive database cannot be used
    70 a fault of clausecheck itself
"""

from __future__ import annotations


class ClausecheckError(Exception):
    """A fault that the user can mend.

    `message` says what is wrong, `advice` what to do; both are in Traditional Chinese.
    """

    exit_code = 70

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}（{self.advice}）" if self.advice else self.message

    def __reduce__(self) -> tuple[type[ClausecheckError], tuple[str, str]]:
        return type(self), (self.message, self.advice)


class UnreadableFileError(ClausecheckError):
    """Absent, empty, damaged, hostile, too large or too slow."""

    exit_code = 3


class UnsupportedFileError(ClausecheckError):
    """A type of file that no parser reads."""

    exit_code = 4


class ProtectedFileError(ClausecheckError):
    """Encrypted: the password is wrong, or none would help (managed rights, unknown encryption)."""

    exit_code = 5


class PasswordNeededError(ProtectedFileError):
    """A password would open the file, and none was given."""


class NoTextError(ClausecheckError):
    """No usable text in the whole file, for instance a scan without a text layer."""

    exit_code = 6


class LibraryError(ClausecheckError):
    """The clause library breaks its schema."""

    exit_code = 7


class OutputError(ClausecheckError):
    """The report cannot be written."""

    exit_code = 8


class ArchiveError(ClausecheckError):
    """The archive database is none, of a newer version, locked or damaged."""

    exit_code = 9
