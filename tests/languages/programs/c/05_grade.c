#include <stdio.h>

int main(void) {
    int points;
    char grade;

    printf("Points? ");
    scanf("%d", &points);
    if (points >= 90)
        grade = 'A';
    else if (points >= 80)
        grade = 'B';
    else if (points >= 70)
        grade = 'C';
    else
        grade = 'F';
    printf("Grade: %c\n", grade);
    return 0;
}
