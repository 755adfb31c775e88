"""OGC API Features 1.0: the open data for QGIS and whatever else asks by GDAL."""
