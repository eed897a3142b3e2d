"""The same target in other words is the same measure, and what only sounds like it is none."""

from __future__ import annotations

import pytest

from khplans.knowledge.measures import measures
from khplans.knowledge.units import Unit, unit_per, units
from khplans.linking.measures import find_measure

ECONOMY = """
Tốc độ tăng tổng sản phẩm trên địa bàn (GRDP) | percent | increase | grdp-growth
Tốc độ tăng trưởng kinh tế bình quân | percent_per_year | increase | grdp-growth
Tổng sản phẩm nội tỉnh (GRDP) theo giá so sánh 2010 | percent | increase | grdp-growth
Tốc độ tăng tổng sản phẩm trong nước (GDP) | percent | increase | gdp-growth
GRDP bình quân đầu người | million_vnd_per_person | level | grdp-per-capita
Tổng sản phẩm trên địa bàn bình quân đầu người | million_vnd | level | grdp-per-capita
GRDP/người | usd | level | grdp-per-capita
Quy mô nền kinh tế (GRDP giá hiện hành) | billion_vnd | level | grdp-size
Tăng trưởng khu vực nông, lâm nghiệp và thủy sản | percent | increase | primary-sector-growth
Giá trị sản xuất nông, lâm, ngư nghiệp | percent_per_year | increase | primary-sector-growth
Khu vực công nghiệp - xây dựng | percent | increase | industry-construction-growth
Giá trị sản xuất công nghiệp | percent | increase | industrial-output-growth
Chỉ số sản xuất công nghiệp (IIP) | percent | increase | industrial-production-index
Chỉ số sản xuất toàn ngành công nghiệp | percent | decrease | industrial-production-index
Tăng trưởng khu vực dịch vụ | percent | increase | services-growth
Tỷ trọng nông, lâm nghiệp và thủy sản | percent | level | primary-sector-share
Tỷ trọng công nghiệp - xây dựng trong cơ cấu kinh tế | percent | level | industry-construction-share
Tỷ trọng dịch vụ trong GRDP | percent | level | services-share
Tỷ trọng công nghiệp chế biến, chế tạo trong GRDP | percent | level | manufacturing-share
Tốc độ tăng năng suất lao động xã hội | percent_per_year | increase | productivity-growth
Tỷ trọng đóng góp của năng suất các nhân tố tổng hợp (TFP) vào tăng trưởng | percent | level | tfp-contribution
Tốc độ tăng chỉ số giá tiêu dùng bình quân | percent | increase | cpi-change
Tổng vốn đầu tư toàn xã hội | billion_vnd | level | social-investment
Vốn đầu tư thực hiện toàn xã hội | percent | increase | social-investment-growth
Tổng vốn đầu tư toàn xã hội so với GRDP | percent | level | social-investment-to-grdp
Vốn đầu tư trực tiếp nước ngoài (FDI) đăng ký | million_usd | level | fdi-registered
Tỷ lệ lấp đầy các khu công nghiệp | percent | level | industrial-park-occupancy
Số doanh nghiệp thành lập mới | enterprise | level | new-enterprises
Số doanh nghiệp đang hoạt động | enterprise | level | enterprises
Số hợp tác xã thành lập mới | cooperative | increase | cooperatives
Tỷ lệ hợp tác xã hoạt động có hiệu quả | percent | level | cooperatives-effective-rate
Số sản phẩm OCOP đạt 3 sao trở lên | product | level | ocop-products
Dư nợ tín dụng | billion_vnd | level | credit-outstanding
Tỷ lệ nợ xấu | percent | level | bad-debt-ratio
Kim ngạch xuất khẩu hàng hóa | million_usd | level | export-turnover
Tổng kim ngạch xuất nhập khẩu | billion_usd | level | trade-turnover
Kim ngạch nhập khẩu | percent | decrease | import-growth
Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng | billion_vnd | level | retail-sales
Tổng mức bán lẻ hàng hóa, doanh thu dịch vụ | percent | increase | retail-sales-growth
Chi cho nghiên cứu và phát triển so với GRDP | percent | level | rnd-spending
Chiều dài đường bộ cao tốc | km | level | expressways
Tỷ trọng kinh tế biển trong GRDP | percent | level | marine-economy-share
Doanh thu ngành công nghệ thông tin so với kế hoạch | percent | level | -
Mức độ hài lòng của người dân, doanh nghiệp | percentage_point | increase | -
Tỷ lệ doanh nghiệp nhỏ và vừa được tiếp cận tín dụng | percent | level | -
Đạt tốc độ cao bình quân 5 năm | percent_per_year | level | -
Tích lũy tài sản | percent | increase | -
Khu vực dịch vụ | percent_per_year | level | services-growth
Khu vực dịch vụ – vận tải, kho bãi | percent_per_year | level | -
Khu vực dịch vụ – bán buôn, bán lẻ | percent_per_year | level | -
Khu vực công nghiệp và xây dựng – xây dựng | percent_per_year | level | construction-growth
Giảm tiêu hao năng lượng tính trên GDP | percent | decrease | -
Tăng trưởng ngành công nghiệp văn hóa | percent | increase | -
Tỷ trọng vốn đầu tư công so với tổng vốn đầu tư toàn xã hội | percent | level | -
Số doanh nghiệp tham gia chuỗi cung ứng | enterprise | level | -
Sử dụng GDP, tiêu dùng cuối cùng | percent | increase | -
"""

