"""Small workbooks made in memory, for readers."""

from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO
from zipfile import ZipFile

from sources.readers.workbook import address

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_LINKS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Make an .xlsx file; a text that begins with # is the error of a formula."""
    names = list(sheets)
    book = "".join(
        f'<sheet name="{escape(name)}" sheetId="{k}" r:id="rId{k}"/>'
        for k, name in enumerate(names, 1)
    )
    links = "".join(
        f'<Relationship Id="rId{k}" Type="{_LINK}/worksheet" Target="worksheets/sheet{k}.xml"/>'
        for k in range(1, len(names) + 1)
    )
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr(
            "_rels/.rels",
            f'{_LINKS}<Relationship Id="rId1" Type="{_LINK}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_SHEET}" xmlns:r="{_LINK}"><sheets>{book}</sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", f"{_LINKS}{links}</Relationships>")
        for k, name in enumerate(names, 1):
            archive.writestr(f"xl/worksheets/sheet{k}.xml", _page(sheets[name]))
    return out.getvalue()


def _page(rows: Sequence[Sequence[object]]) -> str:
    lines = "".join(
        f'<row r="{r + 1}">{"".join(_cell(r, c, value) for c, value in enumerate(row))}</row>'
        for r, row in enumerate(rows)
    )
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{lines}</sheetData></worksheet>'


def _cell(row: int, column: int, value: object) -> str:
    place = f'<c r="{address(row, column)}"'
    if value == "":
        return ""
    if isinstance(value, (int, float)):
        return f"{place}><v>{value!r}</v></c>"
    if str(value).startswith("#"):
        return f'{place} t="e"><f>AVERAGE(A1:A2)</f><v>{value}</v></c>'
    return f'{place} t="inlineStr"><is><t>{escape(str(value))}</t></is></c>'
