"""What QGIS reads of a service or a file, as JSON. Run by the Python that Debian's python3-qgis is made for, not by ours.

    QT_QPA_PLATFORM=offscreen /usr/bin/python3 tests/rooms/api/qgis_layers.py SITE COLLECTION [FILE.geojson]

Out: for the service, and for the file where one is named: whether the layer is valid, its reference system, how many
features it says and gives, each one's attributes as text and its geometry as WKT.
"""

import json
import os
import sys

from qgis.core import QgsApplication, QgsFeatureRequest, QgsVectorLayer
from qgis.PyQt.QtCore import QDate, QVariant


def text_of(value: object) -> str:
    if value is None or (isinstance(value, QVariant) and value.isNull()):
        return ""
    if isinstance(value, QDate):
        return value.toString("yyyy-MM-dd")
    return str(value).lower() if isinstance(value, bool) else str(value)


def layer_told(layer: QgsVectorLayer) -> dict[str, object]:
    names = [field.name() for field in layer.fields()]
    features = list(layer.getFeatures())
    return {
        "valid": layer.isValid(),
        "reference": layer.crs().authid(),
        "count": layer.featureCount(),
        "types": {field.name(): field.typeName() for field in layer.fields()},
        "rows": [{name: text_of(each[name]) for name in names} for each in features],
        "shapes": [each.geometry().asWkt(6) if each.hasGeometry() else "" for each in features],
    }


def main() -> None:
    site, collection, *files = sys.argv[1:]
    program = QgsApplication([], False)
    program.initQgis()
    asked = f"url='{site}/ogc/' typename='{collection}' pageSize='7'"
    layer = QgsVectorLayer(asked, collection, "OAPIF")
    told = {"service": layer_told(layer)}
    box = layer.extent().scaled(0.5)
    inside = [each.geometry().intersects(box) for each in layer.getFeatures() if each.hasGeometry()]
    within = QgsVectorLayer(asked, collection, "OAPIF").getFeatures(QgsFeatureRequest(box))
    told["box"] = {"asked": len(list(within)), "counted": sum(inside)}
    if files:
        told["file"] = layer_told(QgsVectorLayer(files[0], collection, "ogr"))
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    # Its layers would be taken down behind it, which ends in a fault of memory.
    os._exit(0)


main()
