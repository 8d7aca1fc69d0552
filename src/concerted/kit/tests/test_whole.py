import io

import pytest

from concerted.kit.whole import WholeBody

SENT = b"answer=a\nand=b"


class Slow(io.BytesIO):
    """Hands out three bytes at a time, however many are asked for."""

    def read(self, size: int | None = -1) -> bytes:
        return super().read(3)


@pytest.mark.parametrize("kind", [io.BytesIO, Slow])
def test_a_body_that_arrived_is_read(kind: type[io.BytesIO]) -> None:
    assert WholeBody(kind(SENT), len(SENT)).read() == SENT
    body = WholeBody(kind(SENT), len(SENT))
    assert [body.readline(), body.read(5), body.read(5)] == [b"answer=a\n", b"and=b", b""]


@pytest.mark.parametrize("size", [-1, 20])
@pytest.mark.parametrize("kind", [io.BytesIO, Slow])
def test_a_body_cut_short_is_refused(kind: type[io.BytesIO], size: int) -> None:
    with pytest.raises(OSError, match="ended before its announced length"):
        WholeBody(kind(SENT), 20).read(size)


def test_lines_cut_short_are_refused() -> None:
    body = WholeBody(io.BytesIO(b"answer=a"), 20)
    assert body.readline() == b"answer=a"
    with pytest.raises(OSError, match="ended before its announced length"):
        body.readline()
