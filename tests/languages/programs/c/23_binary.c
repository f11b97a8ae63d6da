#include <stdio.h>

void print_binary(unsigned number) {
    if (number > 1)
        print_binary(number >> 1);
    putchar('0' + (number & 1));
}

int main(void) {
    unsigned number;

    printf("Number? ");
    scanf("%u", &number);
    print_binary(number);
    putchar('\n');
    return 0;
}
