#include <stdio.h>

int main(void) {
    char name[50];
    int age;

    printf("Name? ");
    scanf("%49s", name);
    printf("Age? ");
    scanf("%d", &age);
    printf("Hello, %s!\n", name);
    printf("Next year you will be %d.\n", age + 1);
    return 0;
}
