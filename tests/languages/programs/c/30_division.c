#include <stdio.h>

int divide(int a, int b, int *result) {
    if (b == 0)
        return -1;
    *result = a / b;
    return 0;
}

int main(void) {
    for (int i = 0; i < 2; i++) {
        int a, b, result;
        printf("Dividend? ");
        scanf("%d", &a);
        printf("Divisor? ");
        scanf("%d", &b);
        if (divide(a, b, &result) != 0)
            fprintf(stderr, "Cannot divide by zero\n");
        else
            printf("%d / %d = %d\n", a, b, result);
    }
    return 0;
}