BUDGET = """
Thu ngân sách nhà nước trên địa bàn | billion_vnd | level | state-budget-revenue
Tổng thu NSNN | billion_vnd | level | state-budget-revenue
Thu ngân sách nhà nước – thu nội địa | billion_vnd | level | domestic-revenue
Thu từ hoạt động xuất nhập khẩu | billion_vnd | level | customs-revenue
Thu tiền sử dụng đất | billion_vnd | level | land-revenue
Thu ngân sách nhà nước so với dự toán | percent | level | state-budget-revenue-plan
Thu nội địa so với dự toán | percent | level | domestic-revenue-plan
Thu ngân sách trên địa bàn | percent | increase | state-budget-revenue-growth
Tổng chi ngân sách địa phương | billion_vnd | level | budget-spending
Chi đầu tư phát triển | billion_vnd | level | development-spending
Chi thường xuyên | billion_vnd | level | recurrent-spending
Tỷ lệ giải ngân vốn đầu tư công so với kế hoạch | percent | level | public-investment-disbursement-rate
Giải ngân vốn đầu tư công | billion_vnd | level | public-investment-disbursed
Bội chi ngân sách nhà nước so với GDP | percent | level | budget-deficit
Nợ công so với GDP | percent | level | public-debt-ratio
Tỷ lệ huy động GRDP vào ngân sách | percent | level | revenue-to-grdp
Bội chi ngân sách so với GDP để huy động nguồn lực | percent | level | budget-deficit
Doanh thu du lịch so với kế hoạch | percent | level | -
Tỷ lệ lao động nông nghiệp so với nghị quyết | percent | level | -
"""

TOURISM = """
Số lượt khách du lịch | visitor | level | visitors
Tổng lượt khách | visit | level | visits
Số lượt khách quốc tế | visitor | level | international-visitors
Số lượt khách du lịch nội địa | visitor | level | domestic-visitors
Tổng thu từ khách du lịch | billion_vnd | level | tourism-revenue
Doanh thu du lịch | billion_vnd | level | tourism-revenue
Công suất sử dụng buồng phòng | percent | level | hotel-occupancy
"""

FARMING = """
Tổng sản lượng lương thực có hạt | tonne | level | grain-output
Sản lượng lúa cả năm | tonne | level | grain-output
Sản lượng thủy sản nuôi trồng và khai thác | tonne | level | fishery-output
Sản lượng thịt hơi xuất chuồng | tonne | level | livestock-output
Năng suất lúa bình quân | quintal_per_hectare | level | crop-yield
Diện tích gieo trồng cây hằng năm | hectare | level | crop-area
Diện tích lúa đông xuân | hectare | level | crop-area
Giá trị sản phẩm trên 1 ha đất trồng trọt | million_vnd_per_hectare | level | value-per-hectare
Diện tích trồng rừng tập trung | hectare | level | forest-planted
Tỷ lệ che phủ rừng | percent | level | forest-cover
Độ che phủ của rừng | percent | level | forest-cover
Tổng đàn lợn | animal | level | cattle
Số con gia cầm | animal | level | cattle
Diện tích sản xuất muối | hectare | level | -
Diện tích rừng bị cháy | hectare | level | -
Sản lượng thóc giống đã gieo | tonne | level | -
Sản lượng gỗ khai thác | m3 | level | -
Năng suất nuôi tôm thâm canh | tonne_per_hectare | level | -
"""

