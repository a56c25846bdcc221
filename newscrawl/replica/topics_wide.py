"""Topics beyond the commune (sport, the world, opinion, notices) and sentences that fit any."""

from typing import Final

from newscrawl.replica.topics import Topic

SPORT: Final = Topic(
    headlines=(
        "Giải {mon} {xa0} tìm ra nhà vô địch",
        "Sôi nổi hội thi {mon} ở {diadanh}",
        "Vận động viên {hoten} và giấc mơ {mon}",
        "{xa0} có thêm sân chơi {mon}",
        "Trẻ em {thon} mê {mon}",
    ),
    leads=(
        "{buoi} {ngay}, giải {mon} {xa0} khép lại sau {2..6} ngày tranh tài của {8..24} đội.",
        "Không nhà thi đấu, không huấn luyện viên, đội {mon} của {thon} vẫn giành giải nhất.",
    ),
    sentences=(
        "Trận chung kết {mon} kết thúc với tỷ số {1..4}-{0..3} nghiêng về đội {thon}.",
        "Ban tổ chức trao {3..12} giải tập thể và {5..24} giải cá nhân.",
        "Vận động viên {hoten}, {17..42} tuổi, tập {mon} sau mỗi buổi làm đồng.",
        "Khán giả đứng kín bờ ruộng, tiếng reo hò vang cả một góc núi.",
        "Sân bóng được dân góp {tien} san nền, căng lưới.",
        "Đội nữ của {thon} lần đầu vào tới bán kết.",
        "Phong trào {mon} kéo theo {120..640} người tập luyện thường xuyên.",
        "Nhiều em nhỏ được chọn vào lớp năng khiếu {mon} của tỉnh.",
    ),
    captions=(
        "Pha tranh chấp trong trận chung kết {mon}.",
        "Trao giải cho đội {thon}.",
        "Vận động viên {hoten} thi đấu {mon}.",
        "Đông đảo khán giả {xa0} đến cổ vũ.",
    ),
    tags=("{mon}", "{xa0}", "thể thao quần chúng", "giải vô địch", "hội thi"),
)

WORLD: Final = Topic(
    headlines=(
        "{nuoc} thử nghiệm tàu chạy bằng hydro",
        "Mưa lớn gây ngập ở nhiều vùng của {nuoc}",
        "{nuoc} và {nuoc_ban} ký thỏa thuận thương mại mới",
        "Giá lương thực tại {nuoc} hạ nhiệt",
        "Người dân {nuoc} đi bỏ phiếu",
    ),
    leads=(
        "Ngày {ngay}, chính quyền {nuoc} thông báo gói hỗ trợ mới dành cho các vùng bị ngập lụt.",
        "{nuoc} vừa đưa vào vận hành tuyến tàu không phát thải dài {120..640} km.",
        "Các nhà khoa học {nuoc} tìm thấy {2..9} loài lan chưa từng được mô tả.",
    ),
    sentences=(
        "Gói hỗ trợ trị giá khoảng {2..90} triệu USD, giải ngân trong {3..18} tháng.",
        "Giới quan sát nhận định bước đi này giúp {nuoc} bớt phụ thuộc vào nhiên liệu nhập khẩu.",
        "Cơ quan khí tượng {nuoc} dự báo mưa còn kéo dài {2..6} ngày.",
        "Hai bên nhất trí cắt giảm thuế với {12..90} nhóm hàng nông sản.",
        "Chỉ số giá tiêu dùng của {nuoc} tăng {0..4},{1..9}% so với tháng trước.",
        "Tỷ lệ cử tri đi bỏ phiếu đạt {phan_tram}, cao nhất trong {2..5} kỳ bầu cử.",
        "Nhóm nghiên cứu dùng ảnh vệ tinh chụp suốt {3..9} năm để so sánh.",
        "Khoảng {2..48} nghìn người được đưa tới nơi an toàn.",
        "{nuoc} sẽ chủ trì vòng đàm phán kế tiếp vào tháng {1..12}.",
    ),
    captions=(
        "Một góc phố ở {nuoc}.",
        "Tàu chạy thử trên tuyến mới của {nuoc}.",
        "Người dân {nuoc} trong mùa mưa.",
        "Cảng hàng hóa của {nuoc}.",
    ),
    tags=("{nuoc}", "thế giới", "thương mại", "khí hậu", "bầu cử"),
)

