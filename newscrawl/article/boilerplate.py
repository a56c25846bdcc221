"""The one list of phrases that belong to a page and not to its article, in Vietnamese and English.

Families and the generic reader ask the same functions. Three kinds of lines are told apart: labels
(heads of related lists, controls), notices (cookies, newsletters, browsers, copyright), and
imprints with contacts; `meta_lines` tells the lines of dates. A pattern must fit a whole line or
begin it in words that no sentence of an article begins with, because a text that is lost is worse
than a label that is kept.
"""

import re
from typing import Final

from newscrawl.article.lazy_pattern import LazyPattern

# The patterns of labels and notices are in small letters and asked of texts in small letters:
# every paragraph of every page is asked, and ignoring case would take several times as long.
_POINTERS: Final = r"[>»›❯▶►➤→⇒👉*•·|– -]*+"  # possessive: what follows is no pointer
_RELATED_VI: Final = (
    r"(?:các )?(?:tin(?:,|/| và)? bài|tin|bài|chủ đề|sự kiện|nội dung|thông tin)"
    r"(?: viết| tức| báo)? "
    r"(?:liên quan|cùng (?:chuyên mục|chủ đề|loại|tác giả)"
    r"|(?:đọc|xem) nhiều(?: nhất)?|đọc tiếp|khác|mới(?: nhất| hơn| cập nhật)?|cũ hơn|nổi bật|hay"
    r"|hot|đáng chú ý|bạn nên đọc|nên đọc)"
    r"|(?:mời )?(?:xem|đọc|tham khảo) (?:thêm|tiếp|ngay)(?: (?:các )?(?:tin|bài|thông tin)"
    r"(?: viết| khác| liên quan)*)?"
    r"|(?:cùng|khác trong) (?:chuyên mục|chủ đề|tác giả)|(?:đọc|xem) nhiều(?: nhất)?|tiêu điểm"
    r"|mời (?:quý )?(?:bạn|độc giả|vị|khán giả)(?: đọc)? (?:đọc|xem|theo dõi|đón đọc)"
    r"(?: (?:thêm|tiếp))?"
    r"|(?:có thể )?(?:quý )?(?:bạn|độc giả)(?: đọc)? (?:có thể )?(?:quan tâm|muốn đọc|thích)"
    r"|có thể bạn chưa biết|tin cùng mục|đừng bỏ lỡ|gợi ý cho bạn|dành cho bạn"
    r"|mục lục(?: bài viết)?|nội dung bài viết"
)
_RELATED_EN: Final = (  # these lead elsewhere even where nothing follows
    r"related (?:to this )?(?:articles?|stor(?:y|ies)|news|coverage|content|links?|topics?|posts?"
    r"|reading|videos?|items?)|(?:related|external|useful) (?:\w+ )?(?:links?|sites?|topics?)"
    r"|(?:also |further |must |what to )?read (?:more|next|also|now|too|the full (?:story|article)"
    r"|full (?:story|article))|(?:further|suggested|recommended|related) reading|must[- ]reads?"
    r"|(?:full|more) coverage|see (?:also|more|related)|click here for more|also read"
    r"|you (?:may|might) (?:also )?(?:like|enjoy|be interested in|have missed)"
    r"|(?:recommended|suggested) (?:for you|articles?|stories|videos|reads)"
    r"|(?:most|top|today['’]s top|this week['’]s top) (?:read|popular|viewed|shared|commented"
    r"|watched|stories|news|headlines|posts)(?: (?:articles|stories|news|posts|now|today))*"
    r"|trending(?: (?:now|stories|news|topics|articles|today))+|popular (?:now|stories|posts)"
    r"|(?:latest|recent|other|similar|featured|more|breaking)"
    r" (?:news|stories|articles|posts|videos|headlines|coverage)"
    r"|don['’]?t miss|(?:in case|if) you missed it|up next|editor['’]?s?['’]? (?:picks?|choice)"
    r"|what (?:others|people) are reading|table of contents|(?:in|on) this (?:article|page|story)"
    r"|more (?:on this(?: story)?|to (?:read|explore)|for you|like this|from the web"
    r"|in this section|must[- ]reads(?: from .{1,30})?)"
    r"|(?:from|around) the web|from (?:our|the) (?:partners?|sponsors?|archives?|network)"
    r"|more (?:\w+ ){1,3}coverage|explore further|(?:video|stories|more) from the [^.,!?:]{1,30}"
    r"|(?:sponsored|promoted|paid) (?:content|links?|stories|post|partner content)"
)
_RELATED_LABEL_EN: Final = (  # these only where the line names an article behind them
    r"read (?:our|the) (?:[\w-]+ ){0,2}(?:report|series|coverage|guide|investigation)"
    r"|related|liên quan|read(?: this| on| in [a-z]+)?|watch(?: (?:now|more|live|the video))?"
    r"|listen(?: (?:now|to))?|explainer|analysis|opinion|live|more|recommended|trending|popular"
    r"|don['’]?t miss"
)
_LISTED: Final = r" ?(?:[:|>»›→]| [-–—] ).*"  # the title that the label announces
_RELATED_LINE: Final = LazyPattern(
    rf"{_POINTERS}(?:{_RELATED_VI})(?: ?[:(>»|\d].*(?<!\.))?"
    rf"|{_POINTERS}(?:{_RELATED_EN})(?:{_LISTED}|[:.…]*)"
    rf"|{_POINTERS}(?:{_RELATED_LABEL_EN})(?: ?[:|>»›→]+ ?[^ ].*)(?<![.!])"
    r"|(?:gallery|photos?|pictures|in pictures|video|podcast) ?[:|] ?(?:\S+ ){4,}\S+(?<![.!])"
    r"|more (?:from|on|about) [^.,!?:]{1,40}|also read\b.{0,120}(?<![.!?])"
    r"|(?:>{2,}|») ?\S.*(?<!«)",  # nothing but a link begins so; 👉 and ➤ head items of lists
)
_RELATED_HEAD: Final = LazyPattern(
    rf"{_RELATED_VI}|{_RELATED_EN}|{_RELATED_LABEL_EN}|more (?:from|on|about) [^.,!?:]{{1,40}}"
    r"|(?:sign up|subscribe)(?: (?:to|for) [^.!?]{1,60})?|newsletters?"
    r"|đăng ký nhận (?:tin|bản tin)[^.!?]{0,40}",
)
_NETWORKS: Final = (
    r"(?:facebook|fb|zalo|twitter|instagram|youtube|tiktok|telegram|whatsapp|linkedin|pinterest"
    r"|reddit|messenger|flipboard|google news|tumblr|viber|threads|e-?mail|rss)"
)
_CONTROL_VI: Final = (
    r"chia sẻ(?: (?:bài viết|bài này|tin này|lên|qua|ngay|với bạn bè|facebook|zalo|twitter))*"
    r"|(?:\d+ )?bình luận(?: của bạn| bài viết)?|\d+ lượt (?:xem|thích|chia sẻ)"
    r"|(?:số )?lượt (?:xem|đọc|truy cập) ?: ?[\d.,]+|post views ?: ?[\d.,]+"
    r"|ý kiến (?:bạn đọc|của bạn|độc giả)|(?:gửi|viết|xem|tải) (?:bình luận|ý kiến|phản hồi)"
    r"(?: (?:của bạn|khác|cho bài viết này))?"
    r"|(?:tất cả )?bình luận|từ kh(?:óa|oá)(?: nóng)?"
    r"|chủ đề ?:|nghe (?:đọc )?(?:(?:podcast )?bài(?: viết| báo)?|audio|podcast|tin)"
    r"|(?:bấm|nhấn|click) (?:để|vào đây để) nghe.*"
    r"|cỡ chữ(?: ?:)?[ a+-]*|mặc định|phóng to|thu nhỏ"
    r"|giọng (?:nam|nữ|đọc)(?: miền (?:bắc|trung|nam))?"
    r"|tốc độ(?: đọc)?[\s\d.:x]*"
    r"|in (?:bài(?: viết)?|trang(?: này)?)|lưu (?:bài(?: viết)?|tin)|quảng cáo"
    r"|(?:copy|sao chép)(?: link| liên kết)?|link bài gốc.*|lấy link!?"
    r"|(?:trở lại|quay lại|về) (?:trang(?: (?:chủ|trước|đầu|nhất))?|đầu(?: trang)?"
    r"|(?:chủ đề|chuyên mục)(?: .{0,30})?)|đang tải\W*|tắt quảng cáo"
    r"|(?:quét mã qr (?:để )?)?theo dõi .{0,60}(?:google news|zalo|facebook|youtube|telegram)"
    r"[^.,]{0,25}|(?:mời |mời quý )?bạn đọc theo dõi (?!.*\.$).{0,80}"
    r"|(?:mời (?:quý )?)?bạn đọc theo dõi (?:fanpage|kênh|trang fanpage) .{0,80}"
    r"|(?:hãy |mời (?:quý )?bạn )?(?:để lại|gửi|viết|nhập) [^,]{0,20}(?:ý kiến|bình luận)"
    r"[^,]{0,40}|hãy là người đầu tiên bình luận.{0,20}"
    r"|(?:vui lòng |xin |hãy |mời bạn )*đăng nhập (?:để |và )?(?:gửi |viết )?"
    r"(?:bình luận|ý kiến).{0,20}"
    r"|báo (?:lỗi|cáo|vi phạm)(?: (?:bài viết|nội dung|vi phạm|lỗi|này))*"
    r"|(?:đăng ký kênh|cài đặt (?:ứng dụng|app)|quét mã qr) (?!.*\.$).{0,50}"
    r"|nhận tin (?:mới |tức |nhanh )?.{0,20}(?:e-?mail|zalo)|ảnh \d+ ?/ ?\d+"
    r"|(?:bình chọn|đánh giá)(?: bài viết)?\W*[★☆⭐]*|xem thêm (?:video|ảnh|clip|bình luận)"
    r"|xem (?:video|clip) (?:tại đây|dưới đây)(?: ?:(?!.*\.$).{0,60})?"
    r"|bạn đang (?:đọc|xem) (?:bài|tin|nội dung) .*"
    r"|đánh giá bài viết|lên đầu trang|xem tất cả|được tài trợ"
    r"|(?:nội dung|bài(?: viết)?|tin|video)(?: này)? (?:được )?tài trợ(?: bởi [^.]{1,40})?"
    r"|xem nhanh|đọc báo in|(?:bấm|nhấn|click)(?: chuột)?(?: vào (?:đây|ảnh|hình))? để xem"
    r" (?:video|clip|ảnh|hình|cỡ|ở cỡ)[^.,]{0,30}"
    r"|(?:video|tin|bài) (?:đang )?được (?:xem|đọc) nhiều(?: nhất)?|chưa có bình luận(?: nào)?"
    r"|(?:đang )?(?:tải|hiển thị|xem) thêm bình luận"
    r"|đang tải bình luận[.…]*|(?:thích|like) \(?\d+|đăng ký (?:theo dõi )?kênh"
    r"|trang (?:trước|sau|tiếp)(?: theo)?|trang \d+ ?/ ?\d+|\(?mở trong cửa sổ mới\)?"
    r"|thời gian đọc ?: ?(?:khoảng )?\d+ phút|\d+ phút đọc"
    r"|bài (?:viết|báo)(?: này)? có (?:hữu ích|bổ ích)(?: (?:với|cho|đối với) bạn)?(?: không)?\??"
    r"|có ?[/|·•]? ?không|@[\w.]{2,40}"
)
_CONTROL_EN: Final = (
    r"advertisements?(?: ?[-–—·] ?(?:(?:story|article) continues below|scroll (?:down )?to"
    r" continue))?|advertising|sponsored|ad"
    r"|(?:shop|buy) (?:now|it(?: now)?)|image|poll loading[.…]*|enlarge this image"
    rf"|allow {_NETWORKS} content\?|{_NETWORKS}:? @\w+"
    r"|(?:this is an? )?ad(?:vertisement)? feedback|recommended|print|e-?mail"
    r"|story continues|keep reading|view all|subscribers? only|newsletters?"
    r"|popular in the community"
    r"|(?:create|my) account|privacy policy|(?:contact|about|advertise with) us"
    r"|terms (?:of (?:use|service)|and conditions)|read the full (?:story|article) here"
    r"|related|trending|popular|like (?:this|loading[.…]*)"
    r"|this (?:story|article|post|page) has been (?:shared|viewed|read) [\d.,k]+ times"
    r"|(?:story|article|content|this article) continues? (?:below|after).{0,40}"
    r"|scroll (?:down )?(?:to continue|for more|below).{0,40}"
    r"|continue (?:reading|the main story|below)(?: (?:the main story|below|this story))?.{0,20}"
    r"|skip (?:advertisement|ad|past newsletter promotion|to (?:main )?content)|after newsletter.*"
    rf"|(?:share|tweet|pin|post|send)(?: (?:this|the|on|to|via|with|it|{_NETWORKS}|article|story"
    r"|page|post|friends|link|options))*"
    rf"|google news|{_NETWORKS}(?:,? (?:and )?{_NETWORKS})+"
    r"|print (?:this )?(?:article|page|story)|save (?:(?:this )?(?:article|story)|for later)"
    r"|(?:copy|get) (?:the )?link|link copied!?"
    rf"|(?:follow|like|join|find) (?:us|him|her|them|me) on"
    rf" (?:(?:.{{0,40}}\b)?{_NETWORKS}\b.{{0,60}}|[^.,]{{0,40}})|follow us"
    rf"|follow (?:@\w+|.{{2,60}} on {_NETWORKS}\b.{{0,60}})"
    r"|subscribe(?: (?:now|today|here|for .{0,40}|to [^.!?]{0,30}))?"
    r"|sign (?:in|up)(?: (?:now|today|here|free|with [^.]{0,20}|(?:to|for) [^.]{0,30}))?(?!\.)"
    r"|log ?in(?: .{0,30})?|register(?: now)?|already (?:a )?(?:subscriber|member)\?.*"
    r"|(?:view |show |see |hide |read |load |leave (?:a )?|post (?:a )?|add (?:a )?|write (?:a )?"
    r"|join the )?(?:all |more )?(?:\(?\d+\)? )?(?:comments?|repl(?:y|ies)|conversation|discussion)"
    r"(?: (?:\(\d+\)|are closed|here|below|section|policy|guidelines))?"
    r"|no comments(?: yet)?|be the first to comment|loading\b.{0,30}"
    r"|now playing|play (?:video|now|all)|video player is loading\.?"
    r"|(?:show|see|hide) all|(?:hide|show|toggle|view|read|expand|open|enlarge|view larger)"
    r" (?:this )?(?:caption|transcript|image|gallery|slideshow|photos?|more|less|fullscreen)"
    r"|click (?:here )?to (?:enlarge|expand|view|share|print|e-?mail|play|tweet|subscribe)\b.{0,60}"
    r"|(?:please )?click here (?:to|for)\b[^.!?]{1,80}[.!]?"
    r"|view this post on \w+|a post shared by .{1,120}|show (?:this )?(?:tweet|thread)"
    r"|(?:current|remaining) time.{0,12}|duration.{0,12}|loaded ?:.{0,12}|stream type live"
    r"|playback rate.{0,6}|this is a modal window\.?.{0,80}|\d+[- ]minute listen|add to playlist"
    r"|(?:photo|image|slide) \d+ (?:of|/) \d+"
    r"|(?:\d+ )?(?:of|/) \d+|tags?|topics?|filed under\b.{0,80}"
    r"|(?:posted|published) (?:in|under)\b[^,.!?\d]{0,60}(?:[|(].{0,30})?"
    r"|\d+ ?min(?:ute)?s? (?:read|to read|listen)|reading time\b.{0,20}|comments? \(\d+\)"
    r"|\d+ (?:shares?|views?|likes?|retweets?)|back to top|(?:next|previous) (?:article|page|post)"
    r"|report (?:this|a|an) (?:ad|typo|error|correction|comment|mistake|abuse)\b.{0,60}"
    r"|(?:text size|font size|listen to this article).{0,20}|a[+-]"
    r"|\(?opens in (?:a )?new (?:window|tab|browser).*"
    r"|share (?:the )?full (?:article|story)|gift this (?:article|story)|listen ?[•·|] ?\d+:\d\d"
    r"|listen to this (?:article|story|episode) ?[•·|–-] ?\d+:\d\d"
    r"(?: min(?:utes)?)?(?: learn more)?"
    r"|(?:was|did you find) this (?:article|page|story|post|content|information)"
    r" (?:helpful|useful|interesting)(?: to you)?\??|yes ?[/|·•]? ?no"
    r"|(?:submit|send us) a (?:news )?tip|(?:get|manage|sign up for) alerts"
    r"|(?:suggest|submit|report) a correction|(?:(?:jump to|print|pin|save|rate)(?: the| this)?"
    r" recipe\W*)+|follow (?:topics?|authors?)(?: and (?:topics|authors))?"
    r"|(?:view|open) (?:this )?(?:image|photo|picture) (?:in|at) full ?(?:screen|size)"
)
_CONTROL_LINE: Final = LazyPattern(
    rf"(?:{_CONTROL_VI}|{_CONTROL_EN})(?: ?[:.…(!]? ?\d*\)?)"
    r"|(?:từ kh(?:óa|oá)(?: nóng)?|tags?|topics?) ?:.*(?<!\.)"
)
_COMMENTS_HEAD: Final = LazyPattern(
    r"(?:\d+ )?(?:bình luận|phản hồi|ý kiến)(?: của bạn| bài viết| bạn đọc| độc giả)?(?: ?\(\d+)?"
    r"|(?:view |show |\d+ |leave (?:a )?|post (?:a )?)?(?:comments?|reply|replies)(?: ?\(\d+)?"
    r"|(?:\d+|one|two) (?:thoughts?|responses?|replies) (?:on|to) .{1,200}|reader comments",
)
_NOTICE: Final = LazyPattern(
    # cookies and consent
    r"(?:(?:trang|website|chúng tôi).{0,40}(?:sử dụng|dùng) cookie"
    r"|(?:bằng (?:việc|cách) |khi )?tiếp tục (?:sử dụng|truy cập|duyệt).{0,80}(?:đồng ý|cookie)"
    r"|(?:we|this (?:web)?site|our (?:web)?site)(?: and our partners)? uses? cookies"
    r"(?=\W*$|[,.]| (?:to|on|and|for|in|that|which|so)\b)"
    r"|by (?:continuing|using|clicking|signing up|subscribing|submitting|registering|entering"
    r"|providing|checking)\b.{0,200}\b(?:agree|accept|consent|acknowledge)"
    # browser and scripts
    r"|(?:vui lòng|hãy|bạn cần) (?:bật|kích hoạt|mở) .{0,20}javascript"
    r"|(?:trang|website).{0,40}(?:cần|yêu cầu) .{0,20}javascript"
    r"|trình duyệt (?:của bạn|này|không).{0,40}(?:không hỗ trợ|đã cũ|không được hỗ trợ)"
    r"|(?:please |you (?:need to|must) )?(?:enable|turn on|activate) (?:java ?script|cookies)"
    r"|java ?script (?:is|must be|has to be|needs to be) (?:currently )?"
    r"(?:disabled|enabled|required)"
    r"|your (?:web )?browser (?:is|does|doesn)\b.{0,60}(?:support|outdated|out of date)"
    r"|(?:sorry, )?(?:this|the) (?:video|audio|content|file|media|player)\b.{0,40}"
    r"(?:cannot|can['’]?t|can not|could not|not)\b.{0,30}(?:play|support|load|available)"
    r"|media playback is (?:unsupported|not supported)"
    # newsletters, applications, accounts
    r"|(?:đăng ký|nhập email|để lại email)[^,]{0,40}(?:nhận (?:bản tin|tin|thông báo)|bản tin)"
    r"|bạn (?:cần|phải|hãy) (?:đăng nhập|đăng ký).{0,20} để .{0,20}"
    r"(?:bình luận|đọc (?:tiếp|toàn bộ))"
    r"|tải (?:ứng dụng|app) (?:báo|đọc báo|tin tức)[^.,]{0,40}$"
    r"|(?:sign up|subscribe|register|join|get|receive)\b.{0,140}"
    r"\b(?:newsletters?|our (?:free |daily |weekly )*(?:letter|e-?mail|digest|briefing)|inbox"
    r"|e-?mail alerts?|mailing list|push notifications?"
    r"|breaking news alerts?)"
    r"|(?:our|your) (?:free |daily |weekly )*newsletter\b.{0,140}\b(?:inbox|sign up|e-?mail)"
    r"|thank(?:s| you) for (?:subscribing|signing up|registering|your (?:feedback|subscription))"
    r"|(?:please )?enter (?:a |your )(?:valid )?e-?mail"
    r"|an (?:unexpected )?error (?:has )?occurred"
    r"|(?:download|get) (?:the|our) .{0,40}\bapp\b|you(?:['’]ve| have) (?:been added|successfully)"
    r"|you can (?:unsubscribe|opt out)|we (?:may|will) (?:use|send) (?:your|you)\b.{0,60}e-?mail"
    r"|(?:(?:please |help )?(?:us )?support|subscribe to) (?:our |local |independent |quality "
    r"|free )+journalism|you(?:['’]ve| have) (?:reached|read|used) (?:all |\d+ )?(?:of )?"
    r"(?:your|the) .{0,40}(?:free|limit|articles)"
    r"|(?:to (?:continue|keep) reading|this (?:article|story|content) is (?:only "
    r"(?:for|available to)|for|exclusively for)),? .{0,20}(?:subscri|member|register|sign)"
    r"|(?:get|enjoy|try) (?:full|unlimited)(?: digital)? access\b|unlimited (?:digital )?access:"
    r"|find out what['’]s happening in .{1,60} with (?:free|real)"
    r"|(?:new ?)?you can now listen to .{1,60}\barticles!|visit .{2,60} homepage for more\b"
    # advice of the newsroom: where a text comes from, tips, commissions
    r"|\(?except for the headline, this story has not been edited"
    r"|this (?:story|article|report) has not been edited by .{1,60}\bstaff\b"
    r"|this is an archived (?:article|story)\b"
    r"|(?:do you )?(?:have|got) an? (?:news |confidential )?(?:story|tip)"
    r"(?: to (?:sell|tell|share))?\?.{0,40}"
    r"\b(?:touch|contact|e-?mail|call|submit|send|let us know)\b|listing image by "
    r"|have something to say\?.{0,60}\b(?:letter|us|editor)\b"
    r"|listen to (?:our|the|this) .{0,60}podcasts?\b.{0,40}\b(?:itunes|apple|spotify|wherever)\b"
    r"|this (?:article|story|page) contains (?:content|an embed)\w* (?:provided|hosted|from)\b"
    r"|please use (?:the )?(?:chrome|safari|firefox|edge)(?: browser)? for\b"
    r"|(?:get )?e-?mail notifications? (?:on|are|for)\b|your notification has been saved"
    r"|there was a problem saving|please log in to use this|don['’]?t have an account\?"
    r"|follow (?:topics|authors) and (?:topics|authors) from this (?:article|story)\b"
    r"|thank(?:s| you) for reading\b.{0,80}\b(?:subscribe|sign up|upgrade)\b"
    r"|(?:for|catch) (?:all |more )?(?:the )?(?:latest|more|breaking|live|business)\b.{0,80}"
    r"\b(?:download|follow|subscribe|log ?on|visit|click|tune|news events)\b"
    r"|this site is protected by recaptcha|create an account (?:to|or|and|for free)"
    # comments
    r"|(?:ý kiến|bình luận) (?:của (?:bạn|độc giả|quý)|sẽ) .{0,80}(?:duyệt|biên tập|đăng)"
    r"|(?:xin )?vui lòng (?:gõ|viết|nhập) .{0,20}(?:tiếng việt|có dấu|nội dung|họ tên|email)"
    r"[^,]{0,60}$"
    r"|(?:the )?(?:views|opinions) expressed in (?:the )?comments"
    r"|(?:comments?|commenting) (?:on this|for this|are|is)\b.{0,40}"
    r"(?:(?:closed|disabled)(?=\W*$| (?:for|on) this)|moderated)"
    r"|your e-?mail address will not be published|please (?:log in|sign in|keep) .{0,40}comment"
    # rights
    r"|(?:\(\*+\) )?(?:không|cấm|nghiêm cấm) (?:được )?sao chép"
    r" (?:dưới (?:mọi|bất)|nội dung|toàn bộ|bài viết)"
    r"|® ?[\w. ]{0,60}bản quyền|bản quyền (?:thuộc|©)|all rights reserved"
    r"|(?:copyright )?(?:©|\(c\)|™).{0,60}(?:19|20)\d\d|copyright (?:by |(?:19|20)\d\d)"
    r"(?=(?!.*\.$)|.*\b(?:reserved|inc|ltd|llc|corp|co|company|press|media)\.$)"
    r"|our standards: ?the "
    r"|this material may not be (?:published|reproduced)"
    r"|(?:no part|(?:any )?reproduction) of (?:this|the|any) (?:article|content|material|site"
    r"|story)\b.{0,60}(?:without|prohibited|may be))",
)
_NOTICE_WITHIN: Final = LazyPattern(  # these begin in any words, so the words below are asked first
    r"[\w .]{2,30} and (?:our|its) partners use cookies"
    r"|[a-z]{2,12} transcripts are created\b"
    r"|(?:the )?[\w. ]{2,40} is not responsible for the content of external"
    r"|.{0,60}\b(?:click here to join|is now on (?:telegram|whatsapp)|join our (?:telegram|whatsapp"
    r"|facebook)).{0,120}$"
    r"|.{2,120}\bmay (?:also )?(?:earn|receive|get|collect) (?:an? )?(?:\w+ )?"
    r"(?:commissions?|compensation|(?:share|portion) of)\b.{0,40}"
    r"\b(?:links?|page|site|buy|purchases?|products?|sales?|retailers?)\b"
)
_WITHIN_WORDS: Final = (
    "use cookies", "click here to", "is now on", "join our", "is not responsible", "may earn",
    "may receive", "transcripts are created",
)  # fmt: skip
_REPORTED: Final = LazyPattern(  # a sentence of the text: "Join our newsletter, the leaflet said."
    r",[”\"]? (?:.{0,60}\b)?(?:said|says|told|tells|wrote|writes|warned|joked|goes)\b"
    r"|, (?:ông|bà|anh|chị|cô|chú|bác|em) .{0,40}(?:nói|kể|bảo|cho biết|dặn|nhắc)"
)
_RIGHTS_END: Final = LazyPattern(r"all rights reserved\W*(?:[^.]{0,60}\.?)?$")
_NOTICE_MAX_CHARS: Final = 400
_RIGHTS_MAX_CHARS: Final = 250
_IMPRINT_BEGINNING: Final = LazyPattern(
    r"(?:©|copyright\W+(?:©|\(c\)|\d{4}(?! (?-i:[a-z]))|by\b|all\b)|all rights reserved"
    r"|bản quyền (?:thuộc|©)|cơ quan (?:chủ quản ?:|(?:chủ quản|(?:ngôn luận )?của)[^.!?]{0,120}$)"
    r"|(?:phó )?tổng biên tập ?:"
    r"|giấy phép (?:số|(?:xuất bản|hoạt động|thiết lập)[^.!?]{0,60}\d)|không được sao chép"
    r"|(?:(?:vui lòng |xin |đề nghị |yêu cầu )(?:ghi rõ|dẫn|trích)|ghi rõ) nguồn"
    r"(?=\W*$|\W*[\"“:(]| (?:khi|báo|tin|từ|của|website|trang|bài|đầy|http|www|[\w.]+\.vn))"
    r"|(?:dẫn|trích) nguồn\W*$)",
    re.IGNORECASE,
)
_CONTACT_BEGINNING: Final = LazyPattern(
    r"(?:địa chỉ|trụ sở|t(?:òa|oà) soạn|điện thoại|hotline|đường dây nóng|email|fax) ?:",
    re.IGNORECASE,
)
_SUBHEADS: Final = frozenset(
    [
        "đánh giá", "chia sẻ", "tốc độ", "mặc định", "tiêu điểm", "chủ đề", "print", "opinion",
        "analysis", "live", "watch", "comment", "topics", "duration", "sponsored", "recommended",
    ]
)  # fmt: skip
_SUBHEADS_ABOVE_TEXT: Final = frozenset(["bình luận", "bình chọn"])
_DECORATION: Final = " -–—*•|~=_[](){}"
_URL: Final = LazyPattern(r"https?://\S+")
_LABEL_MAX_CHARS: Final = 160
_OPENING_CHARS: Final = 3
# The first three letters of all that the patterns of labels, and of notices, can begin with; a
# shorter first word is whole. `_may_open` asks them, a test derives them from the patterns.
_LABEL_OPENINGS: Final = frozenset(
    [
        "abo", "ad", "add", "adv", "aft", "all", "alr", "als", "ana", "aro", "art", "bac", "be",
        "bre", "buy", "bài", "báo", "bìn", "bạn", "bấm", "chi", "chư", "chủ", "cli", "com", "con",
        "cop", "cre", "cur", "cài", "các", "có", "cók", "cùn", "cỡ", "did", "dis", "don", "dur",
        "dàn", "edi", "ema", "enl", "exp", "ext", "fac", "fb", "fea", "fil", "fin", "fli", "fol",
        "fon", "fro", "ful", "fur", "gal", "get", "gif", "giọ", "goo", "gợi", "gửi", "hid", "hiể",
        "hãy", "if", "ima", "in", "ins", "joi", "jum", "kee", "khá", "lat", "lea", "lik", "lin",
        "lis", "liv", "liê", "loa", "log", "lên", "lưu", "lượ", "lấy", "man", "mes", "mor", "mos",
        "mus", "my", "mặc", "mời", "mở", "mục", "new", "nex", "ngh", "nhấ", "nhậ", "no", "now",
        "nội", "of", "on", "ope", "opi", "oth", "pai", "pho", "phó", "pic", "pin", "pla", "ple",
        "pod", "pol", "pop", "pos", "pre", "pri", "pro", "pub", "qua", "qué", "quý", "quả", "rat",
        "rea", "rec", "red", "reg", "rel", "rem", "rep", "rss", "sao", "sav", "scr", "see", "sen",
        "sha", "sho", "sig", "sim", "ski", "sli", "spo", "sto", "str", "sub", "sug", "số", "sự",
        "tab", "tag", "tel", "ter", "tex", "tha", "the", "thi", "thr", "thu", "thí", "thô", "thờ",
        "tik", "tin", "tiê", "tod", "tog", "top", "tra", "tre", "trở", "tum", "twe", "twi", "tải",
        "tất", "tắt", "tốc", "từ", "up", "use", "vib", "vid", "vie", "viế", "vui", "về", "was",
        "wat", "wha", "wri", "xem", "xin", "yes", "you", "zal", "đan", "đán", "đăn", "đượ", "để",
        "đọc", "độc", "đừn", "ảnh",
    ]
)  # fmt: skip
_NOTICE_OPENINGS: Final = frozenset(
    [
        "act", "all", "an", "any", "by", "bìn", "bạn", "bản", "bằn", "cat", "chú", "com", "cop",
        "cre", "cấm", "do", "don", "dow", "ema", "ena", "enj", "ent", "exc", "fin", "fol", "for",
        "get", "got", "hav", "hel", "hãy", "jav", "joi", "khi", "khô", "lis", "med", "new", "ngh",
        "nhậ", "no", "opi", "our", "ple", "rec", "reg", "rep", "sig", "sor", "sub", "sup", "tha",
        "the", "thi", "tiế", "to", "tra", "try", "trì", "tur", "tải", "unl", "us", "vie", "vis",
        "vui", "we", "web", "xin", "you", "đăn", "để",
    ]
)  # fmt: skip


