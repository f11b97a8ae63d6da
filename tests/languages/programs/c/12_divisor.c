#include <stdio.h>

int divisor(int a, int b) { return b == 0 ? a : divisor(b, a % b); }

int main(void) {
    int first, second;

    printf("First? ");
    scanf("%d", &first);
    printf("Second? ");
    scanf("%d", &second);
    printf("Greatest common divisor: %d\n", divisor(first, second));
    return 0;
}
