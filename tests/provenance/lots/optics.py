"""A printer, a camera and a reader for labels: SVG and PDF to pictures, tilted and blurred, and what is read there."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import resvg_py
import zxingcpp
from PIL import Image, ImageFilter

PRINT_DPI = 300


def printed(svg: str, *, dpi: int = PRINT_DPI) -> Image.Image:
    """An SVG as a printer without any font of its own would draw it."""
    png = resvg_py.svg_to_bytes(svg_string=svg, dpi=dpi, skip_system_fonts=True)
    return Image.open(BytesIO(bytes(png))).convert("L")


def pages(pdf: bytes, *, dpi: int = PRINT_DPI) -> list[Image.Image]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]


def texts(pdf: bytes) -> list[str]:
    """What can be searched for and copied on each page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def photographed(picture: Image.Image, *, tilt: float = 7, blur: float = 1) -> Image.Image:
    """Held askew and not quite in focus."""
    return picture.rotate(tilt, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC).filter(
        ImageFilter.GaussianBlur(blur)
    )


def scanned(picture: Image.Image) -> list[str]:
    """Every QR code in the picture, as text, sorted."""
    return sorted(code.text for code in zxingcpp.read_barcodes(picture) if code.format == zxingcpp.BarcodeFormat.QRCode)
