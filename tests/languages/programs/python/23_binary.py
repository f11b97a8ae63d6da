number = int(input("Number? "))
digits = ""
while number > 0:
    digits = str(number % 2) + digits
    number //= 2
print(digits)
