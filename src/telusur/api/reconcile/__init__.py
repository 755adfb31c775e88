"""W3C Reconciliation Service API 0.2: a spreadsheet of names and numbers against the register, from OpenRefine."""
