#include <stdio.h>

#define MOST 1000

int main(void) {
    int crossed_out[MOST + 1] = {0};
    int limit;

    printf("Up to? ");
    scanf("%d", &limit);
    for (int number = 2; number <= limit && number <= MOST; number++) {
        if (crossed_out[number])
            continue;
        printf("%d ", number);
        for (int multiple = number * number; multiple <= MOST; multiple += number)
            crossed_out[multiple] = 1;
    }
    putchar('\n');
    return 0;
}
