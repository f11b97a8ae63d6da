for _ in range(2):
    a = int(input("Dividend? "))
    b = int(input("Divisor? "))
    try:
        print(f"{a} / {b} = {a // b}")
    except ZeroDivisionError:
        print("Cannot divide by zero")
