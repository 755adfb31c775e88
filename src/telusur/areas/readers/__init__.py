"""Where areas come from: the package that ships with the house, and the files that an office brings."""
