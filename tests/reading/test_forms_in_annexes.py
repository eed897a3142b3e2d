"""An annex that came alone has no letterhead, and the forms in it are no documents."""

from __future__ import annotations

from khplans.model import Source
from khplans.reading import read_documents

ANNEX = """Phụ lục III
MẪU VĂN BẢN
(Kèm theo Quyết định số 12/QĐ-UBND ngày 05 tháng 3 năm 2024)

Mẫu 1.2 - Quyết định
TÊN CƠ QUAN, TỔ CHỨC
Số: 15/QĐ-BNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 05 tháng 01 năm 2024

QUYẾT ĐỊNH
Về việc bổ nhiệm công chức
"""


def test_a_form_in_an_annex_is_no_document() -> None:
    (found,) = read_documents(Source("plan", ANNEX)).documents
    assert (found.number, found.document_type, found.date, found.span.start) == (
        None,
        None,
        None,
        0,
    )
