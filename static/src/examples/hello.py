# Press Run, then answer in the terminal.
name = input("What is your name? ")
year = int(input("In which year were you born? "))

print()
print(f"Hello, {name}!")
print(f"In 2050 you will be {2050 - year} years old.")
