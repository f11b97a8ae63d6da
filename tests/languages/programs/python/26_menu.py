total = 0
choice = ""
while choice != "3":
    print("1 add  2 show  3 quit")
    choice = input("> ")
    if choice == "1":
        total += int(input("Amount? "))
    elif choice == "2":
        print("Total:", total)
print("Bye")