RURAL = """
Số xã đạt chuẩn nông thôn mới | commune | level | communes-new-rural
Số xã được công nhận đạt chuẩn nông thôn mới tăng thêm | commune | increase | communes-new-rural
Tỷ lệ xã đạt chuẩn nông thôn mới | percent | level | communes-new-rural-rate
Số xã đạt chuẩn nông thôn mới nâng cao | commune | level | communes-advanced-new-rural
Tỷ lệ số xã đạt chuẩn nông thôn mới nâng cao | percent | level | communes-advanced-new-rural-rate
Số xã đạt chuẩn nông thôn mới kiểu mẫu | commune | level | communes-model-new-rural
Tỷ lệ xã nông thôn mới kiểu mẫu | percent | level | communes-model-new-rural-rate
Số đơn vị cấp huyện đạt chuẩn nông thôn mới | district | level | districts-new-rural
Số tiêu chí nông thôn mới bình quân/xã | criterion_per_commune | level | new-rural-criteria
Tỷ lệ đô thị hóa | percent | level | urbanisation-rate
Tỉ lệ đô thị hoá | percent | level | urbanisation-rate
Số căn hộ nhà ở xã hội hoàn thành | apartment | level | social-housing
Diện tích nhà ở bình quân đầu người | m2_per_person | level | housing-area-per-person
Diện tích nhà ở đô thị bình quân đầu người | m2 | level | housing-area-per-person
Diện tích cây xanh, mặt nước | hectare | level | -
Diện tích sàn nhà ở bình quân | m2_per_person | level | housing-area-per-person
Tỷ lệ đường giao thông nông thôn được cứng hóa | percent | level | rural-roads-paved
Tỷ lệ hộ dân được sử dụng điện lưới quốc gia | percent | level | electricity-access
Tỷ lệ hộ sử dụng điện | percent | level | electricity-access
Số nhà tạm, nhà dột nát được xóa | house | level | temporary-houses-removed
Số căn nhà cho hộ nghèo | house | level | temporary-houses-removed
Tỷ lệ thuê bao sử dụng điện thoại thông minh | percent | level | smartphone-users
Tỷ lệ xã có cán bộ tư vấn dinh dưỡng | percent | level | -
Số căn nhà hoàn thành trong đợt cao điểm | house | level | -
Tỷ lệ dân số đô thị sử dụng nước sạch | percent | level | clean-water-urban
"""

ENVIRONMENT = """
Tỷ lệ dân số nông thôn được sử dụng nước hợp vệ sinh | percent | level | rural-hygienic-water
Tỷ lệ hộ nông thôn sử dụng nước sinh hoạt hợp vệ sinh | percent | level | rural-hygienic-water
Tỷ lệ hộ gia đình nông thôn sử dụng nước sạch theo quy chuẩn | percent | level | clean-water-rural
Tỷ lệ dân số thành thị được cung cấp nước sạch | percent | level | clean-water-urban
Tỷ lệ thu gom chất thải rắn sinh hoạt đô thị | percent | level | urban-solid-waste
Tỷ lệ rác thải sinh hoạt nông thôn được thu gom, xử lý | percent | level | rural-solid-waste
Tỷ lệ chất thải y tế được xử lý đạt quy chuẩn | percent | level | medical-waste-treated
Tỷ lệ chất thải nguy hại được thu gom, xử lý | percent | level | hazardous-waste-treated
Tỷ lệ khu công nghiệp đang hoạt động có hệ thống xử lý nước thải tập trung | percent | level | industrial-wastewater
Tỷ lệ nước thải sinh hoạt đô thị được xử lý | percent | level | urban-wastewater
Tỷ lệ cơ sở gây ô nhiễm môi trường nghiêm trọng được xử lý | percent | level | polluters-treated
Diện tích cây xanh đô thị bình quân | m2_per_person | level | urban-green-space
Giảm phát thải khí nhà kính | percent | decrease | greenhouse-gas-cut
Cung cấp nước, hoạt động quản lý và xử lý rác thải, nước thải | percent | increase | -
"""

