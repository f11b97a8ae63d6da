#include <ctype.h>
#include <stdio.h>
#include <string.h>

int main(void) {
    char word[50];
    int vowels = 0;

    printf("Word? ");
    scanf("%49s", word);
    for (int i = 0; word[i] != '\0'; i++)
        if (strchr("aeiou", tolower((unsigned char)word[i])) != NULL)
            vowels++;
    printf("%d vowels\n", vowels);
    return 0;
}
