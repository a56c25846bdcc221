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
RUONG_BAC: Final[Words] = {
    "place": ("Ruộng Bậc", "Thôn Sảng", "Lũng Cải", "Mường Vi", "Séo Tả", "Ngài Thầu"),
    "person": ("ông Giàng Seo Vư", "bà Thào Thị Máy", "anh Lý A Sình", "chị Vàng Thị Chở"),
    "crop": ("lúa nếp", "tam giác mạch", "chè cổ thụ", "ngô tẻ", "lê vàng", "thảo quả"),
    "event": ("hội gầu tào", "phiên chợ tình", "lễ xuống đồng"),
    "coop": ("hợp tác xã Lũng Cải", "tổ dệt lanh Thôn Sảng"),
    "office": ("phòng Dân tộc", "Ban quản lý rừng"),
    "author": ("Thào Máy", "Lý Sình", "Vàng Chở", "Giàng Vư Khánh"),
}
LANG_CHE: Final[Words] = {
    "place": ("Làng Chè", "Gò Sim", "Đồi Cọ", "Suối Giàng", "Bến Đục", "Cây Thị"),
    "person": ("ông Trịnh Bá Lộc", "bà Nguyễn Thị Chắt", "anh Kiều Mạnh", "chị Phùng Thị Thoa"),
    "crop": ("chè xanh", "bưởi đường", "gà đồi", "hồng giòn", "lá cọ", "mật ong"),
    "event": ("hội hái chè", "lễ rước nước", "giải bóng chuyền thôn"),
    "coop": ("hợp tác xã Gò Sim", "hội làm vườn Đồi Cọ"),
    "office": ("Phòng Văn hóa", "Trạm Thú y"),
    "author": ("Trịnh Lộc", "Kiều Thoa", "Phùng Chắt", "Bá Mạnh Sim"),
}
SONG_VAN: Final[Words] = {
    "place": ("Sông Vân", "Cầu Mống", "Chợ Vùng", "Đò Lèn", "Phố Gạch", "Cống Trắng"),
    "person": ("ông Đỗ Hữu Vân", "bà Bùi Thị Lèn", "anh Trần Cống", "chị Lưu Thị Gạch"),
    "crop": ("cói nguyên liệu", "ngao trắng", "khoai tây", "lúa tám", "hoa đào", "rau vụ đông"),
    "event": ("hội chùa Vân", "chợ hoa", "lễ đua thuyền"),
    "coop": ("hợp tác xã Chợ Vùng", "tổ nuôi ngao Cống Trắng"),
    "office": ("Chi cục Thủy lợi", "Sở Công Thương"),
    "author": ("Đỗ Vân", "Bùi Lèn", "Lưu Hồng Gạch", "Trần Cống Trắng"),
}
TRUNG_SON: Final[Words] = {
    "place": ("Trung Sơn", "Hang Chú", "Nà Ớt", "Phiêng Ban", "Mường Cơi", "Bó Sinh"),
    "person": ("ông Quàng Văn Tỏa", "bà Cầm Thị Ún", "anh Tòng Văn Hặc", "chị Lường Thị Pánh"),
    "crop": ("nhãn chín muộn", "xoài tròn", "cà phê chè", "mắc khén", "dâu tây", "cá tầm"),
    "event": ("hội hoa ban", "lễ xên bản", "ngày hội xoài"),
    "coop": ("hợp tác xã Nà Ớt", "tổ nuôi cá tầm Hang Chú"),
    "office": ("Sở Khoa học", "Trung tâm Xúc tiến"),
    "author": ("Quàng Tỏa", "Cầm Ún", "Tòng Hặc", "Lường Minh Pánh"),
}
CUA_RACH: Final[Words] = {
    "place": ("Cửa Rạch", "Vàm Kinh", "Đất Mũi Nhỏ", "Xóm Chài", "Bãi Bùn", "Lung Tràm"),
    "person": ("ông Tư Rạch", "bà Đặng Thị Bùn", "anh Quách Kinh", "chị Thạch Thị Mây"),
    "crop": ("tôm rừng", "cua gạch", "ba khía", "cá kèo", "muối ba", "dừa sáp"),
    "event": ("lễ nghinh ông", "hội thi gác kèo ong", "chợ phiên cuối nước"),
    "coop": ("hợp tác xã Vàm Kinh", "tổ đánh bắt Xóm Chài"),
    "office": ("Chi cục Kiểm ngư", "Ban quản lý rừng phòng hộ"),
    "author": ("Quách Kinh Rạch", "Thạch Mây", "Đặng Bùn", "Tư Lung Tràm"),
}
SONG_NGAM: Final[Words] = {
    "place": ("Sông Ngầm", "Hang Tối", "Khe Lạnh", "Bãi Đá", "Cầu Đen", "Đồi Thông"),
    "person": ("ông Lục Văn Ngầm", "bà Tô Thị Lạnh", "anh Đinh Khe", "chị Hoàng Thị Thông"),
    "crop": ("nấm hương", "hạt dẻ", "na bở", "thạch đen", "hồi khô", "quýt vàng"),
    "event": ("hội lồng tồng", "lễ hội na", "phiên chợ vùng biên"),
    "coop": ("hợp tác xã Khe Lạnh", "tổ hợp tác Bãi Đá"),
    "office": ("Sở Du lịch", "Trung tâm Giống"),
    "author": ("Lục Ngầm", "Tô Lạnh", "Đinh Khe Sâu", "Hoàng Thông"),
}
