#include <stdio.h>

#define ROWS 2
#define COLUMNS 3

int main(void) {
    int matrix[ROWS][COLUMNS] = {{1, 2, 3}, {4, 5, 6}};
    int transposed[COLUMNS][ROWS];

    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            transposed[column][row] = matrix[row][column];
    for (int row = 0; row < COLUMNS; row++)
        printf("%d %d\n", transposed[row][0], transposed[row][1]);
    return 0;
}
