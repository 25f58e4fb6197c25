"""`/metrics`, for Prometheus: whoever sees it sees how many play and when, so that it is not for everybody."""

from ipaddress import ip_address
from typing import Final, Literal

from fastapi import APIRouter, HTTPException, Request, Response
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from game.http.answers import content, refusals
from game.http.asker import Askers

Access = Literal["local", "open", "off"]
"""Who may ask: this machine and the owner, everybody, or nobody."""
_signs_of_a_proxy: Final = ("x-forwarded-for", "forwarded", "x-real-ip", "x-forwarded-host", "via")
_not_for_you: Final = (
    "Metrics are for this machine alone, without a proxy between, and for whoever sends the owner's token (`Authorization: Bearer ...`). "
    "GUESSTROKE_METRICS=open lets everybody see them."
)


def router(registry: CollectorRegistry, askers: Askers, access: Access) -> APIRouter:
    """Return `/metrics`; nothing if it is off."""
    metrics = APIRouter(tags=["operating"])
    if access == "off":
        return metrics

    @metrics.get("/metrics", response_class=Response, responses=content("text/plain", "application/openmetrics-text") | refusals(403))
    async def scrape(request: Request) -> Response:
        """What Prometheus reads, in its own format or as OpenMetrics."""
        if access == "local" and not _is_local(request) and not askers.is_admin(request):
            raise HTTPException(403, _not_for_you)
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        return Response(encode(registry), headers={"Content-Type": media_type, "Cache-Control": "no-store"})

    return metrics


def _is_local(request: Request) -> bool:
    """Whether a program on this machine asks for itself: behind a proxy on this machine everybody comes from here."""
    if request.client is None or any(name in request.headers for name in _signs_of_a_proxy):
        return False
    try:
        return ip_address(request.client.host).is_loopback
    except ValueError:
        return False
