#include <stdio.h>

enum { SECRET = 42 };

int main(void) {
    int guess, guesses = 0;

    do {
        printf("Guess? ");
        if (scanf("%d", &guess) != 1)
            return 1;
        guesses++;
        if (guess > SECRET)
            printf("too high\n");
        else if (guess < SECRET)
            printf("too low\n");
    } while (guess != SECRET);
    printf("right after %d guesses\n", guesses);
    return 0;
}
