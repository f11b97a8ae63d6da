shopping = []

while True:
    print()
    print(f"{len(shopping)} things on your list: {', '.join(shopping) or 'nothing yet'}")
    choice = input("[a]dd, [r]emove or [q]uit? ")
    if choice == "a":
        shopping.append(input("What do you need? "))
    elif choice == "r":
        thing = input("What do you have? ")
        if thing in shopping:
            shopping.remove(thing)
        else:
            print(f"There is no {thing} on your list.")
    elif choice == "q":
        break

print("Happy shopping!")
