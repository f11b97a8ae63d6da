#include <stdio.h>

int main(void) {
    int choice, amount, total = 0;

    do {
        printf("1 add  2 show  3 quit\n> ");
        if (scanf("%d", &choice) != 1)
            return 1;
        switch (choice) {
        case 1:
            printf("Amount? ");
            scanf("%d", &amount);
            total += amount;
            break;
        case 2:
            printf("Total: %d\n", total);
            break;
        }
    } while (choice != 3);
    printf("Bye\n");
    return 0;
}
