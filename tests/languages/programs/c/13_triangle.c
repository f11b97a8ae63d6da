#include <stdio.h>

int main(void) {
    int rows;

    printf("Rows? ");
    scanf("%d", &rows);
    for (int row = 1; row <= rows; row++) {
        for (int column = 0; column < row; column++)
            putchar('*');
        putchar('\n');
    }
    return 0;
}
