"""Pictures of pictures: decoded and written anew, so that nothing but pixels reaches a page."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from threading import Lock
from typing import IO

from PIL import Image

DECODED = ("JPEG", "PNG", "GIF", "WEBP")
MOST_PIXELS = 40_000_000
THUMB, VIEW = 480, 1600
ORIENTATION = 0x0112  # of Exif: how the camera was held
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
ON_ITS_SIDE = frozenset({5, 6, 7, 8})
# One at a time in each process: unfolded, the largest takes 160 MB, and for a moment twice that.
_unfolding = Lock()


@dataclass(frozen=True)
class Pictures:
    """WebP bytes of both sizes, and the width and height of the original in pixels."""

    thumb: bytes
    view: bytes
    width: int
    height: int


def pictures_of(file: IO[bytes]) -> Pictures | None:
    """The two pictures of an open file; None for what is not a picture that we decode, is
    broken, or would unfold to more pixels than we handle. The first frame of an animation."""
    try:
        with _unfolding, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=DECODED) as image:
                if image.width * image.height > MOST_PIXELS:
                    return None
                width, height = image.size
                orientation = image.getexif().get(ORIENTATION, 1)
                plain = _small(image, orientation)
    except Exception:
        # Decoders of strange bytes raise whatever they like; a file is no worse without pictures.
        return None
    finally:
        file.seek(0)
    if orientation in ON_ITS_SIDE:
        width, height = height, width
    return Pictures(_written(plain, THUMB, 74), _written(plain, VIEW, 82), width, height)


def _small(image: Image.Image, orientation: int) -> Image.Image:
    """Upright, in the colours of the screen and no larger than we show it. It is made small
    before anything else: every copy of the whole takes as much memory as the whole."""
    image.draft("RGB", (VIEW, VIEW))
    mode = "RGBA" if _has_alpha(image) else "RGB"
    plain = image if image.mode == mode else image.convert(mode)
    plain.thumbnail((VIEW, VIEW))
    turn = TURNS.get(orientation)
    return plain.copy() if turn is None else plain.transpose(turn)


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _written(image: Image.Image, most: int, quality: int) -> bytes:
    small = image.copy()
    small.thumbnail((most, most))
    written = io.BytesIO()
    small.save(written, "WEBP", quality=quality, method=3)
    return written.getvalue()
