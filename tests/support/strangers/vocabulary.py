"""Each stranger's own words."""

from typing import Final

from tests.support.strangers.stories import Words

BAI_NGANG: Final[Words] = {
    "place": ("Bãi Ngang", "Cửa Lạch", "Xóm Lưới", "Gò Dương", "Cồn Sẻ", "Bến Cá"),
    "person": ("ông Phan Văn Chài", "bà Hồ Thị Nhạn", "anh Võ Duy Khơi", "chị Trần Thị Sóng"),
    "crop": ("rong câu", "hàu sữa", "dưa lưới", "cá bớp", "muối tinh", "tôm thẻ"),
    "event": ("lễ cầu ngư", "phiên chợ hải sản", "hội đua thuyền thúng"),
    "coop": ("tổ ngư dân Bến Cá", "hợp tác xã Lưới Xanh"),
    "office": ("Chi cục Thủy sản", "phòng Kinh tế huyện"),
    "author": ("Hồ Nhạn", "Phan Duy Chài", "Lệ Sa", "Trần Viết Khơi"),
}
DEO_SAU: Final[Words] = {
    "place": ("Đèo Sấu", "Bản Phường", "Nậm Tía", "Khe Vầu", "Pù Lau", "Tà Cóm"),
    "person": ("già Lò Văn Páo", "bà Vi Thị Xuyến", "anh Sầm Bá Thức", "cô giáo Hà Thị Lim"),
    "crop": ("măng lay", "mận hậu", "lúa nương", "sắn dây", "gừng trâu", "chanh leo"),
    "event": ("hội ném còn", "tết cơm mới", "ngày hội bánh chưng đen"),
    "coop": ("hợp tác xã Nậm Tía", "tổ thổ cẩm Bản Phường"),
    "office": ("Hạt Kiểm lâm", "Trung tâm Khuyến nông"),
    "author": ("Lò Xuyến", "Vi Bá Thức", "Hà Lim", "Sầm Thị Hạ"),
}
CU_LAO: Final[Words] = {
    "place": ("Cù Lao Giêng", "Rạch Tràm", "Cái Nứa", "Vàm Xáng", "Xẻo Lá", "Kinh Cùng"),
    "person": ("ông Út Nhàn", "bà Lê Thị Sáu", "anh Huỳnh Tấn Vàm", "chị Ngô Thị Bông"),
    "crop": ("xoài ba màu", "sen lấy gương", "lúa mùa nổi", "cá linh", "mía đường", "nhãn xuồng"),
    "event": ("hội đua bò", "lễ cúng đình", "chợ nổi ngày rằm"),
    "coop": ("hợp tác xã Vàm Xáng", "tổ hợp tác Rạch Tràm"),
    "office": ("Trạm Bảo vệ thực vật", "Hội Nông dân huyện"),
    "author": ("Lê Sáu Nhàn", "Tấn Vàm", "Ngô Bông", "Huỳnh Mai Lá"),
}
HO_NUI: Final[Words] = {
    "place": ("Hồ Núi", "Đá Chồng", "Suối Lở", "Buôn Kép", "Dốc Mật", "Plei Lan"),
    "person": ("ông Y Thanh", "bà H'Nga", "anh Đoàn Văn Dốc", "chị Mai Thị Ngàn"),
    "crop": ("cà phê vối", "hồ tiêu", "bơ sáp", "sầu riêng", "mắc ca", "dâu tằm"),
    "event": ("hội cồng chiêng", "lễ mừng lúa", "ngày hội cà phê"),
    "coop": ("hợp tác xã Đá Chồng", "nông hội Dốc Mật"),
    "office": ("Viện Nông lâm", "Sở Nông nghiệp"),
    "author": ("Đoàn Dốc", "Mai Ngàn", "Y Thanh Lâm", "Trịnh Kép"),
}