OPINION: Final = Topic(
    headlines=(
        "Nói đi đôi với làm",
        "Đừng để {tu_loai} nằm trên giấy",
        "Từ một chuyện nhỏ ở {thon}",
        "Niềm tin bắt đầu từ việc gần dân",
        "Mùa {cay} và bài toán đầu ra",
        "Học Bác từ những việc thường ngày",
    ),
    leads=(
        "Người dân không cần lời hứa hay, người dân cần việc được làm tới nơi tới chốn.",
        "Có một {tu_loai} được phát động rầm rộ, rồi lặng lẽ trôi qua; vì sao vậy?",
        "Chuyện ở {xa0} cho thấy khi cán bộ lắng nghe, việc khó mấy cũng có lối ra.",
    ),
    sentences=(
        "Một {tu_loai} tốt phải bắt đầu từ điều người dân đang cần.",
        "Cán bộ ngồi bàn giấy lâu ngày sẽ quên mất con đường vào {thon} lầy lội ra sao.",
        "Muốn {muc_tieu}, trước hết phải nhìn thẳng vào chỗ còn yếu.",
        "Báo cáo thì đẹp, nhưng ruộng {cay} mới là nơi trả lời.",
        "Làm theo gương Bác không ở đâu xa: đúng giờ, đúng việc, nói thật.",
        "Không ít nơi vẫn chạy theo số lượng, xem nhẹ cách làm {tinh_tu}.",
        "Dân tin thì việc gì cũng xong, từ {viec} tới chuyện lớn hơn.",
        "Sự nêu gương của người đứng đầu có sức thuyết phục hơn mọi khẩu hiệu.",
        "Đã đến lúc lấy sự hài lòng của dân làm thước đo.",
    ),
    captions=(
        "Minh họa cho bài viết.",
        "Một buổi họp dân ở {thon}.",
        "Cán bộ {xa0} xuống cơ sở.",
        "Đường vào {thon} hôm nay.",
    ),
    tags=("nêu gương", "gần dân", "{muc_tieu}", "học tập theo Bác", "phản biện"),
)

NOTICE: Final = Topic(
    headlines=(
        "{co_quan} thông báo lịch cắt điện",
        "{co_quan} tuyển dụng lao động",
        "Thông báo lịch trực tiếp dân của {xa0}",
        "Mời chào giá cung cấp {cong_nghe}",
    ),
    leads=(
        "{co_quan} thông báo tới nhân dân {xa0} một số nội dung sau.",
        "Để phục vụ tốt hơn, {co_quan} thông báo thay đổi thời gian làm việc.",
    ),
    sentences=(
        "Thời gian thực hiện từ ngày {1..28}-{1..12}, trong giờ hành chính.",
        "Hồ sơ gồm đơn đăng ký và bản sao căn cước, nộp tại trụ sở {co_quan}.",
        "Số lượng cần tuyển: {2..40} người, ưu tiên người ở {xa0}.",
        "Mọi thắc mắc xin liên hệ bộ phận một cửa để được giải đáp.",
        "Thông báo này được niêm yết tại nhà văn hóa {thon}.",
        "Quá thời hạn nêu trên, các hồ sơ nộp sau sẽ không được xem xét.",
    ),
    captions=(
        "Trụ sở {co_quan}.",
        "Bảng thông báo ở {thon}.",
    ),
    tags=("thông báo", "{xa0}", "tuyển dụng"),
)

