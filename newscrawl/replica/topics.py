"""What the replica writes about: a topic is its headlines, leads, sentences, captions and tags."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Topic:
    """Lines of the grammar in `prose`, every one a whole headline, sentence or caption."""

    headlines: tuple[str, ...]
    leads: tuple[str, ...]
    sentences: tuple[str, ...]
    captions: tuple[str, ...]
    tags: tuple[str, ...]


FARMING: Final = Topic(
    headlines=(
        "{xa0} mở rộng vùng trồng {cay}",
        "Người dân {thon} đổi đời nhờ {cay_con}",
        "Vốn vay giúp hội viên {xa0} nuôi {con}",
        "Khi {cay} bén đất {diadanh}",
        "{xa0}: Thu trên {tien} từ {cay_con}",
        "Làm giàu từ {con} ở {thon}",
        "Liên kết tiêu thụ {cay} nơi vùng cao",
    ),
    leads=(
        "{buoi} {ngay}, {xa0} tổng kết mô hình {cay_con} với đại diện {12..80} hộ dân.",
        "Từ vài gốc trồng thử, {cay} nay đã phủ kín sườn đồi, cho bà con {xa0} việc làm.",
        "Không trông chờ hỗ trợ, nhiều hộ ở {xa0} tự góp vốn làm {cay_con} theo hướng hàng hóa.",
    ),
    sentences=(
        "{ky}, toàn xã trồng mới {12..240} {don_vi} {cay}, đạt {phan_tram} kế hoạch.",
        "Mỗi {don_vi} {cay} cho thu chừng {tien}, cao hơn hẳn trồng ngô trước kia.",
        "{dan} ở {thon} gây dựng đàn {con} {12..180} con từ khoản vay {tien}.",
        "Hợp tác xã {diadanh} đứng ra thu mua toàn bộ {cay} với giá ổn định cho {12..95} hộ.",
        "Đất dốc, nước thiếu, bà con dẫn nước từ khe {diadanh} về tưới cho {cay}.",
        "Trước mỗi vụ, cán bộ khuyến nông xuống tận {thon} cầm tay chỉ việc.",
        "Sản phẩm {cay} của xã đã có tem, có hộp, được bày bán ở {3..14} cửa hàng trong tỉnh.",
        "Nhiều thửa ruộng kém hiệu quả được chuyển sang trồng {cay} xen đỗ tương.",
        "Nhờ tiêm phòng đủ mũi, đàn {con} của xã không phát sinh dịch bệnh trong {ky}.",
        "Tỷ lệ hộ nghèo của {xa0} vì thế giảm còn {phan_tram}.",
        "Vụ này {cay} được mùa, thương lái vào tận vườn đặt cọc từ sớm.",
    ),
    captions=(
        "Người dân {thon} chăm sóc {cay}.",
        "Đàn {con} của {dan}.",
        "Cán bộ {xa0} kiểm tra vườn {cay}.",
        "Thu hoạch {cay} ở {thon}.",
    ),
    tags=("{xa0}", "{cay}", "{con}", "giảm nghèo", "hợp tác xã", "khuyến nông", "OCOP"),
)

POLITICS: Final = Topic(
    headlines=(
        "{xa0} đối thoại với người dân {thon}",
        "Đảng bộ {xa0} sơ kết {tu_loai} công tác {ky}",
        "Tiếp xúc cử tri {xa0}",
        "Nâng chất lượng sinh hoạt chi bộ {thon}",
        "{co_quan} triển khai nhiệm vụ trọng tâm",
        "Chi bộ {thon} kết nạp đảng viên mới",
        "Gỡ vướng cho chính quyền cấp xã ở {diadanh}",
    ),
    leads=(
        "{buoi} {ngay}, {co_quan} tổ chức hội nghị sơ kết {tu_loai} của {3..14} chi bộ.",
        "{buoi} {ngay}, tổ đại biểu HĐND tỉnh tiếp xúc cử tri {xa0} trước kỳ họp thường lệ.",
        "Với phương châm rõ người, rõ việc, Đảng bộ {xa0} đã hoàn thành {12..19} chỉ tiêu đề ra.",
    ),
    sentences=(
        "Hội nghị đánh giá cao cách làm {tinh_tu} của các chi bộ trong {ky}.",
        "{can_bo} đề nghị các chi bộ bám sát cơ sở, lắng nghe ý kiến của dân.",
        "Các đại biểu đã nêu {3..24} ý kiến về đường giao thông, nước sạch và đất ở.",
        "{ky}, Đảng bộ kết nạp {3..48} đảng viên, phần lớn là người trẻ ở thôn.",
        "Bộ phận một cửa của {xa0} giải quyết {120..980} hồ sơ, đúng hẹn {phan_tram}.",
        "Các ý kiến được ghi nhận, phân loại và giao {co_quan} trả lời trước ngày {1..28}-{1..12}.",
        "Mỗi đảng viên nhận giúp {1..4} hộ khó khăn, lấy kết quả ấy để xếp loại cuối năm.",
        "Nghị quyết đặt ra {5..16} nhóm giải pháp, trong đó ưu tiên {muc_tieu}.",
        "Kết luận hội nghị, {can_bo} nhấn mạnh yêu cầu {tinh_tu}, tránh hình thức.",
        "Phần thảo luận sôi nổi kéo dài hơn dự kiến gần {1..3} giờ.",
        "Sau sáp nhập, {xa0} có {12..46} thôn, dân cư ở rải rác trên địa bàn rộng.",
    ),
    captions=(
        "Các đại biểu dự hội nghị.",
        "Đồng chí {hoten} phát biểu tại hội nghị.",
        "Cử tri {xa0} nêu ý kiến.",
        "Quang cảnh buổi làm việc tại {co_quan}.",
    ),
    tags=("{xa0}", "hội nghị", "cử tri", "Đảng bộ", "chi bộ", "cải cách hành chính"),
)

SOCIETY: Final = Topic(
    headlines=(
        "Mái ấm mới ở {thon}",
        "Lớp học xóa mù chữ bên bếp lửa {diadanh}",
        "{co_quan} trao quà cho hộ nghèo",
        "Bác sĩ về với {xa0}",
        "Con đường hiến đất ở {thon}",
        "{xa0} xóa xong nhà tạm trước hẹn",
        "Bữa cơm bán trú của học trò {diadanh}",
    ),
    leads=(
        "{buoi} {ngay}, {co_quan} bàn giao nhà cho {3..24} hộ có hoàn cảnh khó khăn.",
        "Đường còn xa, lớp còn đơn sơ nhưng {12..95} học trò ở {xa0} vẫn đều đặn tới trường.",
        "Cả thôn góp công, góp của, ngôi nhà của {dan} hoàn thành sau {2..6} tuần.",
    ),
    sentences=(
        "{ky}, {xa0} vận động được {tien} để {viec}.",
        "{dan} hiến {120..980} m2 đất vườn để thôn {viec}.",
        "Trạm Y tế khám, phát thuốc miễn phí cho {120..640} lượt người cao tuổi.",
        "Đoàn viên thanh niên chia ca, người vác cát, người trộn vữa, làm từ mờ sáng.",
        "Nhà trường nấu bữa trưa cho {45..240} em ở các điểm lẻ.",
        "Mỗi suất quà gồm chăn ấm, gạo và {2..9} trăm nghìn đồng tiền mặt.",
        "Nhà mới rộng {40..80} m2, nền láng xi măng, mái lợp tôn chống nóng.",
        "Tỷ lệ trẻ ra lớp đúng tuổi của {xa0} đạt {phan_tram}.",
        "Những buổi {viec} cuối tuần nay đã thành nếp của bà con {thon}.",
        "Tổ tiết kiệm của chị em cho {5..40} hội viên vay, không lấy lãi.",
        "Mùa rét, thầy cô đi từng nhà đón học trò cách trường {3..14} km.",
    ),
    captions=(
        "Bàn giao nhà cho {dan}.",
        "Học trò {diadanh} trong giờ ra chơi.",
        "Bà con {thon} tham gia {viec}.",
        "Khám bệnh cho người cao tuổi {xa0}.",
    ),
    tags=("{xa0}", "nhà đại đoàn kết", "bán trú", "an sinh", "hiến đất", "thanh niên"),
)

CULTURE: Final = Topic(
    headlines=(
        "Rộn ràng {le_hoi}",
        "Người giữ điệu then ở {thon}",
        "Sắc chàm {dan_toc} giữa đại ngàn {diadanh}",
        "{xa0} đón khách bằng văn hóa {dan_toc}",
        "Nghệ nhân {hoten} và cây đàn tính",
        "Nếp nhà sàn {diadanh}",
    ),
    leads=(
        "{buoi} {ngay}, {xa0} khai mạc {le_hoi}, thu hút đông đảo du khách gần xa.",
        "Giữa nhịp sống mới, đồng bào {dan_toc} ở {xa0} vẫn giữ tiếng hát, nếp nhà của cha ông.",
        "Tiếng đàn tính, tiếng khèn lại vang lên mỗi tối ở nhà văn hóa {thon}.",
    ),
    sentences=(
        "Câu lạc bộ hát then của {xa0} có {12..48} thành viên, người trẻ nhất mới {9..14} tuổi.",
        "Nghề dệt của người {dan_toc} được {3..9} gia đình ở {thon} giữ lại.",
        "Du khách được tự tay giã bánh, nhuộm vải và ngủ nhà sàn với giá {80..250} nghìn đồng.",
        "Phần hội có thi {mon}, ném còn và trình diễn trang phục {dan_toc}.",
        "Nghệ nhân {hoten} đã truyền nghề cho {5..40} người, không nhận một đồng học phí.",
        "{ky}, xã đón {2..9} nghìn lượt khách, doanh thu ước {tien}.",
        "Những tấm vải chàm phơi kín hiên nhà, thơm mùi lá rừng.",
        "Người già kể chuyện cũ, người trẻ ghi lại bằng điện thoại rồi đăng lên mạng.",
        "{le_hoi} là dịp để các thôn gặp nhau sau một năm vất vả.",
        "Homestay của {dan} kín phòng từ trước lễ nửa tháng.",
    ),
    captions=(
        "Phụ nữ {dan_toc} {xa0} thêu váy áo.",
        "Tiết mục hát then tại {le_hoi}.",
        "Du khách trải nghiệm ở {thon}.",
        "Nghệ nhân {hoten} truyền dạy đàn tính.",
    ),
    tags=("{xa0}", "hát then", "lễ hội", "du lịch cộng đồng", "người {dan_toc}", "di sản"),
)

SECURITY: Final = Topic(
    headlines=(
        "Công an {xa0} giúp dân làm căn cước",
        "Tổ tự quản {thon} giữ bình yên",
        "Bắt nhóm {toi} ở {diadanh}",
        "Tuyên truyền pháp luật tại {xa0}",
        "Dân quân {xa0} luyện giỏi",
        "Cảnh báo {toi} ở vùng cao",
    ),
    leads=(
        "{buoi} {ngay}, Công an {xa0} vận động nhân dân giao nộp vũ khí tự chế.",
        "Lực lượng chức năng vừa làm rõ vụ {toi} xảy ra trên địa bàn {xa0}.",
        "Mô hình camera do dân góp tiền đã giúp {xa0} phát hiện {3..14} vụ việc trong {ky}.",
    ),
    sentences=(
        "Qua xác minh, nhóm này gồm {2..9} người, đều trú tại địa phương khác.",
        "Người dân {thon} tự nguyện giao nộp {2..19} khẩu súng kíp.",
        "Tổ tự quản có {5..16} người, đêm nào cũng đi tuần quanh thôn.",
        "Tang vật thu giữ trị giá khoảng {tien}.",
        "Cán bộ chiến sĩ đi từng nhà nhắc bà con không tin lời mời chào lãi cao.",
        "{ky}, số vụ {toi} giảm {phan_tram} so với cùng kỳ.",
        "Buổi tuyên truyền dùng cả tiếng {dan_toc} để người già dễ hiểu.",
        "Hồ sơ đang được củng cố để xử lý theo quy định.",
        "Chỉ trong {2..6} ngày đêm, tổ công tác làm xong {120..640} hồ sơ căn cước.",
        "Dân quân {xa0} thi bắn đạt kết quả khá, {phan_tram} đạt yêu cầu.",
    ),
    captions=(
        "Công an {xa0} hướng dẫn người dân {thon}.",
        "Tang vật vụ án.",
        "Dân quân {xa0} huấn luyện.",
        "Buổi tuyên truyền tại {thon}.",
    ),
    tags=("{xa0}", "an ninh trật tự", "{toi}", "tự quản", "căn cước", "dân quân"),
)

DIGITAL: Final = Topic(
    headlines=(
        "Đưa {cong_nghe} về {thon}",
        "{xa0} làm quen với {cong_nghe}",
        "Tổ công nghệ số {diadanh} vào từng nhà",
        "Nông dân {xa0} bán {cay} qua mạng",
        "{cong_nghe} giúp trường vùng cao dạy học",
    ),
    leads=(
        "{buoi} {ngay}, {co_quan} mở lớp hướng dẫn dùng {cong_nghe} cho {30..120} học viên.",
        "Chỉ với một chiếc điện thoại, bà con {xa0} đã biết dùng {cong_nghe} trong việc hằng ngày.",
        "Sau {2..9} tháng thử nghiệm, {cong_nghe} cho thấy hiệu quả rõ rệt tại {xa0}.",
    ),
    sentences=(
        "Tổ công nghệ số của {thon} có {4..9} người, đa phần là giáo viên và đoàn viên.",
        "Nhờ {cong_nghe}, hồ sơ được xử lý trong {1..3} ngày thay vì một tuần.",
        "Tài khoản bán hàng của {dan} mỗi tháng nhận {30..240} đơn {cay}.",
        "Sóng di động đã phủ {phan_tram} số thôn, vẫn còn vài điểm lõm ở khe sâu.",
        "Học viên được thực hành ngay trên máy của mình, sai đâu sửa đó.",
        "Chi phí lắp {cong_nghe} khoảng {tien}, do doanh nghiệp hỗ trợ một nửa.",
        "{ky}, {phan_tram} hồ sơ của {xa0} được nộp trực tuyến.",
        "Người lớn tuổi ngại nhất là nhớ mật khẩu, nên tổ in sẵn từng bước ra giấy to.",
        "Dữ liệu từ {cong_nghe} giúp xã điều nước tưới hợp lý hơn.",
    ),
    captions=(
        "Lớp học dùng {cong_nghe} tại {xa0}.",
        "{dan} bán {cay} qua mạng.",
        "Tổ công nghệ số hướng dẫn bà con {thon}.",
        "Lắp đặt {cong_nghe} ở {diadanh}.",
    ),
    tags=("{xa0}", "chuyển đổi số", "{cong_nghe}", "dịch vụ công", "thương mại điện tử"),
)
