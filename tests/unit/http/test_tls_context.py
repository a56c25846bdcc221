"""One TLS context for all newspapers of a process, and one of its own where nothing is verified."""

from ssl import CERT_NONE, CERT_REQUIRED, TLSVersion

from scrapy.settings import BaseSettings

from newscrawl.http.tls_context import tls_context, unverified_context

VERIFIED = {"DOWNLOAD_VERIFY_CERTIFICATES": True}


def test_newspapers_with_the_same_settings_share_a_context() -> None:
    one = tls_context(BaseSettings(VERIFIED))
    assert tls_context(BaseSettings({**VERIFIED, "DOWNLOAD_DELAY": 2})) is one
    assert (one.verify_mode, one.check_hostname) == (CERT_REQUIRED, True)
    assert one.cert_store_stats()["x509"] > 0


def test_other_tls_settings_have_another_context() -> None:
    one = tls_context(BaseSettings(VERIFIED))
    other = tls_context(BaseSettings({**VERIFIED, "DOWNLOAD_TLS_MIN_VERSION": "TLSv1.3"}))
    assert other is not one
    assert other.minimum_version == TLSVersion.TLSv1_3


def test_a_newspaper_that_verifies_nothing_changes_nobody_elses_context() -> None:
    shared = tls_context(BaseSettings(VERIFIED))
    own = unverified_context(BaseSettings(VERIFIED))
    assert (own.verify_mode, own.check_hostname) == (CERT_NONE, False)
    assert (shared.verify_mode, shared.check_hostname) == (CERT_REQUIRED, True)
