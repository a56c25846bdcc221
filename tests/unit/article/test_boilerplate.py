"""Lines of a page and sentences of an article that begin with the same words."""

from typing import Final

import pytest

from newscrawl.article.boilerplate import (
    heads_comments,
    heads_other_texts,
    is_boilerplate,
    is_imprint,
    may_be_subhead,
)

ENGLISH_LINES: Final = [
    "SEE ALSO: Ferry timetable changes for the winter",
    "WATCH NOW: Inside the cold store",
    "Read the full story here",
    "Story continues",
    "Keep reading",
    "View all",
    "Subscribers only",
    "Create account",
    "Terms of use",
    "Privacy policy",
    "Contact us",
    "Popular in the community",
    "Loading comments...",
    "Enlarge this image",
    "1 of 12",
    "(opens in a new window)",
    "Read more: Ferry timetable changes for the winter",
    "Advertisement",
    "Share this article",
    "Related: Ferry timetable changes for the winter",
    "Sign up for our newsletter",
    "Follow us on Facebook and Twitter",
    "© 2024 Harbour News. All rights reserved.",
    "Copyright 2024 Harbour News. All rights reserved.",
    "ADVERTISEMENT",
    "Story continues below advertisement",
    "Article continues below this ad",
    "READ MORE: Ferry timetable changes for the winter",
    "Read next: Library extends its opening hours",
    "See also: Library extends its opening hours",
    "Also read: Library extends its opening hours",
    "Read also: Library extends its opening hours",
    "Recommended",
    "Trending Now",
    "MORE: Library extends its opening hours",
    "Get our free daily newsletter",
    "Sign up for our daily newsletter and get the news in your inbox.",
    "Sign up here for the Harbour News newsletter.",
    "Subscribe to our newsletter",
    "Like us on Facebook",
    "Follow Harbour News on Twitter",
    "Share on Facebook",
    "Share this:",
    "Tweet",
    "Comments",
    "Leave a comment",
    "Print",
    "Email",
    "Click here to subscribe",
    "Download our app",
    "Watch more: Inside the cold store",
    "WATCH: Inside the cold store",
    "This story has been shared 1,204 times.",
    "Share this story",
    "Advertisement - story continues below",
    "- Advertisement -",
    "Sponsored",
    "Skip to content",
    "Most read",
    "Editor's picks",
    "Join the conversation",
    "Join our WhatsApp channel",
    "Read full story",
    "Get the latest news delivered to your inbox",
    "You may also like",
    "Support local journalism. Subscribe today.",
    "Support our journalism",
    "Enter your email address",
    "More stories",
    "Top stories",
    "Filed under: News, Fishing",
    "Tags: fishing, market",
    "Topics: fishing, market",
    "Click to share on Facebook (Opens in new window)",
    "Follow @harbournews",
    "Subscribe now",
    "Log in to comment",
    "Listen to this article",
    "5 min read",
    "Related Stories",
    "Related Topics",
    "RELATED VIDEO: Inside the cold store",
    "RELATED | Ferry timetable changes for the winter",
]
VIETNAMESE_LINES: Final = [
    "Xem nhanh",
    "Bấm vào đây để xem video",
    "(Nhấn vào ảnh để xem cỡ lớn)",
    "Click để xem ảnh lớn",
    "Nội dung này được tài trợ",
    "Video đang được xem nhiều",
    "Tin được đọc nhiều nhất",
    "Chưa có bình luận nào",
    "Hiển thị thêm bình luận",
    "Đang tải bình luận...",
    "Đăng ký theo dõi kênh",
    "Đọc báo in",
    "Thích 12",
    "Liên quan: Chợ nổi vào mùa; Lũ về sớm hơn mọi năm",
    "Nội dung được tài trợ",
    "Cỡ chữ",
    "Trang 1/3",
    "Vui lòng đăng nhập để bình luận",
    "Post Views: 12",
    "Post Views: 1.204",
    "Lượt xem: 312",
    "Nội dung tài trợ",
    "Cỡ chữ: A- A+",
    "Trang 1 / 3",
    "Bạn cần đăng nhập để bình luận",
    "Đăng nhập để gửi ý kiến",
    "Bài viết được tài trợ",
    "Bài liên quan: Chợ nổi vào mùa; Lũ về sớm",
]
ENGLISH_SENTENCES: Final = [
    "Close to the quay, the rents have doubled in four years.",
    "Share prices of the cannery rose by a tenth on the news.",
    "Comments from the floor ran on until ten.",
    "Loading bays behind the hall were dug two metres deeper.",
    "Sponsored rows across the bay raised nine thousand pounds.",
    "Recommended by the surveyors in March, the steel frame went up in June.",
    "Like this hall, the lighthouse was built by convicts.",
    "Opens in new hands next week: the old chandlery on Tide Lane.",
    "More to come, said the foreman, and pointed at the roof.",
    "Photo albums from three families fill a glass case.",
    "Follow the red line on the floor to the cold store.",
    "Sign up for swimming lessons and the pool gives you a free cap, the manager said.",
    "Sign up early: the boats for the autumn regatta hold only forty people.",
    "Subscribe to the view that markets know best and you will close halls like this one.",
    "Get the best fish before nine, the regulars say, and leave the app at home.",
    "Advertisement hoardings on the quay came down in the same week.",
    "Follow us on the tour and you will see the cold store, the guide told the first visitors.",
    "Read more books, the librarian told the class that came to see the hall.",
    "Share this article of faith with a fishmonger and he will nod.",
    "Related costs such as the new drains came to 180,000 pounds.",
    "Join our newsletter, the leaflet said, and we will post you the tide tables.",
    "By using the side door, visitors agree to be filmed, a sign on the wall says.",
    "Comments are closed on the council’s page after a week of quarrels.",
    "Photo studios on the upper floor will open in the spring.",
    "More on this roof than on any other: the slates number forty thousand.",
    "Trending up, the price of hake has risen by a third since May.",
    "Register now, the harbour master told skippers, or lose the berth.",
    "Watch: the word the fishermen call across the water when the swell turns.",
    "Live: that is how the lobsters arrive, in tanks on the morning ferry.",
    "Copyright 1911 stands carved above the door, and nobody knows why.",
    "Download the app, the market’s manager told the traders, and the tide comes to you.",
    "Loading starts at four in the morning, when the first vans come down the hill.",
    "Tags: every crate carries two, one for the boat and one for the buyer.",
    "We use cookies as bait, the old joke among the crab fishers goes.",
    "Print this article of the statute on every wall, the judge told the owners.",
    "You can unsubscribe from grief for a day, the priest said at the blessing.",
]
VIETNAMESE_SENTENCES: Final = [
    "Xem thêm bản đồ ở cuối tập hồ sơ, bà con thấy ngay ranh giới từng thửa.",
    "Chia sẻ với bà con, ông Páo nói đường làm xong thì chợ cũng đông.",
    "Bình luận về con số này, cô Mai cho rằng cần tính cả công chăm.",
    "Theo dõi lịch nước trên Zalo, mỗi nhà tự mở cống ruộng mình.",
    "Đăng ký nhận giống trước ngày 15, mỗi hộ được trợ giá một nửa.",
    "Tải ứng dụng của xã về máy, bà con báo được sạt lở ngay trong đêm.",
    "Cùng chuyên mục thi đấu ấy, đội Suối Mây giành hai huy chương.",
    "Mời bạn đọc sách là câu treo trước cửa phòng, do học trò lớp 5 viết.",
    "Trở lại trang phục cũ, các bà thấy mình trẻ ra.",
    "In trang bìa bằng giấy dó, cuốn sách nặng gần hai cân.",
    "Copy lại bài toán lên bảng, thầy gọi Páo lên giải.",
    "Chủ đề: nước sạch cho trường vùng cao được cả hội nghị bàn suốt buổi chiều.",
    "Chủ đề: “Nước và người” được chọn cho hội thi vẽ của học trò năm nay.",
    "Trích nguồn nước từ suối Cạn, ống dẫn dài ba cây số đưa về tận bể của từng nhà.",
    "Trích nguồn ngân sách xã, mỗi hộ được hỗ trợ hai triệu đồng mua giống.",
    "Dẫn nguồn nước về ruộng là việc của cả xóm trong tháng giêng.",
    "Từ khóa: “nước sạch” đứng đầu bảng tìm kiếm của học trò trong tuần.",
    "Tags: đó là chữ học trò thêu lên áo để nhớ ngày ra trường.",
    "Xem thêm: ở đầu chợ, bà con còn treo bảng giá của ba tháng trước.",
    "Liên quan: việc này còn dính đến ba hộ ở xóm bên, theo lời ông trưởng thôn.",
    "Quảng cáo sai sự thật là điều hợp tác xã cấm ngặt.",
    "Theo dõi Zalo của xã, bà con biết lịch phun thuốc từng ngày.",
    "Chia sẻ lên Facebook, bức ảnh được hơn hai nghìn người xem.",
    "Bạn đọc theo dõi tin lũ qua loa xã mỗi sáng, mỗi chiều.",
    "Nghe tin báo bão, cả xóm chằng lại mái nhà trước bốn giờ chiều.",
    "Ghi rõ nguồn gốc từng bao gạo là cách hợp tác xã giữ khách.",
    "Đề nghị ghi rõ nguồn gốc cây giống khi bán cho bà con vùng lũ.",
    "Trang 3 của cuốn sổ còn ghi tên mười hai người thợ đầu tiên.",
]


