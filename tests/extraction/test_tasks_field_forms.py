"""Tasks in forms met in the field: wrapped pages, news of an order, misread markers, closing words."""

from __future__ import annotations

import pytest

from .task_help import document, tasks_of, told

WRAPPED = """ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
  HUYỆN NA RÌ               Độc lập - Tự do - Hạnh phúc
Số: 71/KH-UBND           Na Rì, ngày 12 tháng 02 năm 2020

                          KẾ HOẠCH
     Trồng rừng năm 2020

      Để hoàn thành chỉ tiêu được giao, UBND huyện Na Rì ban hành Kế
hoạch như sau:
      I. NHIỆM VỤ
      1. Chuẩn bị đủ cây giống có nguồn gốc rõ ràng. Cấp phát cây
giống đến từng hộ trước ngày 30/4/2020.
      2. Hướng dẫn kỹ thuật trồng, chăm sóc rừng cho các hộ tham
gia dự án trên địa bàn.
      II. TỔ CHỨC THỰC HIỆN
      1. Hạt Kiểm lâm huyện
      Kiểm tra nguồn gốc giống, nghiệm thu diện tích rừng trồng tại
các xã theo đúng quy định.
      2. Đài Truyền thanh - Truyền hình huyện
      Phát sóng tin, bài về công tác trồng rừng bằng tiếng Tày, tiếng
Dao trong vụ trồng rừng năm nay.
      3. UBND các xã, thị trấn
      - Thành lập Ban Chỉ đạo, phân công thành viên phụ trách thôn.
      - Vận động các hộ đăng ký trồng rừng; tổng hợp diện tích đăng
ký gửi Hạt Kiểm lâm huyện trước ngày 10/3/2020.

Nơi nhận:                             TM. ỦY BAN NHÂN DÂN
- Lưu: VT.                                  CHỦ TỊCH
                                         Hoàng Văn Tư
"""

APART = """|
**ỦY BAN NHÂN DÂN
**
TỈNH HƯNG YÊN
-------
|
**CỘNG HÒA XÃ HỘI
CHỦ NGHĨA VIỆT NAM**
Độc lập - Tự do - Hạnh phúc
---------------
|
|
Số: 98/KH-UBND
|
*Hưng Yên, ngày 20
tháng 10 năm 2025 *
|

**KẾ HOẠCH**

PHÒNG, CHỐNG ĐUỐI NƯỚC TRẺ EM

Ủy ban nhân dân tỉnh ban hành Kế
hoạch phòng, chống đuối nước trẻ em như sau:

**I. NHIỆM VỤ**

**1. Sở Văn
hóa, Thể thao và Du lịch**

a) Rà soát, thống kê các bể bơi
trên địa bàn; hướng dẫn các địa phương dạy bơi an toàn cho trẻ em trong dịp hè
hằng năm.

b) Đào tạo, tập huấn cho đội ngũ
hướng dẫn viên dạy bơi, cứu đuối của các xã, phường, trường học trong toàn tỉnh.
Kiểm tra điều kiện hoạt động của các bể bơi, hồ bơi; xử lý nghiêm các cơ sở không
bảo đảm an toàn.

**2. Đề nghị Tỉnh
đoàn**

Tổ chức các lớp dạy bơi miễn phí
cho trẻ em có hoàn cảnh khó khăn; phân công đoàn viên cảnh giới tại khu vực nguy
hiểm.

Trên đây là Kế hoạch phòng, chống
đuối nước trẻ em. Trong quá trình thực hiện nếu có vướng mắc, các cơ quan, đơn vị
phản ánh về Sở Y tế để tổng hợp, báo cáo Ủy ban nhân dân tỉnh xem xét./.

|
Nơi nhận:
- Như trên;
|
**TM. ỦY BAN NHÂN
DÂN **
CHỦ TỊCH
Trần Văn Bình
|
"""

NEWS = document(
    "THÔNG BÁO\nVề công tác chống hạn",
    """
Ngày 12/4/2024, UBND tỉnh họp về công tác chống hạn trên địa bàn tỉnh.

Theo đó, UBND tỉnh yêu cầu: Sở Công Thương chủ trì, phối hợp với các đơn vị liên quan bảo đảm điện cho các trạm bơm.

Công an tỉnh tổ chức tuần tra, bảo vệ các công trình thủy lợi trọng điểm.

Sở Thông tin và Truyền thông hướng dẫn các cơ quan báo chí tuyên truyền sử dụng nước tiết kiệm.
""",
)