SOCIETY = """
Tỷ lệ hộ nghèo | percent | level | poverty-rate
Tỷ lệ nghèo đa chiều | percent | level | poverty-rate
Tỷ lệ hộ nghèo theo chuẩn nghèo đa chiều giai đoạn 2021 - 2025 | percent | level | poverty-rate
Mức giảm tỷ lệ hộ nghèo | percentage_point | decrease | poverty-reduction
Tỷ lệ hộ nghèo | percentage_point_per_year | decrease | poverty-reduction
Tỷ lệ hộ cận nghèo | percent | level | near-poverty-rate
Tỷ lệ hộ nghèo dân tộc thiểu số | percentage_point_per_year | decrease | ethnic-poverty-reduction
Tỷ lệ hộ nghèo trong đồng bào dân tộc thiểu số | percent | level | ethnic-poverty-rate
Tỷ lệ hộ nghèo ở các xã đặc biệt khó khăn vùng dân tộc và miền núi | percent | level | poverty-rate
Tỷ lệ hộ nghèo được hỗ trợ vay vốn | percent | level | -
Số huyện thoát nghèo | district | level | districts-out-of-poverty
Số xã thoát khỏi tình trạng đặc biệt khó khăn | commune | level | communes-out-of-poverty
Thu nhập bình quân đầu người | million_vnd_per_person_per_year | level | income-per-capita
Thu nhập bình quân đầu người khu vực nông thôn | million_vnd | level | income-per-capita
Tỷ lệ lao động qua đào tạo | percent | level | trained-workers-rate
Tỷ lệ lao động qua đào tạo có bằng cấp, chứng chỉ | percent | level | certified-workers-rate
Số lao động được giải quyết việc làm | person | level | jobs-created
Số lao động có việc làm tăng thêm | person | increase | jobs-created
Số lao động đi làm việc ở nước ngoài theo hợp đồng | person | level | labour-export
Tỷ lệ thất nghiệp khu vực thành thị | percent | level | unemployment-rate
Tỷ trọng lao động nông nghiệp trong tổng lao động xã hội | percent | level | farm-labour-share
Tỷ lệ dân số tham gia bảo hiểm y tế | percent | level | health-insurance-coverage
Tỷ lệ bao phủ BHYT | percent | level | health-insurance-coverage
Tỷ lệ lực lượng lao động tham gia bảo hiểm xã hội | percent | level | social-insurance-coverage
Tỷ lệ lao động tham gia bảo hiểm xã hội (bắt buộc và tự nguyện) | percent | level | social-insurance-coverage
Tỷ lệ người lao động tham gia bảo hiểm thất nghiệp | percent | level | unemployment-insurance-coverage
Tỷ lệ nông dân tham gia bảo hiểm xã hội tự nguyện | percent | level | voluntary-social-insurance
Tỷ lệ gia đình đạt chuẩn văn hóa | percent | level | cultured-families
Tỷ lệ thôn, bản, tổ dân phố văn hóa | percent | level | cultured-villages
Tỷ lệ người dân luyện tập thể dục, thể thao thường xuyên | percent | level | sports-participation
Chỉ số phát triển con người (HDI) | index | level | hdi
Số vụ tai nạn giao thông | accident | level | traffic-accidents
Số người chết do tai nạn giao thông | person | level | traffic-deaths
Số vụ tai nạn giao thông – số người chết | death | level | traffic-deaths
Số vụ tai nạn giao thông – số người bị thương | person | level | traffic-injuries
Số vụ cháy rừng | accident | level | fires
Số vụ phạm pháp hình sự | accident | level | crimes
Tỷ lệ điều tra, khám phá các loại án | percent | level | crime-solved
Tỷ lệ hoàn thành chỉ tiêu giao quân | percent | level | conscription
Số người chết do Covid-19 | person | level | -
"""

