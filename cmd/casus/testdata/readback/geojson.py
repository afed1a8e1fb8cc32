"""Reads GeoJSON with shapely and prints a summary as JSON."""
import json
import sys

from shapely.geometry import box, shape

features = json.load(open(sys.argv[1], encoding="utf-8"))["features"]
black_sea = box(27, 40, 42, 47)
print(json.dumps({
    "features": len(features),
    "events": sorted({f["properties"]["event"] for f in features}),
    "blackSea": sorted({f["properties"]["event"] for f in features if black_sea.intersects(shape(f["geometry"]))}),
    "valid": all(shape(f["geometry"]).is_valid for f in features),
    "titles": sorted({f["properties"]["title"] for f in features}),
    "killed": sum({f["properties"]["event"]: f["properties"].get("killed", 0) for f in features}.values()),
}))
