"""Thumbnails, drawn by a service of their own."""

from uuid import UUID

import httpx

from app.core.config import settings
from app.core.errors import DomainError


class RenderServiceError(DomainError):
    status_code = 502


class ThumbnailService:
    async def render(self, scene_id: UUID, width: int, height: int) -> bytes:
        async with httpx.AsyncClient(base_url=settings.RENDER_SERVICE_URL, timeout=20) as client:
            response = await client.post(
                "/render",
                json={"scene": str(scene_id), "width": width, "height": height},
            )
        if response.status_code != httpx.codes.OK:
            raise RenderServiceError("the render service is not available")
        return response.content