def is_boilerplate(text: str) -> bool:
    """Return whether a line belongs to the page and not to its article: a label or a notice.

    >>> is_boilerplate("Bình luận (0)"), is_boilerplate("Sign up for our daily newsletter")
    (True, True)
    >>> is_boilerplate("Bình luận về trận đấu, ông Tư nói đội nhà đã chơi hay.")
    False
    """
    if "://" in text or len(text) > _NOTICE_MAX_CHARS:
        return is_label(text) or is_notice(text)
    line = text.lower()  # once for both: every paragraph of every page is asked
    return _is_label(line) or _is_notice(line)


def is_label(text: str) -> bool:
    """Return whether a short line heads a list of other articles or names a control of the page.

    >>> is_label("Tin cùng chuyên mục"), is_label("Chia sẻ bài viết"), is_label("READ MORE: Tides")
    (True, True, True)
    >>> is_label("Xem thêm: Chợ quê ngày giáp Tết"), is_label("Chia sẻ về mùa màng, bà Tư cười:")
    (True, False)
    """
    bare = _URL.sub("", text) if "://" in text else text
    if len(bare) > 2 * _LABEL_MAX_CHARS:  # lower() of a paragraph takes a microsecond
        return False
    return _is_label(bare.lower())


def _is_label(lower: str) -> bool:
    line = lower.strip()
    if not 0 < len(line) <= _LABEL_MAX_CHARS or not _may_open(line, _LABEL_OPENINGS):
        return False
    if _RELATED_LINE.fullmatch(line) is not None:
        return True
    return _CONTROL_LINE.fullmatch(line.strip(_DECORATION)) is not None


