"""https://datatracker.ietf.org/doc/html/rfc7946#section-3.1"""
from typing import Annotated, Any, List, Literal, Union

from geojson_pydantic.base import _GeoJsonBase
from geojson_pydantic.types import (
    LineStringCoords,
    MultiLineStringCoords,
    MultiPointCoords,
    MultiPolygonCoords,
    PolygonCoords,
    Position,
)
from pydantic import Field


class _GeometryBase(_GeoJsonBase):
    type: str
    coordinates: Any

    @classmethod
    def create(cls, **kwargs):
        return cls(**{"type": cls.__name__, **kwargs})


class Point(_GeometryBase):
    """Point Model"""

    type: Literal["Point"]
    coordinates: Position


class MultiPoint(_GeometryBase):
    """MultiPoint Model"""

    type: Literal["MultiPoint"]
    coordinates: MultiPointCoords


class LineString(_GeometryBase):
    """LineString Model"""

    type: Literal["LineString"]
    coordinates: LineStringCoords


class MultiLineString(_GeometryBase):
    """MultiLineString Model"""

    type: Literal["MultiLineString"]
    coordinates: MultiLineStringCoords


class Polygon(_GeometryBase):
    """Polygon Model"""

    type: Literal["Polygon"]
    coordinates: PolygonCoords

    @classmethod
    def from_bounds(cls, xmin, ymin, xmax, ymax):
        ring = [(xmin, ymin), (xmax, ymin), (xmax, ymax), (xmin, ymax), (xmin, ymin)]
        return cls(type="Polygon", coordinates=[ring])


class MultiPolygon(_GeometryBase):
    """MultiPolygon Model"""

    type: Literal["MultiPolygon"]
    coordinates: MultiPolygonCoords


class GeometryCollection(_GeoJsonBase):
    """GeometryCollection Model"""

    type: Literal["GeometryCollection"]
    geometries: List["Geometry"]


Geometry = Annotated[
    Union[Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon, GeometryCollection],
    Field(discriminator="type"),
]


def parse_geometry_obj(obj):
    kinds = {
        kind.__name__: kind
        for kind in (Point, MultiPoint, LineString, MultiLineString, Polygon, MultiPolygon, GeometryCollection)
    }
    return kinds[obj["type"]].model_validate(obj)
