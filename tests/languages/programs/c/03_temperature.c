#include <stdio.h>

double fahrenheit(double celsius) { return celsius * 9 / 5 + 32; }

int main(void) {
    double celsius;

    printf("Celsius? ");
    scanf("%lf", &celsius);
    printf("%.1f C = %.1f F\n", celsius, fahrenheit(celsius));
    return 0;
}
