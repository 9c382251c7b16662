"""Charts of indicators: facts -> words and a picture -> SVG and PNG, drawn once and kept."""
