"""Provinces told by where they are: `các tỉnh Tây Nguyên`, `các tỉnh vùng Đồng bằng sông Hồng`."""

from __future__ import annotations

import pytest

from khplans.extraction.agencies import read_list, shadow

# Words => the names found in them.
REGIONS = """
các tỉnh Bắc Trung Bộ xây dựng => Các tỉnh Bắc Trung Bộ
các tỉnh Tây Nguyên trong quá trình => Các tỉnh Tây Nguyên
các tỉnh phía Nam rà soát => Các tỉnh phía Nam
các tỉnh miền núi phía Bắc tổ chức => Các tỉnh miền núi phía Bắc
các tỉnh trung du và miền núi Bắc Bộ tổ chức => Các tỉnh trung du và miền núi Bắc Bộ
các tỉnh, thành phố Đồng bằng sông Cửu Long triển khai => Các tỉnh, thành phố Đồng bằng sông Cửu Long
các tỉnh thuộc vùng kinh tế trọng điểm phía Nam triển khai => Các tỉnh thuộc vùng kinh tế trọng điểm phía Nam
các tỉnh vùng Bắc Trung Bộ và duyên hải Trung Bộ, Bộ Công Thương => Các tỉnh vùng Bắc Trung Bộ và duyên hải Trung Bộ | Bộ Công Thương
các tỉnh vùng Tây Nguyên và Bộ Xây dựng => Các tỉnh vùng Tây Nguyên | Bộ Xây dựng
các tỉnh Đông Nam Bộ và Trung ương => Các tỉnh Đông Nam Bộ | Trung ương
các tỉnh lân cận để khai thác => Các tỉnh lân cận
các tỉnh rà soát quy hoạch => Các tỉnh
"""


@pytest.mark.parametrize("line", REGIONS.strip().splitlines())
def test_provinces_told_by_their_region(line: str) -> None:
    text, names = line.split(" => ")
    found, _ = read_list(text, shadow(text), 0, len(text))
    assert [one.name for one in found] == names.split(" | ")


@pytest.mark.parametrize("text", ["các tỉnh Bình Thuận, Ninh Thuận rà soát", "các tỉnh Nghệ An"])
def test_a_province_is_no_region(text: str) -> None:
    found, _ = read_list(text, shadow(text), 0, len(text))
    assert all("Bình Thuận" not in one.name and "Nghệ An" not in one.name for one in found)
