"""How well searches find what they should, measured on test collections."""
