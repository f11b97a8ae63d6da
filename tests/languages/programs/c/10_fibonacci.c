#include <stdio.h>
#include <stdlib.h>

int main(void) {
    int count;

    printf("How many? ");
    scanf("%d", &count);
    int *numbers = malloc((size_t)count * sizeof *numbers);
    if (numbers == NULL)
        return 1;
    for (int i = 0; i < count; i++) {
        numbers[i] = i < 2 ? i : numbers[i - 1] + numbers[i - 2];
        printf("%d ", numbers[i]);
    }
    printf("\n");
    free(numbers);
    return 0;
}
