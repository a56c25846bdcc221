"""Questions to a site go through what a crawl's requests go through, and are counted."""

from typing import Any

import pytest
from scrapy.settings import Settings

from newscrawl.cli.site_questions import Questions, UnansweredError, questioned
from newscrawl.discovery.site_look import SiteAnswer
from tests.support.strangers import drupal
from tests.support.strangers.serving import Answer, Serving, serving

HOST = drupal.HOST
HOME = f"https://{HOST}"


def settings(mirror: str, **other: Any) -> Settings:
    found = Settings()
    found.setmodule("newscrawl.settings", priority="project")
    quick = {"DOWNLOAD_DELAY": 0, "BACKOFF_S": 0.001, "BACKOFF_MAX_S": 0.001, "MIRROR": mirror}
    found.setdict({**quick, "LOG_LEVEL": "CRITICAL", **other}, priority="cmdline")
    return found


def asked(paper: Serving, *urls: str, most: int = 40) -> list[SiteAnswer]:
    async def work(questions: Questions) -> list[SiteAnswer]:
        return [await questions.ask(url) for url in urls]

    return questioned({HOST}, settings(paper.mirror), work, most)


def changed(paper: Serving, path: str, answer: Answer) -> None:
    paper.changed = lambda target, found: answer if target == path else found


def test_an_answer_comes_as_a_document_with_its_headers() -> None:
    with serving(drupal.SITE) as paper:
        (found,) = asked(paper, f"{HOME}/thoi-su")
    assert found.document is not None
    assert (found.document.url, found.document.status) == (f"{HOME}/thoi-su", 200)
    assert found.document.headers["content-type"] == "text/html; charset=utf-8"
    assert found.told.startswith("200 text/html, ")


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (Answer("", 404), "HTTP 404"),
        (Answer("", 503), "HTTP 503"),
        (Answer("<html><body>nửa trang"), "no page: cut_off"),
        (Answer("", 302, headers={"Location": "https://baokhac.vn/a"}),
         "redirects to another host: https://baokhac.vn/a"),
        (Answer("", 302, headers={"Location": "http://169.254.169.254/"}),
         "redirects to another host: http://169.254.169.254/"),
    ],
)  # fmt: skip
def test_a_bad_answer_is_told(answer: Answer, why: str) -> None:
    with serving(drupal.SITE) as paper:
        changed(paper, "/thoi-su", answer)
        (found,) = asked(paper, f"{HOME}/thoi-su")
    assert (found.document, found.why) == (None, why)


def test_robots_txt_and_foreign_hosts_forbid() -> None:
    with serving(drupal.SITE) as paper:
        found = asked(paper, f"{HOME}/user/login", "https://baokhac.vn/", "http://127.0.0.1:9/")
        assert set(paper.asked) == {"/robots.txt", "/.well-known/tdmrep.json"} & set(paper.asked)
    assert [one.why.partition(":")[0] for one in found] == [
        "forbidden by robots.txt",
        "forbidden",
        "forbidden",
    ]


def test_no_request_is_sent_beyond_the_bound() -> None:
    with serving(drupal.SITE) as paper:
        found = asked(paper, *(f"{HOME}/thoi-su?page={n}" for n in range(9)), most=5)
        assert sum(paper.asked.values()) == 5
    assert [one.why for one in found[-2:]] == ["not asked: 5 requests"] * 2


def test_the_sitemaps_of_robots_txt_are_known_after_the_first_question() -> None:
    async def work(questions: Questions) -> tuple[list[str], list[str]]:
        before = list(questions.sitemaps())
        await questions.ask(f"{HOME}/")
        return before, list(questions.sitemaps())

    with serving(drupal.SITE) as paper:
        text = f"User-agent: *\nDisallow:\nSitemap: {HOME}/map.xml\n"
        changed(paper, "/robots.txt", Answer(text, content_type="text/plain"))
        found = questioned({HOST}, settings(paper.mirror), work, 40)
    assert found == ([], [f"{HOME}/map.xml"])


@pytest.mark.filterwarnings("ignore")
def test_work_that_breaks_is_told() -> None:
    async def work(questions: Questions) -> None:
        raise ValueError(str(questions.requests))

    with serving(drupal.SITE) as paper, pytest.raises(UnansweredError):
        questioned({HOST}, settings(paper.mirror), work, 40)
