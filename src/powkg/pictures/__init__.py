"""The parts of a picture: colours, fonts, boxes and their arrangement. `powkg.drawing` puts them together."""