@pytest.mark.parametrize("line", [*ENGLISH_LINES, *VIETNAMESE_LINES])
def test_a_line_of_the_page_is_no_text(line: str) -> None:
    assert is_boilerplate(line) or is_imprint(line)


@pytest.mark.parametrize("line", [*ENGLISH_LINES, *VIETNAMESE_LINES])
def test_letter_case_does_not_count(line: str) -> None:
    assert is_boilerplate(line.upper()) or is_imprint(line.upper())


@pytest.mark.parametrize("sentence", [*ENGLISH_SENTENCES, *VIETNAMESE_SENTENCES])
def test_a_sentence_that_begins_like_a_line_of_the_page_is_text(sentence: str) -> None:
    assert not is_boilerplate(sentence)
    assert not is_imprint(sentence)


@pytest.mark.parametrize("sentence", ENGLISH_SENTENCES)
def test_a_sentence_heads_nothing(sentence: str) -> None:
    assert not heads_other_texts(sentence)
    assert not heads_comments(sentence)


@pytest.mark.parametrize(
    ("line", "is_head"),
    [
        ("Mục lục", True),
        ("Nội dung bài viết", True),
        ("Table of contents", True),
        ("In this article", True),
        ("On this page", True),
        ("Related Stories", True),
        ("Most read", True),
        ("Bài viết liên quan", True),
        ("Comments (3)", True),
        ("2 thoughts on “The ferry is back”", True),
        ("Nội dung chính của đề án", False),
        ("Mục lục của cuốn sổ", False),
        ("In this town", False),
        ("Advertisement", False),
        ("Quảng cáo", False),
    ],
)
def test_what_heads_other_texts(line: str, is_head: bool) -> None:
    assert heads_other_texts(line) == is_head


@pytest.mark.parametrize(
    ("line", "may_be"),
    [
        ("Đánh giá", True),
        ("Tốc độ", True),
        ("Chia sẻ:", True),
        ("Analysis", True),
        ("Quảng cáo", False),
        ("Advertisement", False),
        ("Tin liên quan", False),
        ("Xem thêm", False),
        ("", False),
    ],
)
def test_which_controls_may_be_subheads(line: str, may_be: bool) -> None:
    assert may_be_subhead(line) == may_be
