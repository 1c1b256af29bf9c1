"""A small UI kit: widgets, forms and focus for keys, mouse and gamepad."""
