def search(numbers, wanted):
    low, high = 0, len(numbers) - 1
    while low <= high:
        middle = (low + high) // 2
        if numbers[middle] == wanted:
            return middle
        if numbers[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return None


numbers = [1, 3, 5, 7, 9, 11]
for _ in range(2):
    wanted = int(input("Wanted? "))
    place = search(numbers, wanted)
    print(wanted, "is not there" if place is None else f"is at {place}")
