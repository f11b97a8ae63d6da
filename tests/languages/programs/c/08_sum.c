#include <stdio.h>

int main(void) {
    int limit, number = 1;
    long total = 0;

    printf("Up to? ");
    scanf("%d", &limit);
    while (number <= limit) {
        total += number;
        number++;
    }
    printf("Sum: %ld\n", total);
    return 0;
}
