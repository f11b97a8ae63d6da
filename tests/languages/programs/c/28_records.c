#include <stdio.h>
#include <stdlib.h>

typedef struct {
    const char *name;
    int points;
} Student;

int by_points(const void *a, const void *b) {
    return ((const Student *)b)->points - ((const Student *)a)->points;
}

int main(void) {
    Student students[] = {{"Ali", 84}, {"Bea", 91}, {"Cem", 77}};
    size_t count = sizeof students / sizeof students[0];

    qsort(students, count, sizeof students[0], by_points);
    for (size_t i = 0; i < count; i++)
        printf("%s %d\n", students[i].name, students[i].points);
    return 0;
}
