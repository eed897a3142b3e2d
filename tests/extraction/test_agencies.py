"""Lists of agencies as real documents write them."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khplans.extraction.agencies import find_agencies, read_list, shadow
from khplans.knowledge.agencies import bodies, english_name
from khplans.knowledge.table import read_table
from khplans.model import AgencyMention
from khplans.text.passage import Passage, Span, read_passage

# What is written => the agencies it names, with @ and the province where it is not Khánh Hòa (none: central).
LISTS = """
Sở Y tế => Sở Y tế
SỞ Y TẾ => Sở Y tế
sở y tế => Sở Y tế
Sở Y Tế tỉnh Khánh Hoà => Sở Y tế
Sở Tài chính tỉnh => Sở Tài chính
Sở Kế hoạch và Đầu tư => Sở Kế hoạch và Đầu tư
Sở Kế hoạch & Đầu tư => Sở Kế hoạch và Đầu tư
Sở Kế hoạch - Đầu tư => Sở Kế hoạch và Đầu tư
Sở KH&ĐT => Sở Kế hoạch và Đầu tư
Sở KHĐT => Sở Kế hoạch và Đầu tư
Sở KH-ĐT => Sở Kế hoạch và Đầu tư
SKHĐT => Sở Kế hoạch và Đầu tư
Sở Nông nghiệp & PTNT => Sở Nông nghiệp và Phát triển nông thôn
Sở NN&PTNT => Sở Nông nghiệp và Phát triển nông thôn
Sở NNPTNT => Sở Nông nghiệp và Phát triển nông thôn
Sở NN và PTNT => Sở Nông nghiệp và Phát triển nông thôn
Sở Nông nghiệp và Phát triển Nông thôn => Sở Nông nghiệp và Phát triển nông thôn
SNN&PTNT => Sở Nông nghiệp và Phát triển nông thôn
Sở Nông nghiệp và Môi trường => Sở Nông nghiệp và Môi trường
Sở NN&MT => Sở Nông nghiệp và Môi trường
Sở NNMT => Sở Nông nghiệp và Môi trường
Sở Lao động - Thương binh và Xã hội => Sở Lao động - Thương binh và Xã hội
Sở Lao động, Thương binh và Xã hội => Sở Lao động - Thương binh và Xã hội
Sở Lao động – Thương binh & Xã hội => Sở Lao động - Thương binh và Xã hội
Sở Lao động Thương binh và Xã hội => Sở Lao động - Thương binh và Xã hội
Sở LĐTBXH => Sở Lao động - Thương binh và Xã hội
Sở LĐ-TB&XH => Sở Lao động - Thương binh và Xã hội
Sở LĐTB&XH => Sở Lao động - Thương binh và Xã hội
Sở LĐ-TBXH => Sở Lao động - Thương binh và Xã hội
Sở Lao động - TB và XH => Sở Lao động - Thương binh và Xã hội
Sở TN&MT => Sở Tài nguyên và Môi trường
Sở TNMT => Sở Tài nguyên và Môi trường
Sở Tài nguyên - Môi trường => Sở Tài nguyên và Môi trường
Sở GTVT => Sở Giao thông vận tải
Sở Giao thông - Vận tải => Sở Giao thông vận tải
Sở Giao thông vận tải - Xây dựng => Sở Giao thông vận tải - Xây dựng
Sở VHTT&DL => Sở Văn hóa, Thể thao và Du lịch
Sở VH,TT&DL => Sở Văn hóa, Thể thao và Du lịch
Sở VH, TT và DL => Sở Văn hóa, Thể thao và Du lịch
Sở Văn hoá, Thể thao và Du lịch => Sở Văn hóa, Thể thao và Du lịch
Sở Văn hóa - Thể thao và Du lịch => Sở Văn hóa, Thể thao và Du lịch
Sở VHTTDL => Sở Văn hóa, Thể thao và Du lịch
Sở Văn hóa và Thể thao => Sở Văn hóa và Thể thao
Sở VH&TT => Sở Văn hóa và Thể thao
Sở TT&TT => Sở Thông tin và Truyền thông
Sở Thông tin & Truyền thông => Sở Thông tin và Truyền thông
Sở GD&ĐT => Sở Giáo dục và Đào tạo
Sở GDĐT => Sở Giáo dục và Đào tạo
Sở Giáo dục - Đào tạo => Sở Giáo dục và Đào tạo
Sở KH&CN => Sở Khoa học và Công nghệ
Sở KHCN => Sở Khoa học và Công nghệ
Sở Dân tộc và Tôn giáo => Sở Dân tộc và Tôn giáo
Sở DT&TG => Sở Dân tộc và Tôn giáo
Sở Công thương => Sở Công Thương
Sở Thương mại - Du lịch => Sở Thương mại và Du lịch
Sở Quy hoạch - Kiến trúc => Sở Quy hoạch - Kiến trúc
Sở An toàn thực phẩm => Sở An toàn thực phẩm
Sở Công Thương, Du lịch => Sở Công Thương | Sở Du lịch
Sở Công Thương, Nông nghiệp và PTNT, Giao thông Vận tải, Du lịch, các đơn vị khác có liên quan => Sở Công Thương | Sở Nông nghiệp và Phát triển nông thôn | Sở Giao thông vận tải | Sở Du lịch | Các đơn vị khác có liên quan
Các Sở: Kế hoạch và Đầu tư, Xây dựng, Tài nguyên và Môi trường, Tài chính => Sở Kế hoạch và Đầu tư | Sở Xây dựng | Sở Tài nguyên và Môi trường | Sở Tài chính
các sở Tài chính, Văn hóa, Thể thao và Du lịch, Kế hoạch và Đầu tư, Y tế => Sở Tài chính | Sở Văn hóa, Thể thao và Du lịch | Sở Kế hoạch và Đầu tư | Sở Y tế
Các Sở Tài chính, Nội vụ và Tư pháp => Sở Tài chính | Sở Nội vụ | Sở Tư pháp
Các Sở: Văn hóa và Thể thao, Du lịch => Sở Văn hóa và Thể thao | Sở Du lịch
Các Sở: Văn hóa, Thể thao và Du lịch; Du lịch => Sở Văn hóa, Thể thao và Du lịch | Sở Du lịch
Giám đốc các Sở: Nội vụ, Tài chính, Y tế; Chủ tịch UBND các huyện => Sở Nội vụ | Sở Tài chính | Sở Y tế | Ủy ban nhân dân các huyện
Sở Xây dựng, sở Tài nguyên và Môi trường => Sở Xây dựng | Sở Tài nguyên và Môi trường
Sở Y tế; Sở Tài chính; Công an tỉnh => Sở Y tế | Sở Tài chính | Công an tỉnh
Sở Y tế/Sở Tài chính => Sở Y tế | Sở Tài chính
- Sở Y tế - Sở Tài chính - UBND các xã => Sở Y tế | Sở Tài chính | Ủy ban nhân dân các xã
Sở Y tế (chủ trì), Sở Tài chính (phối hợp) => Sở Y tế | Sở Tài chính
Sở Y tế tỉnh Đắk Lắk => Sở Y tế @Đắk Lắk
Giám đốc Sở Nội vụ => Sở Nội vụ
Giám đốc Sở Kế hoạch và Đầu tư (Tổ trưởng Tổ công tác lập Quy hoạch tỉnh), Giám đốc Sở Xây dựng => Sở Kế hoạch và Đầu tư | Sở Xây dựng
đồng chí Giám đốc Sở Tài chính => Sở Tài chính
Lãnh đạo Sở Tư pháp => Sở Tư pháp
Chánh Văn phòng UBND tỉnh => Văn phòng Ủy ban nhân dân tỉnh
Trưởng Ban Dân tộc => Ban Dân tộc
Trưởng ban Ban Quản lý Khu kinh tế Vân Phong => Ban Quản lý Khu kinh tế Vân Phong
Chánh Thanh tra tỉnh => Thanh tra tỉnh
Cục trưởng Cục Thuế tỉnh => Cục Thuế tỉnh
Chỉ huy trưởng Bộ CHQS tỉnh => Bộ Chỉ huy Quân sự tỉnh
Tổ trưởng của 3 Tổ công tác lập quy hoạch => Các Tổ công tác lập quy hoạch
Bộ trưởng Bộ Tài chính => Bộ Tài chính @
Tổng cục Thuế, Hải quan => Tổng cục Thuế @ | Tổng cục Hải quan @
Thống đốc Ngân hàng Nhà nước Việt Nam => Ngân hàng Nhà nước Việt Nam @
Thủ trưởng các sở, ban, ngành thuộc tỉnh, Chủ tịch Ủy ban nhân dân các huyện, thị xã, thành phố, thủ trưởng các đơn vị sự nghiệp trực thuộc Ủy ban nhân dân tỉnh và các doanh nghiệp nhà nước thuộc tỉnh => Các sở, ban, ngành | Ủy ban nhân dân các huyện, thị xã, thành phố | Các đơn vị sự nghiệp công lập trực thuộc Ủy ban nhân dân tỉnh | Các doanh nghiệp nhà nước thuộc tỉnh
Giám đốc, Thủ trưởng các sở, ban, ngành => Các sở, ban, ngành
UBND tỉnh => Ủy ban nhân dân tỉnh
Ủy ban nhân dân tỉnh => Ủy ban nhân dân tỉnh
Uỷ ban nhân dân tỉnh Khánh Hoà => Ủy ban nhân dân tỉnh
ỦY BAN NHÂN DÂN TỈNH => Ủy ban nhân dân tỉnh
UBND tỉnh Đắk Lắk => Ủy ban nhân dân tỉnh @Đắk Lắk
UBND TP. Hồ Chí Minh => Ủy ban nhân dân thành phố @Hồ Chí Minh
UBND thành phố Nha Trang => Ủy ban nhân dân thành phố Nha Trang
UBND TP Nha Trang => Ủy ban nhân dân thành phố Nha Trang
UBND TX Ninh Hòa => Ủy ban nhân dân thị xã Ninh Hòa
UBND thị xã Ninh Hòa; UBND huyện Vạn Ninh => Ủy ban nhân dân thị xã Ninh Hòa | Ủy ban nhân dân huyện Vạn Ninh
UBND huyện Vạn Ninh, thị xã Ninh Hòa => Ủy ban nhân dân huyện Vạn Ninh | Ủy ban nhân dân thị xã Ninh Hòa
UBND các huyện: Vạn Ninh, Diên Khánh, thị xã Ninh Hòa và thành phố Cam Ranh => Ủy ban nhân dân huyện Vạn Ninh | Ủy ban nhân dân huyện Diên Khánh | Ủy ban nhân dân thị xã Ninh Hòa | Ủy ban nhân dân thành phố Cam Ranh
UBND các huyện, thị xã, thành phố => Ủy ban nhân dân các huyện, thị xã, thành phố
UBND các huyện, thị xã và thành phố => Ủy ban nhân dân các huyện, thị xã, thành phố
UBND huyện, thị xã, thành phố => Ủy ban nhân dân các huyện, thị xã, thành phố
UBND các huyện/thành phố => Ủy ban nhân dân các huyện, thành phố
UBND các huyện, thành phố => Ủy ban nhân dân các huyện, thành phố
UBND các quận, huyện => Ủy ban nhân dân các quận, huyện
UBND cấp huyện => Ủy ban nhân dân cấp huyện
UBND cấp xã => Ủy ban nhân dân cấp xã
UBND cấp huyện, cấp xã => Ủy ban nhân dân cấp huyện, cấp xã
UBND các xã, phường, thị trấn => Ủy ban nhân dân các xã, phường, thị trấn
UBND các xã, phường, đặc khu => Ủy ban nhân dân các xã, phường, đặc khu
Ủy ban nhân dân các xã, phường liên quan => Ủy ban nhân dân các xã, phường có liên quan
UBND các địa phương => Ủy ban nhân dân các địa phương
UBND các cấp => Ủy ban nhân dân các cấp
UBND các huyện, thị xã, thành phố trên địa bàn tỉnh => Ủy ban nhân dân các huyện, thị xã, thành phố
UBND xã Phước Đồng => Ủy ban nhân dân xã Phước Đồng
UBND phường 2 => Ủy ban nhân dân phường 2
UBND các tỉnh, thành phố trực thuộc Trung ương => Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương @
HĐND, UBND các xã, phường, thị trấn => Hội đồng nhân dân các xã, phường, thị trấn | Ủy ban nhân dân các xã, phường, thị trấn
Hội đồng nhân dân tỉnh => Hội đồng nhân dân tỉnh
HĐND tỉnh => Hội đồng nhân dân tỉnh
Thường trực HĐND tỉnh => Thường trực Hội đồng nhân dân tỉnh
Các Ban của Hội đồng nhân dân tỉnh, Tổ đại biểu Hội đồng nhân dân tỉnh => Các ban Hội đồng nhân dân tỉnh | Các Tổ đại biểu Hội đồng nhân dân tỉnh
Đoàn đại biểu Quốc hội tỉnh => Đoàn đại biểu Quốc hội tỉnh
Đoàn ĐBQH tỉnh => Đoàn đại biểu Quốc hội tỉnh
Văn phòng UBND tỉnh => Văn phòng Ủy ban nhân dân tỉnh
VP UBND tỉnh => Văn phòng Ủy ban nhân dân tỉnh
Văn phòng Ủy ban nhân dân tỉnh => Văn phòng Ủy ban nhân dân tỉnh
Văn phòng Đoàn ĐBQH và HĐND tỉnh => Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh
Văn phòng HĐND tỉnh => Văn phòng Hội đồng nhân dân tỉnh
Thanh tra tỉnh => Thanh tra tỉnh
Ban Dân tộc => Ban Dân tộc
Ban Dân tộc tỉnh => Ban Dân tộc
Ban Quản lý Khu kinh tế Vân Phong => Ban Quản lý Khu kinh tế Vân Phong
BQL KKT Vân Phong => Ban Quản lý Khu kinh tế Vân Phong
Ban Quản lý Khu kinh tế Vũng Áng và các khu công nghiệp tỉnh => Ban Quản lý Khu kinh tế Vũng Áng và các khu công nghiệp tỉnh
Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp Quảng Ngãi => Ban Quản lý Khu kinh tế Dung Quất và các Khu công nghiệp @Quảng Ngãi
UBND các tỉnh Gia Lai, Kon Tum và thành phố Đà Nẵng => Ủy ban nhân dân tỉnh @Gia Lai | Ủy ban nhân dân tỉnh @Kon Tum | Ủy ban nhân dân thành phố @Đà Nẵng
UBND các tỉnh, thành phố: Hà Nội, Bắc Ninh => Ủy ban nhân dân thành phố @Hà Nội | Ủy ban nhân dân tỉnh @Bắc Ninh
UBND các tỉnh, thành phố => Ủy ban nhân dân các tỉnh, thành phố
các huyện, thành, thị uỷ => Các huyện, thành, thị ủy
Thường trực HĐND, các Ban của HĐND và các vị đại biểu HĐND tỉnh => Thường trực Hội đồng nhân dân tỉnh | Các ban Hội đồng nhân dân tỉnh | Các vị đại biểu Hội đồng nhân dân tỉnh
BQL KKT và các KCN => Ban Quản lý Khu kinh tế và các Khu công nghiệp
BQL Khu kinh tế Vân Phong => Ban Quản lý Khu kinh tế Vân Phong
BQL các KCN tỉnh => Ban Quản lý các Khu công nghiệp tỉnh
Ban Quản lý các khu công nghiệp tỉnh => Ban Quản lý các khu công nghiệp tỉnh
Ban QLDA đầu tư xây dựng các công trình giao thông tỉnh => Ban Quản lý dự án đầu tư xây dựng các công trình giao thông tỉnh
Các Ban Quản lý dự án thuộc tỉnh => Các Ban Quản lý dự án thuộc tỉnh
Các ban quản lý dự án cấp tỉnh => Các Ban Quản lý dự án cấp tỉnh
Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh Khánh Hòa => Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh
BCĐ 389 tỉnh => Ban Chỉ đạo 389 tỉnh
Ban An toàn giao thông tỉnh => Ban An toàn giao thông tỉnh
Công an tỉnh => Công an tỉnh
Công an tỉnh Khánh Hòa => Công an tỉnh
Công an thành phố Nha Trang => Công an thành phố Nha Trang
Công an các xã, phường => Công an các xã, phường
Bộ CHQS tỉnh => Bộ Chỉ huy Quân sự tỉnh
Bộ Chỉ huy Quân sự tỉnh => Bộ Chỉ huy Quân sự tỉnh
BCH Quân sự tỉnh => Bộ Chỉ huy Quân sự tỉnh
Bộ Chỉ huy BĐBP tỉnh => Bộ Chỉ huy Bộ đội Biên phòng tỉnh
BCH Bộ đội Biên phòng tỉnh => Bộ Chỉ huy Bộ đội Biên phòng tỉnh
Bộ đội Biên phòng tỉnh => Bộ đội Biên phòng tỉnh
Cục Thuế tỉnh => Cục Thuế tỉnh
Cục Thuế => Cục Thuế
Chi cục Thuế khu vực XIII => Chi cục Thuế khu vực XIII
Thuế tỉnh Khánh Hòa => Thuế tỉnh
Cục Hải quan Khánh Hòa => Cục Hải quan tỉnh
Cục Quản lý thị trường tỉnh => Cục Quản lý thị trường tỉnh
Cục QLTT tỉnh => Cục Quản lý thị trường tỉnh
Chi cục Quản lý thị trường => Chi cục Quản lý thị trường
Cục Thi hành án dân sự tỉnh => Cục Thi hành án dân sự tỉnh
Thống kê tỉnh => Thống kê tỉnh
Kho bạc Nhà nước tỉnh => Kho bạc Nhà nước tỉnh
KBNN tỉnh => Kho bạc Nhà nước tỉnh
Kho bạc Nhà nước khu vực XIII => Kho bạc Nhà nước khu vực XIII
Bảo hiểm xã hội tỉnh => Bảo hiểm xã hội tỉnh
BHXH tỉnh => Bảo hiểm xã hội tỉnh
Ngân hàng Nhà nước Chi nhánh tỉnh Khánh Hòa => Ngân hàng Nhà nước Chi nhánh tỉnh
Ngân hàng Nhà nước Việt Nam - Chi nhánh tỉnh Khánh Hòa => Ngân hàng Nhà nước Chi nhánh tỉnh
NHNN chi nhánh tỉnh => Ngân hàng Nhà nước Chi nhánh tỉnh
Ngân hàng Nhà nước chi nhánh Khu vực 10 => Ngân hàng Nhà nước Chi nhánh khu vực 10
Chi nhánh Ngân hàng Chính sách xã hội tỉnh => Chi nhánh Ngân hàng Chính sách xã hội tỉnh
Tòa án nhân dân tỉnh, Viện kiểm sát nhân dân tỉnh => Tòa án nhân dân tỉnh | Viện kiểm sát nhân dân tỉnh
TAND tỉnh, VKSND tỉnh => Tòa án nhân dân tỉnh | Viện kiểm sát nhân dân tỉnh
Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh => Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh
Ủy ban MTTQ Việt Nam tỉnh => Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh
UBMTTQVN tỉnh => Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh
UBMTTQ Việt Nam tỉnh và các tổ chức chính trị - xã hội => Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh | Các tổ chức chính trị - xã hội
Liên đoàn Lao động tỉnh => Liên đoàn Lao động tỉnh
LĐLĐ tỉnh => Liên đoàn Lao động tỉnh
Hội Nông dân tỉnh, Hội Liên hiệp Phụ nữ tỉnh, Hội Cựu chiến binh tỉnh, Tỉnh đoàn => Hội Nông dân tỉnh | Hội Liên hiệp Phụ nữ tỉnh | Hội Cựu chiến binh tỉnh | Tỉnh đoàn
Hội LHPN tỉnh, Tỉnh đoàn => Hội Liên hiệp Phụ nữ tỉnh | Tỉnh đoàn
Hội Chữ thập đỏ tỉnh => Hội Chữ thập đỏ tỉnh
Liên minh HTX tỉnh => Liên minh Hợp tác xã tỉnh
Hiệp hội Du lịch => Hiệp hội Du lịch
Hiệp hội Doanh nghiệp tỉnh => Hiệp hội Doanh nghiệp tỉnh
Đài Phát thanh và Truyền hình tỉnh => Đài Phát thanh và Truyền hình tỉnh
Đài PT-TH tỉnh, Báo Khánh Hòa => Đài Phát thanh và Truyền hình tỉnh | Báo Khánh Hòa
Báo và Phát thanh, Truyền hình tỉnh => Báo và Đài Phát thanh, Truyền hình tỉnh
Trường Đại học Nha Trang => Trường Đại học Nha Trang
Trường Chính trị tỉnh => Trường Chính trị tỉnh
Bệnh viện Đa khoa tỉnh Khánh Hòa => Bệnh viện Đa khoa tỉnh
Công ty Điện lực Khánh Hòa => Công ty Điện lực tỉnh
Tổng công ty Điện lực 1 => Tổng công ty Điện lực 1
Tỉnh ủy => Tỉnh ủy
Thường trực Tỉnh ủy, Ban Thường vụ Tỉnh ủy => Thường trực Tỉnh ủy | Ban Thường vụ Tỉnh ủy
Ban cán sự đảng UBND tỉnh => Ban cán sự đảng Ủy ban nhân dân tỉnh
Ban Tổ chức Tỉnh ủy, Ban Tuyên giáo Tỉnh ủy, Ban Nội chính Tỉnh ủy => Ban Tổ chức Tỉnh ủy | Ban Tuyên giáo Tỉnh ủy | Ban Nội chính Tỉnh ủy
Văn phòng Tỉnh ủy => Văn phòng Tỉnh ủy
Đảng ủy UBND tỉnh => Đảng ủy Ủy ban nhân dân tỉnh
các cấp ủy => Các cấp ủy
các cấp ủy, chính quyền các cấp, các cơ quan, đơn vị => Các cấp ủy | Chính quyền các cấp | Các cơ quan, đơn vị
các cấp ủy và chính quyền địa phương => Các cấp ủy và chính quyền địa phương
các cấp ủy Đảng => Các cấp ủy Đảng
các huyện ủy, thị ủy, thành ủy => Các huyện ủy, thị ủy, thành ủy
Trung ương => Trung ương @
Bộ Kế hoạch và Đầu tư => Bộ Kế hoạch và Đầu tư @
Bộ KH&ĐT => Bộ Kế hoạch và Đầu tư @
Bộ Nông nghiệp và Môi trường => Bộ Nông nghiệp và Môi trường @
các Bộ: Tài chính, Công Thương, Nội vụ => Bộ Tài chính @ | Bộ Công Thương @ | Bộ Nội vụ @
Các Bộ, ngành Trung ương => Các Bộ, ngành Trung ương @
các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ => Các Bộ, cơ quan ngang Bộ, cơ quan thuộc Chính phủ @
Văn phòng Chính phủ => Văn phòng Chính phủ @
Quân chủng Hải quân => Quân chủng Hải quân @
Các sở, ban, ngành => Các sở, ban, ngành
Các Sở, Ban, Ngành => Các sở, ban, ngành
các sở, ban ngành => Các sở, ban, ngành
các sở ngành => Các sở, ngành
các sở, ngành, địa phương => Các sở, ngành, địa phương
các sở, ban, ngành, địa phương => Các sở, ban, ngành, địa phương
các sở, ban, ngành, đoàn thể tỉnh => Các sở, ban, ngành, đoàn thể
các sở, ban, ngành của tỉnh => Các sở, ban, ngành
các sở, ban, ngành tỉnh => Các sở, ban, ngành
các sở, ban, ngành trên địa bàn tỉnh Khánh Hòa => Các sở, ban, ngành
Tất cả các Sở, ban, ngành => Các sở, ban, ngành
Sở, ban, ngành liên quan => Các sở, ban, ngành có liên quan
các sở, ngành liên quan => Các sở, ngành có liên quan
Các ngành liên quan => Các ngành có liên quan
các cơ quan liên quan => Các cơ quan có liên quan
các cơ quan đơn vị có liên quan => Các cơ quan, đơn vị có liên quan
các cơ quan, đơn vị liên quan trên địa bàn tỉnh => Các cơ quan, đơn vị có liên quan
các cơ quan, đơn vị và địa phương có liên quan => Các cơ quan, đơn vị và địa phương có liên quan
các đơn vị sự nghiệp trực thuộc tỉnh => Các đơn vị sự nghiệp công lập trực thuộc Ủy ban nhân dân tỉnh
các đơn vị sự nghiệp công lập trực thuộc UBND tỉnh => Các đơn vị sự nghiệp công lập trực thuộc Ủy ban nhân dân tỉnh
các đơn vị tư vấn lập các quy hoạch => Các đơn vị tư vấn lập quy hoạch
các cơ quan báo chí => Các cơ quan báo chí
các đơn vị liên quan, UBND các huyện, thị xã, thành phố => Các đơn vị có liên quan | Ủy ban nhân dân các huyện, thị xã, thành phố
ngành Lao động - Thương binh và Xã hội => Ngành Lao động - Thương binh và Xã hội
tổ chức công đoàn, ngành Lao động - Thương binh và Xã hội => Tổ chức công đoàn | Ngành Lao động - Thương binh và Xã hội
các sở ngành và nhà đầu tư => Các sở, ngành | Nhà đầu tư
từng đồng chí Tỉnh ủy viên => Tỉnh ủy viên
Bộ Khoa học và Công nghệ; Bộ Quốc phòng; các Bộ, các Sở, ngành, đơn vị có liên quan => Bộ Khoa học và Công nghệ @ | Bộ Quốc phòng @ | Các Bộ @ | Các sở, ngành, đơn vị có liên quan
các sở, ban, ngành tỉnh và UBND huyện, thị xã, thành phố => Các sở, ban, ngành | Ủy ban nhân dân các huyện, thị xã, thành phố
Các Viện Vệ sinh dịch tễ, Viện Pasteur => Các Viện Vệ sinh dịch tễ | Viện Pasteur
Các thành viên Ban Chỉ huy Phòng thủ dân sự, Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh => Các thành viên Ban Chỉ huy Phòng thủ dân sự, Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh
TRUNG TÂM KIỂM SOÁT BỆNH TẬT => Trung tâm Kiểm soát bệnh tật
CÁC SỞ, BAN, NGÀNH LIÊN QUAN => Các sở, ban, ngành có liên quan
Các tỉnh thuộc vùng Bắc Trung Bộ và duyên hải Trung Bộ => Các tỉnh thuộc vùng Bắc Trung Bộ và duyên hải Trung Bộ
Sở NV; Sở NgV => Sở Nội vụ | Sở Ngoại vụ
CA tỉnh => Công an tỉnh
Ban TG&DV Tỉnh ủy => Ban Tuyên giáo và Dân vận Tỉnh ủy
Ban Pháp chế của HĐND tỉnh => Ban Pháp chế Hội đồng nhân dân tỉnh
Ban Văn hóa - Xã hội HĐND tỉnh => Ban Văn hóa - Xã hội Hội đồng nhân dân tỉnh
Ban Dân tộc HĐND tỉnh; Ban Dân tộc => Ban Dân tộc Hội đồng nhân dân tỉnh | Ban Dân tộc
Hải quan khu vực XIV => Hải quan khu vực XIV
Báo và PTTH tỉnh => Báo và Đài Phát thanh, Truyền hình tỉnh
TTCP; TTXVN => Thanh tra Chính phủ @ | Thông tấn xã Việt Nam @
Trường Đại học Thủy lợi => Trường Đại học Thủy lợi
Phòng VH-XH, Phòng TC-KH => Phòng Văn hóa - Xã hội | Phòng Tài chính - Kế hoạch
Phòng Kinh tế, Hạ tầng và Đô thị; Phòng Nội vụ => Phòng Kinh tế, Hạ tầng và Đô thị | Phòng Nội vụ
Công an xã, Xã đoàn => Công an xã | Xã đoàn
BCH PCTT&TKCN tỉnh => Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh
các sở, ngành chức năng; các địa phương => Các sở, ngành chức năng | Các địa phương
ngành y tế, ngành giáo dục và ngành ngân hàng => Ngành Y tế | Ngành Giáo dục | Ngành Ngân hàng
các ngành, các cấp => Các ngành | Các cấp
SYT các tỉnh, thành phố; STC, SNN&MT => Sở Y tế các tỉnh, thành phố @ | Sở Tài chính | Sở Nông nghiệp và Môi trường
Ban CTMT, Chi hội Nông dân, Chi đoàn Thanh niên => Ban Công tác Mặt trận | Chi hội Nông dân | Chi đoàn Thanh niên
TT CUDVC xã; Khoa KT&CN => Trung tâm Cung ứng dịch vụ công xã | Khoa KT&CN
các ban xây dựng Đảng Tỉnh ủy => Các ban xây dựng Đảng Tỉnh ủy
"""
CASES = [tuple(line.split(" => ")) for line in LISTS.strip().splitlines()]

GOLD = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "gold/agencies.jsonl").read_text("utf-8").splitlines()
]


def passage(text: str) -> Passage:
    return read_passage(text, [Span(0, len(text))])


def agencies(text: str, province: str | None = "Khánh Hòa") -> list[AgencyMention]:
    return find_agencies(passage(text), province)


def named(mention: AgencyMention) -> str:
    agency = mention.agency
    return agency.name + ("" if agency.province == "Khánh Hòa" else f" @{agency.province or ''}")


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_lists(text: str, expected: str) -> None:
    assert [named(mention) for mention in agencies(text)] == expected.split(" | ")


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_decomposed_accents_name_the_same(text: str, expected: str) -> None:
    found = agencies(unicodedata.normalize("NFD", text))
    assert [named(mention) for mention in found] == expected.split(" | ")


@pytest.mark.parametrize("record", GOLD, ids=[record["form"] for record in GOLD])
def test_gold_forms(record: dict[str, object]) -> None:
    found = agencies(str(record["form"]))
    wanted = record["members"] or [record["canonical"]]
    assert isinstance(wanted, list)
    assert [m.agency.name.casefold() for m in found] == [str(name).casefold() for name in wanted]
    assert {m.agency.province for m in found} == {record["province"]}
    if not record["members"]:
        assert found[0].agency.kind == record["kind"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Vũ trụ", ["Sở Vũ trụ"]),
        ("Tổ chức phi chính phủ ABC; Sở Y tế", ["Tổ chức phi chính phủ ABC"]),
        ("Người dân trên địa bàn", ["Người dân trên địa bàn"]),
    ],
)
def test_unknown_agencies_stay_as_they_are_written(text: str, names: list[str]) -> None:
    assert [m.agency.name for m in agencies(text) if not m.known] == names


def test_a_group_is_named_with_all_that_describes_it() -> None:
    cell = (
        "Các cơ quan được giao chủ trì tại Quyết định số 1165/QĐ-UBND ngày 29/4/2023 của UBND tỉnh"
    )
    (found,) = agencies(cell)
    assert found.form == cell
    assert not found.known


def test_same_name_in_another_province_is_another_agency() -> None:
    here, there = agencies("Sở Y tế", "Khánh Hòa"), agencies("Sở Y tế", "Điện Biên")
    assert here[0].agency != there[0].agency


@pytest.mark.parametrize(
    ("text", "ends_before"),
    [
        ("các sở, ban, ngành xây dựng kế hoạch", " xây dựng"),
        ("Sở Nông nghiệp và Phát triển nông thôn và các địa phương tiếp tục", " tiếp tục"),
        ("các cơ quan liên quan rà soát những chỉ tiêu", " rà soát"),
        ("Sở Y tế, y tế dự phòng", ", y tế"),
        ("Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh Khánh Hòa chỉ đạo đẩy nhanh", " chỉ đạo đẩy"),
        ("Ban Quản lý Khu kinh tế Vân Phong chủ trì", " chủ trì"),
        ("Ban Quản lý Khu kinh tế và các khu công nghiệp nắm tình hình", " nắm tình hình"),
        ("Ban Quản lý Khu kinh tế Vân Phong (Tổ trưởng) đẩy nhanh", " (Tổ trưởng)"),
        ("các tỉnh trên tuyến trục đường cao tốc Bắc - Nam nhằm tăng cường", " nhằm"),
        ("Các Bộ trưởng, Thủ trưởng cơ quan ngang bộ tập trung", " tập trung"),
        ("Phòng Tài chính - Kế hoạch huyện tham mưu", " tham mưu"),
        ("Cục Trồng trọt và Bảo vệ thực vật chủ trì", " chủ trì"),
        ("Trung tâm Y tế huyện Vạn Ninh tổ chức", " tổ chức"),
        ("Các Tổng cục, Cục, Vụ, đơn vị thuộc Bộ triển khai", " triển khai"),
        ("Sở Tài chính, Sở Y tế (qua bưu điện), báo cáo", " (qua"),
    ],
)
def test_a_list_in_a_sentence_ends_with_the_last_agency(text: str, ends_before: str) -> None:
    found, end = read_list(text, shadow(text), 0, len(text))
    assert found
    assert text[end:].startswith(ends_before)


@pytest.mark.parametrize("text", ["Báo cáo kết quả", "Hội nghị tổng kết", "Trưởng thành", "Ban hành kế hoạch", "Bộ máy", "QUY ĐỊNH CHUNG", "số tài chính", "Phòng, chống dịch", "cả tỉnh"])  # fmt: skip
def test_words_that_only_look_like_agencies(text: str) -> None:
    assert read_list(text, shadow(text), 0, len(text))[0] == []


def test_spans_are_the_words_in_the_source() -> None:
    source = "**Sở Y tế**;\u00a0UBND các huyện,\nthị xã,  thành phố"
    found = agencies(source)
    assert [m.span.of(source) for m in found] == ["Sở Y tế", "UBND các huyện,\nthị xã,  thành phố"]


def test_every_department_is_read_by_its_name_and_has_an_english_one() -> None:
    for body in bodies():
        if body.name.startswith("Sở "):
            assert [m.agency.name for m in agencies(body.name)] == [body.name]
            assert english_name(body.name)


WORDS = st.sampled_from(
    ["Sở", "Y tế", ",", ";", " và ", "các", "UBND", "huyện", "tỉnh", "Ban", "Quản lý", "Khánh Hòa",
     "phòng, chống", "liên quan", "(", ")", "của", "3", "Giám đốc", "BQL", "-", ":", "Bộ", "ngành", "TP."]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=14).map(" ".join)))
def test_never_raises_and_spans_hold_the_form(text: str) -> None:
    read = passage(text)
    for mention in find_agencies(read, "Khánh Hòa"):
        assert mention.form
        assert mention.agency.name
        assert mention.form in read.text
        assert mention.span in Span(0, len(text))


@pytest.mark.parametrize(
    "piece",
    [
        "các ",
        "Giám đốc ",
        "thành viên ",
        "Sở ",
        "và ",
        "(",
        "; ",
        "các sở, ban, ",
        "UBND các huyện, ",
    ],
)
def test_long_repetitions_are_read_in_their_stride(piece: str) -> None:
    agencies(piece * 3000)


@given(st.text(max_size=80))
def test_a_shadow_keeps_every_place(text: str) -> None:
    assert len(shadow(text)) == len(text)


def test_fields_of_work_belong_to_agencies_that_are_read_by_that_name() -> None:
    for row in read_table("agency_fields"):
        assert [m.agency.name for m in agencies(row["name"])] == [row["name"]]


def test_no_name_and_no_cue_stands_twice() -> None:
    for table, key in (("agencies", "name"), ("groups", "noun"), ("group_phrases", "phrase")):
        names = [row[key] for row in read_table(table)]
        assert len(names) == len(set(names)), table
    cues = [(row["use"], row["words"]) for row in read_table("task_cues")]
    assert len(cues) == len(set(cues))
    assert all(shadow(words) == words for _, words in cues)
