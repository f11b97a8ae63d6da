#include <ctype.h>
#include <stdio.h>

char shifted(char letter, int key) {
    if (!isalpha((unsigned char)letter))
        return letter;
    char first = isupper((unsigned char)letter) ? 'A' : 'a';
    return (char)((letter - first + key) % 26 + first);
}

int main(void) {
    char text[100];
    int key;

    printf("Text? ");
    if (fgets(text, sizeof text, stdin) == NULL)
        return 1;
    printf("Key? ");
    scanf("%d", &key);
    for (int i = 0; text[i] != '\0'; i++)
        putchar(shifted(text[i], key));
    return 0;
}
