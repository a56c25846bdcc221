"""Requests and their responses as the handler hands them to the archive."""

from datetime import datetime

from newscrawl.http.exchange import Exchange, Headers


def exchange(
    url: str,
    body: bytes,
    at: datetime,
    *,
    status: int = 200,
    reason: str = "OK",
    headers: Headers = (),
    request_headers: Headers = (),
    ip: str | None = None,
) -> Exchange:
    return Exchange(
        url=url,
        request_headers=request_headers,
        status=status,
        reason=reason,
        http_version="HTTP/1.1",
        response_headers=headers,
        body=body,
        ip=ip,
        started_at=at,
        received_at=at,
    )
