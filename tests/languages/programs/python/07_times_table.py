number = int(input("Which table? "))
for factor in range(1, 11):
    print(number, "x", factor, "=", number * factor)
