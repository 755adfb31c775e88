"""What leaves the house: the change sheet (XLSX) and the letter to the ministry (PDF). Two runs give the same bytes."""
