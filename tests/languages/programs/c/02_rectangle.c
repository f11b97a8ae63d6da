#include <stdio.h>

int main(void) {
    double width, height;

    printf("Width? ");
    scanf("%lf", &width);
    printf("Height? ");
    scanf("%lf", &height);
    printf("Area: %.1f\n", width * height);
    printf("Perimeter: %.1f\n", 2 * (width + height));
    return 0;
}
