#include <stdio.h>

int main(void) {
    int number;

    printf("Start? ");
    scanf("%d", &number);
    printf("%d", number);
    while (number != 1) {
        number = number % 2 == 0 ? number / 2 : 3 * number + 1;
        printf(" %d", number);
    }
    printf("\n");
    return 0;
}
