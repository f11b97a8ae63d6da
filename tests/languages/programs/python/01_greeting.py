name = input("Name? ")
age = int(input("Age? "))
print(f"Hello, {name}!")
print("Next year you will be " + str(age + 1) + ".")
