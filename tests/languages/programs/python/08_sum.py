limit = int(input("Up to? "))
total = 0
number = 1
while number <= limit:
    total += number
    number += 1
print("Sum:", total)
