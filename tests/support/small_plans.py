"""A small plan of another province, to be built quickly and changed at will."""

from __future__ import annotations

import hashlib
from pathlib import Path

LAO_CAI = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 15/KH-UBND
Lào Cai, ngày 20 tháng 02 năm 2025

KẾ HOẠCH
Phát triển kinh tế - xã hội năm 2025

Căn cứ Nghị quyết số 01/NQ-CP ngày 08/01/2025 của Chính phủ;

I. MỤC TIÊU
Tốc độ tăng trưởng kinh tế (GRDP) đạt 10%. Số xã đạt chuẩn nông thôn mới 68/92 xã (37,9%).

II. NHIỆM VỤ, GIẢI PHÁP
1. Sở Y tế chủ trì, phối hợp với Sở Tài chính nâng cao chất lượng khám, chữa bệnh, hoàn thành trước ngày 30/6/2025.
2. Sở Công Thương đẩy mạnh xúc tiến thương mại, hoàn thành trước ngày 30/6/2024.

III. TỔ CHỨC THỰC HIỆN
Các sở, ban, ngành báo cáo kết quả thực hiện trước ngày 15/12/2025.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trịnh Xuân Trường
"""

TUYEN_QUANG = """ỦY BAN NHÂN DÂN
TỈNH TUYÊN QUANG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 45/KH-UBND
Tuyên Quang, ngày 14 tháng 3 năm 2025

KẾ HOẠCH
Phát triển du lịch cộng đồng năm 2025

Thực hiện Nghị quyết số 08-NQ/TW ngày 16/01/2017 của Bộ Chính trị;

I. MỤC TIÊU
Đón trên 2,8 triệu lượt khách du lịch. Tốc độ tăng trưởng kinh tế (GRDP) đạt 9%.

II. NHIỆM VỤ
1. Sở Tài chính chủ trì, phối hợp với Sở Nội vụ bố trí kinh phí, hoàn thành trước ngày 30/6/2025.
2. Sở Ytế hướng dẫn an toàn thực phẩm tại các điểm du lịch, báo cáo hằng quý.
3. Đội Thuyền nan chủ trì hoàn thành đường thủy ngắm hồ trước ngày 31/12/2025.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn Sơn
"""
"""The plan that the guide on adding one takes in."""


def add_plan(plans: Path, plan_id: str, text: str, corrections: str = "") -> Path:
    """A registered plan of that text."""
    folder = plans / plan_id
    folder.mkdir(parents=True)
    data = text.encode()
    (folder / "source.txt").write_bytes(data)
    (folder / "plan.toml").write_text(
        f'title = "Kế hoạch {plan_id}"\nissuer = "Ủy ban nhân dân tỉnh Lào Cai"\n'
        f'province = "Lào Cai"\norigin = "https://laocai.example/van-ban/15"\nreceived = 2025-03-01\n'
        f'sha256 = "{hashlib.sha256(data).hexdigest()}"\n',
        encoding="utf-8",
    )
    (folder / "corrections.csv").write_text(
        "start,end,before,after,reason\n" + corrections, encoding="utf-8"
    )
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
