#include <stdio.h>

int search(const int numbers[], int count, int wanted) {
    int low = 0, high = count - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        if (numbers[middle] == wanted)
            return middle;
        if (numbers[middle] < wanted)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return -1;
}

int main(void) {
    int numbers[] = {1, 3, 5, 7, 9, 11}, wanted;

    for (int i = 0; i < 2; i++) {
        printf("Wanted? ");
        scanf("%d", &wanted);
        int place = search(numbers, sizeof numbers / sizeof numbers[0], wanted);
        if (place < 0)
            printf("%d is not there\n", wanted);
        else
            printf("%d is at %d\n", wanted, place);
    }
    return 0;
}
