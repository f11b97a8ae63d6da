#include <stdbool.h>
#include <stdio.h>

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int main(void) {
    for (int i = 0; i < 2; i++) {
        int year;
        printf("Year? ");
        scanf("%d", &year);
        printf("%d: %s\n", year, is_leap(year) ? "yes" : "no");
    }
    return 0;
}