def _may_open(line: str, openings: frozenset[str]) -> bool:
    """Return whether a line in small letters begins with one of the openings, or with a sign.

    Of ten paragraphs eight do not; asking them the patterns, which try a hundred phrases, took a
    tenth of what the page's tree takes.
    """
    opening = line[:_OPENING_CHARS].rstrip()
    return opening in openings or not opening.isalpha()


def heads_other_texts(text: str) -> bool:
    """Return whether a line heads a box of other articles or of readers' comments.

    >>> heads_other_texts("Tin liên quan"), heads_other_texts("View comments (3)")
    (True, True)
    >>> heads_other_texts("Quảng cáo")
    False
    """
    line = text.strip(_DECORATION + ":.…>»").lower()
    if not 0 < len(line) <= _LABEL_MAX_CHARS:
        return False
    return _RELATED_HEAD.fullmatch(line) is not None or heads_comments(text)


def may_be_subhead(text: str) -> bool:
    """Return whether a line that reads like a control may head a part of a text as well.

    >>> may_be_subhead("Đánh giá"), may_be_subhead("Quảng cáo")
    (True, False)
    """
    return text.strip(" :").lower() in _SUBHEADS


def may_head_paragraph(text: str) -> bool:
    """Return whether a label is a subhead where a paragraph of the text stands right below it.

    >>> may_head_paragraph("Bình luận"), may_head_paragraph("Bình luận (4)")
    (True, False)
    """
    return text.strip(_DECORATION + ":").lower() in _SUBHEADS_ABOVE_TEXT


