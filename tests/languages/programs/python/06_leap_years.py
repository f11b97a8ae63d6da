def is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


for _ in range(2):
    year = int(input("Year? "))
    print(f"{year}: {'yes' if is_leap(year) else 'no'}")