HEALTH = """
Số giường bệnh trên 10.000 dân | bed_per_10000 | level | hospital-beds
Số bác sĩ trên một vạn dân | doctor_per_10000 | level | doctors
Số dược sĩ đại học/vạn dân | pharmacist_per_10000 | level | pharmacists
Tỷ lệ trẻ em dưới 5 tuổi suy dinh dưỡng thể thấp còi | percent | level | stunting-rate
Tỷ lệ suy dinh dưỡng trẻ em dưới 5 tuổi (cân nặng theo tuổi) | percent | level | underweight-rate
Tỷ lệ suy dinh dưỡng gầy còm trẻ em dưới 5 tuổi | percent | level | wasting-rate
Tỷ lệ thừa cân béo phì trẻ em | percent | level | overweight-rate
Tỷ lệ xã đạt tiêu chí quốc gia về y tế | percent | level | health-stations-standard
Tỷ lệ trạm y tế có bác sĩ | percent | level | stations-with-doctors
Tỷ lệ trẻ em dưới 1 tuổi được tiêm chủng đầy đủ | percent | level | vaccination-rate
Tỷ suất tử vong trẻ em dưới 1 tuổi | per_1000 | level | infant-mortality
Tỷ suất tử vong trẻ em dưới 5 tuổi | per_1000_live_births | level | under-five-mortality
Tỷ số tử vong mẹ | per_100000_live_births | level | maternal-mortality
Tuổi thọ trung bình | year | level | life-expectancy
Tổng tỷ suất sinh | child_per_woman | level | fertility-rate
Số con cai sữa/nái/năm | child | level | -
Số con trung bình của một phụ nữ | child | level | fertility-rate-children
Tỷ số giới tính khi sinh | boy_per_100_girls | level | sex-ratio-at-birth
Tỷ lệ tăng dân số tự nhiên | percent | increase | natural-growth-rate
Tỷ lệ sinh con thứ 3 trở lên | percent | level | third-child-rate
Tỷ lệ phụ nữ mang thai được tầm soát, sàng lọc trước sinh | percent | level | prenatal-screening
Tỷ lệ trẻ sơ sinh được sàng lọc sơ sinh | percent | level | newborn-screening
Tỷ lệ cặp nam nữ được khám sức khỏe trước khi kết hôn | percent | level | premarital-checks
Tỷ lệ sử dụng biện pháp tránh thai hiện đại | percent | level | contraceptive-use
Tỷ lệ người dân có hồ sơ sức khỏe điện tử | percent | level | health-records
Chiều cao trung bình của thanh niên 18 tuổi | centimetre | level | height
Tỷ lệ thiếu máu ở phụ nữ có thai | percent | level | -
Tỷ lệ trẻ được bú mẹ sớm sau khi sinh | percent | level | -
"""

EDUCATION = """
Tỷ lệ trường đạt chuẩn quốc gia | percent | level | schools-national-standard
Tỷ lệ trường mầm non, phổ thông công lập đạt chuẩn quốc gia | percent | level | schools-national-standard
Số trường đạt chuẩn quốc gia | school | level | schools-national-standard-number
Tỷ lệ huy động trẻ mẫu giáo đến trường | percent | level | preschool-enrolment
Tỷ lệ trẻ trong độ tuổi nhà trẻ ra lớp | percent | level | preschool-enrolment
Tỷ lệ học sinh đi học đúng độ tuổi cấp tiểu học | percent | level | school-enrolment
Tỷ lệ tốt nghiệp THPT | percent | level | secondary-completion
Tỷ lệ người từ 15 tuổi trở lên biết chữ | percent | level | literacy-rate
Tỷ lệ phòng học kiên cố | percent | level | classrooms-solid
Tỷ lệ xã đạt chuẩn phổ cập giáo dục mầm non cho trẻ 5 tuổi | percent | level | universal-education
Tỷ lệ học sinh bỏ học | percent | level | dropout-rate
Số trường mầm non | school | level | -
Tỷ lệ trẻ em trong độ tuổi trung học cơ sở đến trường | percent | level | -
"""

