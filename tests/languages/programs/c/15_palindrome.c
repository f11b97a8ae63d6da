#include <stdio.h>
#include <string.h>

int main(void) {
    char word[50];
    int same = 1;

    printf("Word? ");
    scanf("%49s", word);
    size_t length = strlen(word);
    for (size_t i = 0; i < length / 2; i++)
        if (word[i] != word[length - 1 - i])
            same = 0;
    printf("%s is %s palindrome\n", word, same ? "a" : "no");
    return 0;
}