GENERAL: Final[tuple[str, ...]] = (
    "“Ngày trước đi lại vất vả lắm, giờ xe vào tận ngõ”, {dan} {noi_rang}.",
    "{can_bo} {noi_rang}: “Chúng tôi làm từng việc một, xong việc này mới sang việc khác”.",
    "“Được hướng dẫn tận nơi, gia đình tôi mới dám vay vốn”, {dan} {noi_rang}.",
    "Thời gian tới, {xa0} tiếp tục triển khai {tinh_tu} các giải pháp nhằm {muc_tieu}.",
    "Bên cạnh đó, {co_quan} phối hợp tổ chức {2..9} buổi {viec}.",
    "Kết quả ấy có sự góp sức của {120..980} hộ dân ở {3..19} thôn.",
    "Tuy vậy, địa hình chia cắt, kinh phí hạn hẹp vẫn là trở ngại với {thon}…",
    "Đến nay, {phan_tram} hộ dân của {thon} đã tham gia {tu_loai} này.",
    "Nhiều người gọi đó là “cú hích” để {muc_tieu}.",
    "Cách làm này đang được {co_quan} học hỏi, nhân rộng.",
    "Chiều về trên {thon}, khói bếp quyện vào sương núi.",
    "Việc gì có lợi cho dân thì bàn với dân, đó là kinh nghiệm được rút ra.",
    "Trong {ky}, {co_quan} đã hỗ trợ {tien} cho {3..48} hộ.",
    "Gặp chúng tôi bên bờ suối, {dan} kể lại những ngày đầu gian khó.",
)

SUBHEADS: Final[tuple[str, ...]] = (
    "Gần dân để hiểu dân", "Khởi đầu từ {thon}", "Quả ngọt sau nhiều năm", "Còn đó những trăn trở",
    "Thay đổi nếp nghĩ", "Chung sức, đồng lòng", "Hướng đi bền vững", "Nhìn từ {diadanh}",
    "Chuyện của người trong cuộc", "Để việc tốt lan xa!", "Khó đến đâu, gỡ đến đó",
)  # fmt: skip

THEO: Final[tuple[str, ...]] = (
    "Theo đó, mỗi thôn được hỗ trợ {tien} để {viec}.",
    "Theo đó, {phan_tram} số hộ đã đăng ký tham gia.",
    "Theo ông {hoten}, vụ này {cay} được giá.",
    "Theo ông {hoten}, Trưởng {thon}, bà con ai cũng đồng tình.",
    "Theo bà {hoten}, cái khó nhất là nước tưới cho {cay}.",
    "Theo kế hoạch, việc {viec} sẽ xong trước mùa mưa.",
)

QUOTES: Final[tuple[str, ...]] = (
    "“Dân bàn, dân làm, dân hưởng, vì vậy không ai đứng ngoài cuộc” - {can_bo} nói.",
    "Toàn xã hiện có {12..46} thôn, {2..9} nghìn hộ, trong đó người {dan_toc} chiếm {phan_tram}.",
    "Chỉ tiêu của {tu_loai}: {phan_tram} thôn có nhà văn hóa, {phan_tram} đường trục được bê tông.",
)

BULLETS: Final[tuple[str, ...]] = (
    "Giải nhất: đội {thon}", "Giải nhì: đội {thon}", "Tuyến đường dài {1..9},{1..9} km",
    "Kinh phí thực hiện {tien}", "Hồ sơ nộp tại {co_quan}", "{12..90} {don_vi} {cay} trồng mới",
    "Hỗ trợ {3..40} hộ làm nhà", "Đúng hẹn {phan_tram} hồ sơ",
)  # fmt: skip

LINES: Final[tuple[str, ...]] = (
    "Sáng thứ {2..7}: {co_quan}", "Chiều thứ {2..7}: {thon}",
    "Điện thoại: 02073.{100..999}.{100..999}",
    "Địa điểm: nhà văn hóa {thon}",
)  # fmt: skip
