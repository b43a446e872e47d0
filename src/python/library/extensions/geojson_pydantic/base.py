"""https://developmentseed.org/geojson-pydantic/intro/"""
from typing import Optional

from geojson_pydantic.types import BBox
from pydantic import BaseModel, model_serializer


class _GeoJsonBase(BaseModel):
    bbox: Optional[BBox] = None

    @property
    def __geo_interface__(self):
        return self.model_dump(mode="json")

    @model_serializer(when_used="always", mode="wrap")
    def clean_model(self, serializer, info):
        return serializer(self)
