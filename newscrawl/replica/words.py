"""The vocabulary: people, places, bodies and things that exist nowhere but in the replica.

Rules of the grammar in `prose`: `{name}` stands for one line of that rule, `{3..40}` for a number.
"""

from typing import Final

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "ho": (
        "Hoàng", "Nông", "Ma", "Hà", "Bàn", "Chẩu", "Quan", "Triệu", "Đặng", "Vàng", "Giàng",
        "Sùng", "Lý", "Phàn", "Hứa", "Lò", "Lưu", "Nguyễn", "Trần", "Phạm", "Vũ", "Đỗ", "Tẩn",
    ),
    "dem": ("Văn", "Thị", "Đức", "Minh", "Thu", "Ngọc", "Thanh", "Hải", "Quốc", "Kim", "Xuân"),
    "ten": (
        "Mai", "Lèng", "Thạch", "Hương", "Páo", "Dín", "Thụ", "Nhình", "Kiên", "Vượng", "Chúng",
        "Diệp", "Sính", "Tuyển", "Khoa", "Lanh", "Quyên", "Bảo", "Tài", "Nga", "Thơm", "Phúc",
        "Hòa", "Thủy", "Oanh", "Cường", "Dũng", "Ươm", "Ỷ", "Yến",
    ),
    "hoten": ("{ho} {dem} {ten}",),
    "dan": ("ông {hoten}", "bà {hoten}", "anh {hoten}", "chị {hoten}", "gia đình ông {hoten}"),
    "dau": ("Nà", "Khuổi", "Pác", "Lũng", "Thôm", "Phiêng", "Đồng", "Cốc", "Bản", "Tát", "Kéo"),
    "cuoi": (
        "Tông", "Lịa", "Vàn", "Ráng", "Thẳm", "Chì", "Mỏ", "Hương", "Lằng", "Phai", "Nghiềm",
        "Sưởng", "Dạ", "Tấu", "Quăn", "Hốc", "Trang", "Loỏng", "Chang",
    ),
    "diadanh": ("{dau} {cuoi}",),
    "xa": ("xã {diadanh}", "phường {diadanh}", "xã {diadanh}"),
    "thon": ("thôn {diadanh}", "thôn {diadanh}", "tổ dân phố {2..19}"),
    "buoi": ("sáng", "chiều", "tối"),
    "co_quan": (
        "UBND {xa}", "Đảng ủy {xa}", "Hội Nông dân {xa}", "Hội Liên hiệp Phụ nữ {xa}",
        "Đoàn thanh niên {xa}", "Ủy ban MTTQ {xa}", "Trung tâm Dịch vụ tổng hợp {xa}",
        "Hợp tác xã {diadanh}", "Trạm Y tế {xa}", "Trường THCS {diadanh}",
    ),
    "chuc": (
        "Bí thư Đảng ủy", "Chủ tịch UBND", "Phó Chủ tịch UBND", "Chủ tịch Hội Nông dân",
        "Chủ tịch Hội Cựu chiến binh", "Bí thư Đoàn", "Trưởng ban Công tác Mặt trận",
    ),
    "can_bo": ("đồng chí {hoten}, {chuc} {xa}", "đồng chí {hoten}, {chuc} {xa}"),
    "noi_rang": ("cho biết", "chia sẻ", "khẳng định", "phấn khởi nói", "cho hay", "bộc bạch"),
    "cay": (
        "chè Shan tuyết", "cam sành", "bưởi", "quế", "ngô lai", "lạc đỏ", "mía", "hồng không hạt",
        "lê vàng", "thảo quả", "sa nhân tím", "dưa chuột bao tử", "lúa nếp nương", "na dai",
    ),
    "con": ("trâu", "bò vàng", "lợn đen", "dê núi", "gà xương đen", "vịt bầu", "ong mật"),
    "cay_con": ("{cay}", "{con}", "{cay}"),
    "don_vi": ("ha", "ha", "sào", "mẫu"),
    "tien": ("{12..95} triệu đồng", "{1..9},{1..9} tỷ đồng", "{120..980} triệu đồng"),
    "phan_tram": ("{2..98}%", "trên {2..95}%", "gần {12..98}%", "{61..99},{1..9}%"),
    "ky": (
        "6 tháng đầu năm", "quý vừa qua", "3 năm trở lại đây", "nhiệm kỳ này", "vụ xuân này",
        "năm nay", "giai đoạn vừa qua", "2 tháng gần đây",
    ),
    "muc_tieu": (
        "nâng cao thu nhập cho người dân", "giảm nghèo bền vững", "giữ vững trật tự thôn xóm",
        "gìn giữ bản sắc của đồng bào", "rút ngắn thời gian giải quyết hồ sơ",
        "mở rộng vùng sản xuất tập trung", "đưa dịch vụ công tới tận thôn bản",
    ),
    "viec": (
        "làm đường bê tông", "dọn vệ sinh khu dân cư", "trồng hoa ven đường", "sửa nhà văn hóa",
        "nạo vét kênh mương", "kéo đường điện thắp sáng", "trồng cây phân tán", "xóa nhà tạm",
    ),
    "dan_toc": ("Tày", "Dao", "Mông", "Cao Lan", "Nùng", "Pà Thẻn", "La Chí", "Giáy"),
    "mon": ("bóng chuyền", "kéo co", "đẩy gậy", "bóng đá 7 người", "điền kinh", "bắn nỏ", "cờ vua"),
    "nuoc": ("Na Uy", "Bra-xin", "Hàn Quốc", "Ấn Độ", "Ca-na-đa", "Kê-ni-a", "Hà Lan", "Chi-lê"),
    "nuoc_ban": ("Ma-rốc", "Bồ Đào Nha", "U-ru-goay", "Gha-na", "Ai-len", "Nê-pan"),
    "tu_loai": ("kế hoạch", "chương trình", "đề án", "mô hình", "phong trào", "cuộc vận động"),
    "tinh_tu": ("thiết thực", "đồng bộ", "quyết liệt", "bài bản", "sáng tạo", "linh hoạt"),
    "le_hoi": (
        "hội Lồng tông", "lễ Cấp sắc", "hội Gầu tào", "lễ mừng cơm mới", "phiên chợ tình",
        "ngày hội Đại đoàn kết", "hội xuân {diadanh}",
    ),
    "cong_nghe": (
        "chữ ký số", "nền tảng họp trực tuyến", "cảm biến độ ẩm", "máy bay phun thuốc",
        "sổ tay điện tử", "mã QR truy xuất nguồn gốc", "kho dữ liệu dùng chung",
    ),
    "toi": (
        "trộm cắp tài sản", "đánh bạc", "tàng trữ pháo nổ", "lừa đảo qua mạng",
        "vận chuyển gỗ trái phép", "cho vay lãi nặng",
    ),
}  # fmt: skip
