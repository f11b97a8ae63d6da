# A program of two files: drawing.py is the other tab.
import drawing

width = int(input("How wide? "))
drawing.box(width)
print()
drawing.diamond(width)
