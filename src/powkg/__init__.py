"""powkg: a knowledge graph of the Japanese prisoners of war in Soviet captivity, and the software that serves it."""
