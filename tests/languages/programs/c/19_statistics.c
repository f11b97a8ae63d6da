#include <stdio.h>

#define COUNT 4

double average(const int numbers[], int count) {
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += numbers[i];
    return sum / count;
}

int main(void) {
    int numbers[COUNT], smallest, largest;

    for (int i = 0; i < COUNT; i++) {
        printf("Number %d? ", i + 1);
        scanf("%d", &numbers[i]);
    }
    smallest = largest = numbers[0];
    for (int i = 1; i < COUNT; i++) {
        if (numbers[i] < smallest)
            smallest = numbers[i];
        if (numbers[i] > largest)
            largest = numbers[i];
    }
    printf("Smallest: %d\nLargest: %d\nAverage: %.2f\n", smallest, largest, average(numbers, COUNT));
    return 0;
}
