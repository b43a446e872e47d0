"""https://developmentseed.org/geojson-pydantic/ and https://datatracker.ietf.org/doc/html/rfc7946#section-3.1.1"""
from typing import Annotated, List, NamedTuple, Tuple, Union

from pydantic import Field

BBox = Union[Tuple[float, float, float, float], Tuple[float, float, float, float, float, float]]

Position2D = NamedTuple("Position2D", [("longitude", float), ("latitude", float)])
Position3D = NamedTuple("Position3D", [("longitude", float), ("latitude", float), ("altitude", float)])
Position = Union[Position2D, Position3D]

LineStringCoords = Annotated[List[Position], Field(min_length=2)]
LinearRing = Annotated[List[Position], Field(min_length=4)]
MultiPointCoords = List[Position]
MultiLineStringCoords = List[LineStringCoords]
PolygonCoords = List[LinearRing]
MultiPolygonCoords = List[PolygonCoords]
