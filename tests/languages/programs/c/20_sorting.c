#include <stdio.h>

void swap(int *a, int *b) {
    int kept = *a;
    *a = *b;
    *b = kept;
}

void bubble_sort(int numbers[], int count) {
    for (int end = count - 1; end > 0; end--)
        for (int i = 0; i < end; i++)
            if (numbers[i] > numbers[i + 1])
                swap(&numbers[i], &numbers[i + 1]);
}

int main(void) {
    int numbers[4];

    for (int i = 0; i < 4; i++) {
        printf("Number? ");
        scanf("%d", &numbers[i]);
    }
    bubble_sort(numbers, 4);
    for (int i = 0; i < 4; i++)
        printf("%d ", numbers[i]);
    printf("\n");
    return 0;
}
