width = float(input("Width? "))
height = float(input("Height? "))
print("Area:", width * height)
print("Perimeter:", 2 * (width + height))
