"""Pictures of pictures: decoded and written anew, so that nothing but pixels reaches a page."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

DECODED = ("JPEG", "PNG", "GIF", "WEBP")
MOST_PIXELS = 40_000_000
THUMB, VIEW = 480, 1600


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
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=DECODED) as image:
                if image.width * image.height > MOST_PIXELS:
                    return None
                width, height = image.size
                image.draft("RGB", (VIEW, VIEW))
                drawn = image.size
                upright = ImageOps.exif_transpose(image)
                if upright.size != drawn:  # it lay on its side
                    width, height = height, width
                plain = upright.convert("RGBA" if _has_alpha(upright) else "RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    finally:
        file.seek(0)
    return Pictures(_written(plain, THUMB, 74), _written(plain, VIEW, 82), width, height)


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _written(image: Image.Image, most: int, quality: int) -> bytes:
    small = image.copy()
    small.thumbnail((most, most))
    written = io.BytesIO()
    small.save(written, "WEBP", quality=quality, method=3)
    return written.getvalue()
