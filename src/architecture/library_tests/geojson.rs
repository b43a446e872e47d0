//! geojson-pydantic.

use expect_test::expect;

use crate::architecture::fixture::check_schemas;

#[test]
fn features_have_geometries_and_properties() {
    check_schemas(
        r#"
#- /main.py
from fastapi import FastAPI
from geojson_pydantic import Feature, FeatureCollection, Point
from pydantic import BaseModel

class Properties(BaseModel):
    name: str

app = FastAPI()

@app.post("/near")
def near(center: Point) -> FeatureCollection[Feature[Point, Properties]]: ...
"#,
        expect![[r##"
            FeatureCollection_Feature_Point__Properties__ {"type":"object","properties":{"bbox":{"anyOf":[{"type":"array","prefixItems":[{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"}],"minItems":4,"maxItems":4},{"type":"array","prefixItems":[{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"}],"minItems":6,"maxItems":6},{"type":"null"}],"title":"Bbox"},"type":{"const":"FeatureCollection","type":"string","title":"Type"},"features":{"type":"array","items":{"$ref":"#/components/schemas/Feature_Point_Properties_"},"title":"Features"}},"required":["type","features"],"title":"FeatureCollection[Feature[Point, Properties]]"}
            Feature_Point_Properties_ {"type":"object","properties":{"bbox":{"anyOf":[{"type":"array","prefixItems":[{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"}],"minItems":4,"maxItems":4},{"type":"array","prefixItems":[{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"}],"minItems":6,"maxItems":6},{"type":"null"}],"title":"Bbox"},"type":{"const":"Feature","type":"string","title":"Type"},"geometry":{"anyOf":[{"$ref":"#/components/schemas/Point"},{"type":"null"}]},"properties":{"anyOf":[{"$ref":"#/components/schemas/Properties"},{"type":"null"}]},"id":{"anyOf":[{"type":"integer"},{"type":"number"},{"type":"string"},{"type":"null"}],"title":"Id"}},"required":["type","geometry","properties"],"title":"Feature[Point, Properties]"}
            Point {"type":"object","properties":{"bbox":{"anyOf":[{"type":"array","prefixItems":[{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"}],"minItems":4,"maxItems":4},{"type":"array","prefixItems":[{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"},{"type":"number"}],"minItems":6,"maxItems":6},{"type":"null"}],"title":"Bbox"},"type":{"const":"Point","type":"string","title":"Type"},"coordinates":{"anyOf":[{"$ref":"#/components/schemas/Position2D"},{"$ref":"#/components/schemas/Position3D"}],"title":"Coordinates"}},"required":["type","coordinates"],"title":"Point","description":"Point Model"}
            Position2D {"type":"array","maxItems":2,"minItems":2,"prefixItems":[{"type":"number","title":"Longitude"},{"type":"number","title":"Latitude"}]}
            Position3D {"type":"array","maxItems":3,"minItems":3,"prefixItems":[{"type":"number","title":"Longitude"},{"type":"number","title":"Latitude"},{"type":"number","title":"Altitude"}]}
            Properties {"type":"object","properties":{"name":{"type":"string","title":"Name"}},"required":["name"],"title":"Properties"}
        "##]],
    );
}
