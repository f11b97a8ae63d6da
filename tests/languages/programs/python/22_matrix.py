matrix = [[1, 2, 3], [4, 5, 6]]
transposed = [[row[column] for row in matrix] for column in range(3)]
for row in transposed:
    for number in row[:-1]:
        print(number, end=" ")
    print(row[-1])
