"""What leaves the room as a file: a figure's card and line, the press sheet, the monthly report."""
