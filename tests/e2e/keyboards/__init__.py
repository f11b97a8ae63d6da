"""Keyboards of the world: what their keys type, and the events that browsers make of them."""