DIGITAL = """
Tỷ trọng kinh tế số trong GRDP | percent | level | digital-economy-share
Kinh tế số so với GRDP | percent | level | digital-economy-share
Tỷ lệ dịch vụ công trực tuyến toàn trình | percent | level | online-services-full
Tỷ lệ hồ sơ thủ tục hành chính được tiếp nhận trực tuyến | percent | level | online-files
Tỷ lệ hồ sơ giải quyết đúng hạn | percent | level | files-on-time
Tỷ lệ số hóa hồ sơ, kết quả giải quyết thủ tục hành chính | percent | level | legal-digital-share
Tỷ lệ văn bản trao đổi giữa các cơ quan được ký số | percent | level | e-documents
Mức độ hài lòng của người dân, doanh nghiệp | percent | level | citizen-satisfaction
Tỷ lệ hộ gia đình có đường Internet cáp quang băng rộng | percent | level | internet-households
Tỷ lệ dân số trưởng thành có điện thoại thông minh | percent | level | smartphone-users
Tỷ lệ phủ sóng 5G | percent | level | coverage-5g
Tỷ lệ dân số trưởng thành có tài khoản thanh toán điện tử | percent | level | e-payment-share
Tỷ lệ thanh toán không dùng tiền mặt | percent | level | e-payment-share
Tỷ lệ dân số trưởng thành có tài khoản định danh điện tử | percent | level | digital-id
Tỷ lệ dân số trưởng thành có chữ ký số | percent | level | digital-signatures
Tỷ lệ doanh nghiệp nhỏ và vừa sử dụng nền tảng số | percent | level | smes-digital
Tỷ trọng thương mại điện tử trong tổng mức bán lẻ | percent | level | e-commerce-share
Chỉ số năng lực cạnh tranh cấp tỉnh (PCI) | point | level | pci-score
Chỉ số PCI | rank | level | pci-rank
Chỉ số cải cách hành chính (PAR INDEX) | point | level | par-index-score
Chỉ số cải cách hành chính (PAR INDEX) | rank | level | par-index-rank
Chỉ số hiệu quả quản trị và hành chính công (PAPI) | rank | level | papi-rank
Chỉ số chuyển đổi số (DTI) | rank | level | dti-rank
Tỷ lệ bộ, ngành, địa phương ban hành kế hoạch phát triển kinh tế số và xã hội số | percent | level | -
Tỷ lệ cán bộ, công chức được tập huấn về chuyển đổi số | percent | level | -
Tỷ lệ cơ sở giáo dục triển khai thanh toán học phí không dùng tiền mặt | percent | level | e-payment-share
"""

PARTY = """
Số đảng viên mới kết nạp | party_member | level | party-members-admitted
Tỷ lệ tổ chức cơ sở đảng hoàn thành tốt nhiệm vụ trở lên | percent | level | party-cells-strong
Tỷ lệ giải quyết khiếu nại, tố cáo thuộc thẩm quyền | percent | level | complaints-resolved
Tinh giản biên chế | percent | decrease | staff-reduction
Tăng trưởng giá trị kim ngạch xuất khẩu hàng hóa – nhóm công nghiệp chế biến, chế tạo | percent | increase | -
Bố trí tổng chi ngân sách hằng năm cho phát triển khoa học, công nghệ | percent | level | -
"""

WORDINGS = [
    tuple(part.strip() for part in line.split("|"))
    for theme in (ECONOMY, BUDGET, TOURISM, FARMING, RURAL, ENVIRONMENT, SOCIETY, HEALTH, EDUCATION, DIGITAL, PARTY)
    for line in theme.strip().splitlines()
]  # fmt: skip


def _unit(unit_id: str) -> Unit:
    if unit_id in units():
        return units()[unit_id]
    if unit_id.startswith("per_"):
        return Unit(unit_id, unit_id, unit_id, "rate", "plain")
    counted, _, divisor = unit_id.partition("_per_")
    return unit_per(units()[counted], divisor)


@pytest.mark.parametrize(("name", "unit", "change", "wanted"), WORDINGS)
def test_wordings(name: str, unit: str, change: str, wanted: str) -> None:
    assert (find_measure(name, _unit(unit), change) or "-") == wanted


def test_a_measure_finds_itself_by_its_own_name() -> None:
    lost = {
        key: found
        for key, measure in measures().items()
        if measure.aspect == "level"
        and measure.unit in units()
        and (found := find_measure(measure.name, units()[measure.unit], "level")) != key
        and (found is None or measures()[found].name != measure.name)
    }
    assert lost == {}


def test_ids_that_were_published_stay() -> None:
    published = {"grdp-growth", "state-budget-revenue", "poverty-rate", "forest-cover", "stunting-rate"}  # fmt: skip
    assert published <= set(measures())
