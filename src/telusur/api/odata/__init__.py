"""OData 4.0 minimal: the open data for Excel and whatever else asks by OData."""