WITH_LINES = document(
    "KẾ HOẠCH\nCải cách hành chính",
    """
I. NHIỆM VỤ

1. Cải cách thể chế

a) Nội dung: Rà soát văn bản quy phạm pháp luật đã hết hiệu lực.

b) Đơn vị chủ trì: Sở Tư pháp.

c) Đơn vị phối hợp: các sở, ngành.

d) Thời gian: Quý III/2024.

đ) Sản phẩm: Danh mục văn bản.

2. Hiện đại hóa

a) Số hóa hồ sơ lưu trữ của các cơ quan.

b) Nâng cấp Cổng dịch vụ công.

Đơn vị chủ trì: Văn phòng UBND tỉnh.

Đơn vị phối hợp: Sở Nội vụ.

3. Báo Quảng Bình, Đài Phát thanh - Truyền hình tỉnh
Mở chuyên mục về cải cách hành chính.
""",
)

ATTACHED = """# CHÍNH PHỦ

Số: 68/NQ-CP
Hà Nội, ngày 12 tháng 5 năm 2025

# NGHỊ QUYẾT
## Ban hành Chương trình hành động về phát triển kinh tế tư nhân

# QUYẾT NGHỊ:

**Điều 1.** Ban hành kèm theo Nghị quyết này Chương trình hành động.

**Điều 2.** Các Bộ trưởng, Chủ tịch Ủy ban nhân dân các tỉnh chịu trách nhiệm thi hành Nghị quyết này./.

# CHƯƠNG TRÌNH HÀNH ĐỘNG
(Kèm theo Nghị quyết số 68/NQ-CP ngày 12 tháng 5 năm 2025 của Chính phủ)

## I. NHIỆM VỤ

a) Rà soát các điều kiện kinh doanh.

## II. TỔ CHỨC THỰC HIỆN

1. Trong quá trình thực hiện, nếu cần sửa đổi, bổ sung nội dung, các bộ, ngành chủ động báo cáo Chính phủ.

2. Bộ trưởng, Thủ trưởng cơ quan ngang bộ định kỳ 6 tháng báo cáo kết quả trước ngày 15 tháng 6 và trước ngày 01 tháng 12.

3. Thanh tra Chính phủ, Thanh tra các Bộ, ngành rút gọn kế hoạch thanh tra.
"""

ORDERED = """# Toàn văn Công điện 52/CĐ-TTg về phòng, chống dịch

Ngày 20/8/2025, Thủ tướng đã có Công điện 52/CĐ-TTg về tập trung phòng, chống bệnh dịch tả lợn châu Phi.

Cụ thể, để khống chế dịch bệnh trong thời gian ngắn nhất, Thủ tướng Chính phủ yêu cầu:

- Chủ tịch Ủy ban nhân dân các tỉnh, thành phố thực hiện một số nhiệm vụ, cụ thể như sau:

+ Thành lập các đoàn kiểm tra xuống các xã có dịch.

+ Báo cáo kết quả trước ngày 30/8/2025.

- Bộ Công an (Cục Cảnh sát giao thông):

+ Kiểm soát việc vận chuyển lợn trên các tuyến quốc lộ.

Bộ trưởng Bộ Nông nghiệp và Môi trường yêu cầu các đơn vị trong ngành Nông nghiệp và Môi trường trực 24/24 giờ.
"""

