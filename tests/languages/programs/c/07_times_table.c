#include <stdio.h>

int main(void) {
    int number, factor;

    printf("Which table? ");
    scanf("%d", &number);
    for (factor = 1; factor <= 10; factor++) {
        printf("%d x %d = %d\n", number, factor, number * factor);
    }
    return 0;
}
