"""https://datatracker.ietf.org/doc/html/rfc7946#section-3.2"""
from typing import Annotated, Any, Dict, Generic, List, Literal, Optional, TypeVar, Union

from geojson_pydantic.base import _GeoJsonBase
from geojson_pydantic.geometries import Geometry
from pydantic import BaseModel, Field, StrictFloat, StrictInt, StrictStr

Props = TypeVar("Props", bound=Union[Dict[str, Any], BaseModel])
Geom = TypeVar("Geom", bound=Geometry)


class Feature(_GeoJsonBase, Generic[Geom, Props]):
    """Feature Model"""

    type: Literal["Feature"]
    geometry: Union[Geom, None] = Field(...)
    properties: Union[Props, None] = Field(...)
    id: Optional[Union[StrictInt, Annotated[StrictFloat, Field(allow_inf_nan=False)], StrictStr]] = None


Feat = TypeVar("Feat", bound=Feature)


class FeatureCollection(_GeoJsonBase, Generic[Feat]):
    """FeatureCollection Model"""

    type: Literal["FeatureCollection"]
    features: List[Feat]