CASES = {
    "a programme attached without an annex's label": (
        ATTACHED,
        """
I|a)|Rà soát các điều =>  /  /  /  /
II|1|Trong quá trình thực => [Các Bộ, ngành] /  /  /  /
II|2|Bộ trưởng, Thủ trưởng => [Các Bộ], [Các cơ quan ngang Bộ] /  /  /  /
II|3|Thanh tra Chính phủ, => [Thanh tra Chính phủ], [Thanh tra các Bộ, ngành] /  /  /  /
""",
    ),
    "news of a telegram": (
        ORDERED,
        """
|+|Thành lập các đoàn => [Ủy ban nhân dân các tỉnh, thành phố] /  /  /  /
|+|Báo cáo kết quả => [Ủy ban nhân dân các tỉnh, thành phố] /  / 2025-08-30 /  /
|+|Kiểm soát việc vận => [Bộ Công an] /  /  /  /
||Bộ trưởng Bộ Nông => [Các đơn vị trong ngành Nông nghiệp và Môi trường] /  /  /  /
""",
    ),
    "lines about what, by whom and when": (
        WITH_LINES,
        """
I/1|a)|Nội dung: Rà soát => [Sở Tư pháp] / [Các sở, ngành] / 2024-09-30 /  / Danh mục văn bản
I/2|a)|Số hóa hồ sơ => [Văn phòng Ủy ban nhân dân tỉnh] / [Sở Nội vụ] /  /  /
I/2|b)|Nâng cấp Cổng dịch => [Văn phòng Ủy ban nhân dân tỉnh] / [Sở Nội vụ] /  /  /
I/3||Mở chuyên mục về => [Báo Quảng Bình], [Đài Phát thanh và Truyền hình tỉnh] /  /  /  /
""",
    ),
    "paragraphs told apart by their indent": (
        WRAPPED,
        """
I|1|Chuẩn bị đủ cây =>  /  / 2020-04-30 /  /
I|2|Hướng dẫn kỹ thuật =>  /  /  /  /
II/1||Kiểm tra nguồn gốc => [Hạt Kiểm lâm huyện] /  /  /  /
II/2||Phát sóng tin, bài => [Đài Truyền thanh - Truyền hình huyện] /  /  /  /
II/3|-|Thành lập Ban Chỉ => [Ủy ban nhân dân các xã, thị trấn] /  /  /  /
II/3|-|Vận động các hộ => [Ủy ban nhân dân các xã, thị trấn] /  / 2020-03-10 /  /
""",
    ),
    "paragraphs told apart by blank lines": (
        APART,
        """
I/1|a)|Rà soát, thống kê => [Sở Văn hóa, Thể thao và Du lịch] /  /  /  /
I/1|b)|Đào tạo, tập huấn => [Sở Văn hóa, Thể thao và Du lịch] /  /  /  /
I/2||Tổ chức các lớp => [Tỉnh đoàn] /  /  /  /
I/2||Trên đây là Kế => [Các cơ quan, đơn vị] /  /  /  /
""",
    ),
    "news of an order": (
        NEWS,
        """
||Theo đó, UBND tỉnh => [Sở Công Thương] / [Các đơn vị có liên quan] /  /  /
||Công an tỉnh tổ => [Công an tỉnh] /  /  /  /
||Sở Thông tin và => [Sở Thông tin và Truyền thông] /  /  /  /
""",
    ),
    "a misread marker, and deeds that those below are told to do": (
        document(
            "KẾ HOẠCH\nPhát triển nuôi ong",
            """
I. TỔ CHỨC THỰC HIỆN

1. UBND các huyện, thành phố

a) Phê duyệt danh sách hộ tham gia trước ngày 31/5/2024.

b) Phối hợp với ngành ngân hàng cho vay vốn.

©) Bố trí quỹ đất xây dựng điểm thu gom.

2. Hằng năm, báo cáo kết quả với Sở Tài chính, Sở Nội vụ để theo dõi.
""",
        ),
        """
I/1|a)|Phê duyệt danh sách => [Ủy ban nhân dân các huyện, thành phố] /  / 2024-05-31 /  /
I/1|b)|Phối hợp với ngành => [Ủy ban nhân dân các huyện, thành phố] / [Ngành Ngân hàng] /  /  /
I/1|c)|Bố trí quỹ đất => [Ủy ban nhân dân các huyện, thành phố] /  /  /  /
I|2|Hằng năm, báo cáo =>  /  /  / yearly /
""",
    ),
    "what is decided and judged, and who holds a post": (
        document(
            "THÔNG BÁO\nKết luận của Chủ tịch UBND tỉnh tại cuộc họp về chợ Lớn",
            """
Sau khi nghe báo cáo, Chủ tịch UBND tỉnh kết luận, chỉ đạo như sau:

1. Đánh giá chung: Các sở, ngành đã có nhiều cố gắng nhưng tiến độ còn chậm.

2. Đồng chí Phó Chủ tịch UBND tỉnh Lê Văn Hùng trực tiếp chỉ đạo, kiểm tra hiện trường.

3. Phê duyệt phương án bồi thường do Sở Xây dựng trình.
""",
        ),
        """
|2|Đồng chí Phó Chủ => [Ủy ban nhân dân tỉnh] /  /  /  /
""",
    ),
    "short names, compounds and amounts": (
        document(
            "KẾ HOẠCH\nHỗ trợ các hộ dân vùng lũ",
            """
I. NHIỆM VỤ CỦA CÁC ĐOÀN THỂ
1. Chi hội Nông dân: Giúp các hộ dọn dẹp nhà cửa.
2. Chi đoàn Thanh niên: Vận chuyển quà, phối hợp Công an xã, Trạm Y tế tổ chức trực.
3. Hội Phụ nữ: Nấu ăn, phối hợp Ủy ban nhân dân các xã phát suất ăn.
II. TỔ CHỨC THỰC HIỆN
1. Ban Quản lý dự án công trình thủy lợi khẩn trương sửa chữa kè.
2. Mặt trận thôn trao quà cho các hộ.

Mức quà: 300.000 đồng/hộ.
""",
        ),
        """
I|1|Giúp các hộ dọn => [Chi hội Nông dân] /  /  /  /
I|2|Vận chuyển quà, phối => [Chi đoàn Thanh niên] / [Công an xã], [Trạm Y tế] /  /  /
I|3|Nấu ăn, phối hợp => [Hội Liên hiệp Phụ nữ] / [Ủy ban nhân dân các xã] /  /  /
II|1|Ban Quản lý dự => [Ban Quản lý dự án công trình thủy lợi] /  /  /  /
II|2|Mặt trận thôn trao =>  /  /  /  /
""",
    ),
    "which of a group is charged": (
        document(
            "KẾ HOẠCH\nNâng cấp hồ chứa nước",
            """
I. TỔ CHỨC THỰC HIỆN
1. UBND các xã, phường có hồ chứa
- Cắm mốc phạm vi bảo vệ hồ.
2. Các sở, ngành được phân công nhiệm vụ tại Kế hoạch:
- Cử cán bộ làm đầu mối theo dõi.
3. Chủ đầu tư dự án: Khắc phục hư hỏng trước mùa lũ.
""",
        ),
        """
I/1|-|Cắm mốc phạm vi => [Ủy ban nhân dân các xã, phường] /  /  /  /
I/2|-|Cử cán bộ làm => [Các sở, ngành] /  /  /  /
I|3|Chủ đầu tư dự => [Chủ đầu tư] /  /  /  /
""",
    ),
    "a heading that ends with its own ministry": (
        document(
            "KẾ HOẠCH\nPhòng, chống bệnh dại",
            """
I. TỔ CHỨC THỰC HIỆN
1. Các bệnh viện, các trường trực thuộc Bộ
Chỉ đạo tuyến, hỗ trợ kỹ thuật cho địa phương.
2. Cục Thú y
Triển khai tiêm phòng.
""",
        ),
        """
I/1||Chỉ đạo tuyến, hỗ => [Các bệnh viện], [Các trường trực thuộc Bộ] /  /  /  /
I/2||Triển khai tiêm phòng. => [Cục Thú y] /  /  /  /
""",
    ),
    "grounds below a line in capitals": (
        document(
            "QUYẾT ĐỊNH\nVề việc thành lập Tổ công tác",
            """
ỦY BAN NHÂN DÂN TỈNH QUẢNG BÌNH

Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;

Theo đề nghị của Giám đốc Sở Y tế tại Tờ trình số 15/TTr-SYT ngày 02/02/2024,

QUYẾT ĐỊNH:

Điều 1. Thành lập Tổ công tác phòng, chống dịch.

Điều 2. Giao Sở Y tế theo dõi, đôn đốc hoạt động của Tổ công tác.
""",
        ),
        """
|Điều 2|Giao Sở Y tế => [Sở Y tế] /  /  /  /
""",
    ),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_documents(text: str, expected: str) -> None:
    found = [told(found, task) for found, task in tasks_of(text)]
    assert [line.rstrip() for line in found] == expected.strip().split("\n")