def heads_comments(text: str) -> bool:
    """Return whether a line heads the readers' comments or the form for them.

    >>> heads_comments("Ý kiến bạn đọc (4)"), heads_comments("Leave a Reply")
    (True, True)
    """
    return _COMMENTS_HEAD.fullmatch(text.strip(_DECORATION + ":").lower()) is not None


def is_notice(text: str) -> bool:
    """Return whether the text speaks of cookies, scripts, newsletters, comments or rights.

    >>> is_notice("Trang web này sử dụng cookie để nâng cao trải nghiệm của bạn.")
    True
    >>> is_notice("© 2024 Sông Vệ Media. All rights reserved."), is_notice("Bà Tư bán bánh quy.")
    (True, False)
    """
    return len(text) <= _NOTICE_MAX_CHARS and _is_notice(text.lower())


def _is_notice(line: str) -> bool:
    if len(line) <= _RIGHTS_MAX_CHARS and "rights reserved" in line and _RIGHTS_END.search(line):
        return True
    is_suspicious = any(map(line.__contains__, _WITHIN_WORDS))
    is_one = _may_open(line, _NOTICE_OPENINGS) and _NOTICE.match(line)
    is_one = is_one or (is_suspicious and _NOTICE_WITHIN.match(line))
    return bool(is_one) and _REPORTED.search(line) is None


def is_imprint(text: str) -> bool:
    """Return whether the line is of the imprint: the newspaper's publisher, licence, editors.

    >>> is_imprint("Giấy phép số 12/GP-BTTTT"), is_imprint("Xã cấp giấy phép xây dựng")
    (True, False)
    """
    return _IMPRINT_BEGINNING.match(text) is not None


def is_contact(text: str) -> bool:
    """Return whether the line states a postal address, a telephone number or a mail address.

    Such a line is kept in an article, but does not make a box look like one.
    """
    return _CONTACT_BEGINNING.match(text) is not None
