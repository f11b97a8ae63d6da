def divisor(a, b):
    while b:
        a, b = b, a % b
    return a


first, second = int(input("First? ")), int(input("Second? "))
print("Greatest common divisor:", divisor(first, second))
