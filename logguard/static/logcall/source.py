"""The text of a scanned file, by line, with the two ways of counting columns."""

from __future__ import annotations

import io
import tokenize


class SourceText:
    """A file's text; ``ast`` counts columns in bytes from 0, findings in characters from 1."""

    def __init__(self, data: bytes) -> None:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        text = data.decode(encoding, errors="replace").removeprefix("\ufeff")
        self.lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")

    def line(self, number: int) -> str:
        """Return a line, counted from 1; empty past the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def column(self, line: int, column: int) -> int:
        """Turn a column of ``ast`` into one of a finding."""
        data = self.line(line).encode("utf-8", errors="replace")
        return len(data[:column].decode("utf-8", errors="ignore")) + 1

    def between(self, line: int, column: int, end_line: int, end_column: int) -> str:
        """Return the text between two places of a finding."""
        if line == end_line:
            return self.line(line)[column - 1 : end_column - 1]
        middle = [self.line(number) for number in range(line + 1, end_line)]
        return "\n".join([self.line(line)[column - 1 :], *middle, self.line(end_line)[: end_column - 1]])
