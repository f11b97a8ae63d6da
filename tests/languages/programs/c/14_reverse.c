#include <stdio.h>
#include <string.h>

void reverse(char *word) {
    char *left = word, *right = word + strlen(word) - 1;
    while (left < right) {
        char kept = *left;
        *left++ = *right;
        *right-- = kept;
    }
}

int main(void) {
    char word[50];

    printf("Word? ");
    scanf("%49s", word);
    reverse(word);
    puts(word);
    return 0;
}
