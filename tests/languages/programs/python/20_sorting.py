def bubble_sort(numbers):
    for end in range(len(numbers) - 1, 0, -1):
        for i in range(end):
            if numbers[i] > numbers[i + 1]:
                numbers[i], numbers[i + 1] = numbers[i + 1], numbers[i]


numbers = []
for i in range(4):
    numbers.append(int(input("Number? ")))
bubble_sort(numbers)
print(*numbers)
