"""One small valid article, and any article the schema allows."""

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, get_args

from hypothesis import strategies as st

from newscrawl.items import (
    VIETNAM,
    Article,
    Evidence,
    Image,
    Kind,
    Precision,
)

HASH = "sha256:" + "0" * 64
FETCHED = datetime(2026, 11, 23, 16, 7, 5, tzinfo=UTC)
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def make_article(**changes: Any) -> Article:
    """A valid article with no more than it needs, changed where a test says so."""
    fields: dict[str, Any] = {
        "id": "baothu:202506-75f1237",
        "newspaper": "baothu",
        "url": "https://baothu.vn/kinh-te/202506/mua-che-75f1237/",
        "headline": "Mùa chè trên đồi Khau Tinh",
        "body": "Sương vừa tan, nương chè đã đông người hái.",
        "published_at": datetime(2025, 6, 18, 11, 59, tzinfo=VIETNAM),
        "published_date": date(2025, 6, 18),
        "published_precision": "minute",
        "published_source": "page",
        "first_seen_at": FETCHED,
        "fetched_at": FETCHED,
        "content_hash": HASH,
        "extractor": "newscrawl/1.0.0 baothu/a1.1",
        "run_id": "20261123T160700Z",
    }
    return Article(**(fields | changes))


def story_of(text: str, key: str = "1", **changes: Any) -> Article:
    """An article of the paper "bao" with that body and its hash, as the run r1 read it at noon."""
    fields: dict[str, Any] = {
        "id": f"bao:{key}",
        "newspaper": "bao",
        "url": f"https://bao.vn/gat-lua-{key}.html",
        "headline": "Gặt lúa",
        "body": text,
        "first_seen_at": NOON,
        "fetched_at": NOON,
        "content_hash": f"sha256:{sha256(text.encode()).hexdigest()}",
        "run_id": "r1",
    }
    return make_article(**(fields | changes))


# Any article the schema allows ------------------------------------------------------------------

words = st.text(
    st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1, max_size=20
) | st.sampled_from(["Thượng Lâm", "- Sáng 23-1", 'Ông "Tư"', "a\nb", "\u2028", "0", "None"])
optional_words = st.none() | words
several_words = st.lists(words, max_size=3).map(tuple)
moments = st.builds(
    datetime.fromtimestamp,
    st.integers(-767_664_000, 4_102_444_800),  # 2 September 1945 to the year 2100
    st.sampled_from([UTC, VIETNAM]),
)
images = st.builds(Image, url=words, caption=optional_words, credit=optional_words)


@st.composite
def any_article(draw: st.DrawFn) -> Article:
    """An article whose fields agree with each other, as the validator asks."""
    newspaper = draw(st.from_regex(r"[a-z0-9_]{1,12}", fullmatch=True))
    published = draw(st.none() | moments)
    gone = draw(st.none() | moments)
    path = draw(several_words)
    body = draw(optional_words)
    pictures = draw(st.lists(images, min_size=0 if body else 1, max_size=2).map(tuple))
    return Article(
        id=f"{newspaper}:{draw(st.from_regex(r'[A-Za-z0-9._-]{1,20}', fullmatch=True))}",
        newspaper=newspaper,
        url="https://" + draw(words),
        headline=draw(words),
        lead=draw(optional_words),
        body=body,
        captions=draw(several_words),
        images=pictures,
        authors=draw(several_words),
        byline=draw(optional_words),
        source=draw(optional_words),
        source_url=draw(optional_words),
        source_line=draw(optional_words),
        section=path[-1] if path else None,
        section_path=path,
        tags=draw(several_words),
        kind=draw(st.sampled_from(get_args(Kind))),
        lang=draw(st.sampled_from(["vi", "en"])),
        published_at=published,
        published_date=published.astimezone(VIETNAM).date() if published else None,
        published_precision=draw(st.sampled_from(get_args(Precision)[:-1])) if published else "",
        published_raw=draw(optional_words),
        published_source=draw(st.sampled_from(get_args(Evidence)[:-1])) if published else "",
        modified_at=draw(st.none() | moments),
        first_seen_at=draw(moments),
        fetched_at=draw(moments),
        http_status=draw(st.integers(100, 599)),
        revision=draw(st.integers(1, 1_000)),
        status="gone" if gone else "live",
        gone_at=gone,
        content_hash=draw(st.from_regex(r"sha256:[0-9a-f]{64}", fullmatch=True)),
        raw_ref=draw(optional_words),
        extractor=draw(st.just("") | words),
        run_id=draw(st.just("") | words),
        duplicate_of=draw(optional_words),
        syllable_count=draw(st.integers(0, 10_000)),
        warnings=draw(several_words),
    )
