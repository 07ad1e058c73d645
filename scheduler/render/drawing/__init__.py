"""How a picture is drawn: boxes, letters, marks, and the parts of the poster."""
